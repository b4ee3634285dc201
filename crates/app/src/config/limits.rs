//! How much one client may do, and how long sockets go on by themselves.

use std::time::Duration;

use contract::socket::HELLO_WITHIN;

use super::{ConfigError, Source};

/// How much one client may do.
#[derive(Clone, Debug)]
pub struct LimitsConfig {
    /// Sign-ins, sign-ups and resets that one address (one /64 for IPv6) may try in a minute.
    pub auth_per_minute: u32,
    /// Commands that one socket may send in a minute.
    pub commands_per_minute: u32,
}

/// How long sockets go on without a look at their session.
#[derive(Clone, Debug)]
pub struct SocketConfig {
    /// The session is looked up again this often, besides with every command.
    pub revalidate_every: Duration,
    /// A hello must come within this time.
    pub hello_within: Duration,
    /// A session that could not be looked up for this long ends the socket.
    pub valid_for: Duration,
}

impl Default for SocketConfig {
    /// 15, 5 and 30 seconds.
    fn default() -> SocketConfig {
        SocketConfig {
            revalidate_every: Duration::from_secs(15),
            hello_within: HELLO_WITHIN,
            valid_for: Duration::from_secs(30),
        }
    }
}

/// Reads the limits.
pub(super) fn load(source: &Source) -> Result<LimitsConfig, ConfigError> {
    Ok(LimitsConfig {
        auth_per_minute: limit(source, "DESKWIRE_LIMIT_AUTH_PER_MINUTE", 10)?,
        commands_per_minute: limit(source, "DESKWIRE_LIMIT_COMMANDS_PER_MINUTE", 120)?,
    })
}

fn limit(source: &Source, variable: &str, default: u32) -> Result<u32, ConfigError> {
    source.parsed(
        variable,
        "a whole number from 1 to 1000000",
        |text| {
            let limit = text.parse().ok();
            limit.filter(|limit| (1..=1_000_000).contains(limit))
        },
        || default,
    )
}
