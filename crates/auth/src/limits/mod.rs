//! How often somebody may ask, and how soon a secret may be guessed again, whichever store counts.

mod in_process;
mod redis;
mod rules;

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use async_trait::async_trait;
use thiserror::Error;

pub use self::in_process::InProcessLimits;
pub use self::redis::RedisLimits;
use crate::sessions::SessionError;

/// From so many failed attempts on, the next one has to wait.
pub const FREE_FAILURES: u32 = 5;
/// The wait after [`FREE_FAILURES`]; each further failure doubles it.
pub const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait between two attempts.
pub const LONGEST_WAIT: Duration = Duration::from_secs(3600);
/// How long after the last attempt its failures are forgotten.
pub const FAILURES_KEPT: Duration = Duration::from_secs(24 * 3600);

/// Whether somebody may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// Yes, and it was counted.
    Go,
    /// Not before this time has passed: 429 with Retry-After. It was not counted.
    Wait(Duration),
}

/// Why there was no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LimitError {
    /// The counts cannot be reached now: 503, never 401.
    #[error("limits cannot be checked now")]
    Unavailable,
}

impl From<SessionError> for LimitError {
    fn from(error: SessionError) -> LimitError {
        match error {
            SessionError::Unavailable => LimitError::Unavailable,
        }
    }
}

/// Counts requests and attempts. Keys are short; the caller hashes what could name a person. Requests and
/// attempts under one key do not touch each other.
#[async_trait]
pub trait Limits: Send + Sync + fmt::Debug + 'static {
    /// One request under `key`: at most `per_minute` at once, and then as many a minute, evenly (GCRA).
    ///
    /// # Errors
    /// [`LimitError::Unavailable`].
    async fn pass(&self, key: &str, per_minute: u32) -> Result<Verdict, LimitError>;

    /// Begins an attempt at a secret under `key`. It counts as failed until it has `succeeded` or is
    /// `withdrawn`, so that attempts side by side cannot outrun the count.
    ///
    /// # Errors
    /// [`LimitError::Unavailable`].
    async fn attempt(&self, key: &str) -> Result<Verdict, LimitError>;

    /// The secret was right: its failures are forgotten.
    ///
    /// # Errors
    /// [`LimitError::Unavailable`].
    async fn succeeded(&self, key: &str) -> Result<(), LimitError>;

    /// The attempt was not decided, because of a busy hash pool or a fault: it and its wait are taken back.
    ///
    /// # Errors
    /// [`LimitError::Unavailable`].
    async fn withdrawn(&self, key: &str) -> Result<(), LimitError>;
}

/// The key of a client's address: IPv4 whole, also inside IPv6; IPv6 by its /64, which one client may hold.
#[must_use]
pub fn address_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => format!("addr:{address}"),
        IpAddr::V6(address) => {
            let network = Ipv6Addr::from_bits(address.to_bits() >> 64 << 64);
            format!("addr:{network}/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_counted_whole_or_by_their_network() {
        for (address, key) in [
            ("203.0.113.7", "addr:203.0.113.7"),
            ("::ffff:203.0.113.7", "addr:203.0.113.7"),
            ("2001:db8:1:2:3:4:5:6", "addr:2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff::", "addr:2001:db8:1:2::/64"),
            ("2001:db8:1:3::1", "addr:2001:db8:1:3::/64"),
            ("::1", "addr:::/64"),
        ] {
            assert_eq!(address_key(address.parse().unwrap()), key);
        }
    }
}
