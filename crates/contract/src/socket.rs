//! Constants of the WebSocket protocol: its name, sizes, times and close codes.

use std::time::Duration;

/// The subprotocol that a client asks for and the server echoes.
pub const SUBPROTOCOL: &str = "deskwire.v1";
/// Largest frame from a client, in bytes.
pub const FRAME_MAX: usize = 64 * 1024;
/// A `hello` must come within this time.
pub const HELLO_WITHIN: Duration = Duration::from_secs(5);
/// A `ping` is sent this often.
pub const PING_EVERY: Duration = Duration::from_secs(25);
/// A `pong` must come within this time.
pub const PONG_WITHIN: Duration = Duration::from_secs(10);
/// `auth.expiring` is sent this long before the access token runs out.
pub const EXPIRING_BEFORE: Duration = Duration::from_secs(60);
/// A connection's `typing` is passed on at most this often.
pub const TYPING_EVERY: Duration = Duration::from_secs(3);

/// Why the server closed a socket, and by it what the client does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum CloseCode {
    /// Not JSON, or binary. Do not come back.
    NotJson = 4400,
    /// The access token ran out. Refresh, then come back.
    Expired = 4401,
    /// Revoked or disabled. Do not come back.
    Revoked = 4403,
    /// No `hello` in time. Come back with jitter.
    NoHello = 4408,
    /// Larger than allowed. Do not come back.
    TooLarge = 4413,
    /// Too many commands in spite of errors. Come back with jitter.
    TooMany = 4429,
    /// A fault of ours. Come back with jitter.
    Internal = 4500,
    /// The node is going away. Come back with jitter.
    Draining = 4501,
    /// The client reads too slowly. Come back with jitter; replay makes it lossless.
    TooSlow = 4502,
    /// A dependency is down. Come back with jitter.
    CannotValidate = 4503,
    /// No `pong` in time. Come back with jitter.
    NoPong = 4504,
}

impl CloseCode {
    /// The number on the wire.
    #[must_use]
    pub fn code(self) -> u16 {
        self as u16
    }
}
