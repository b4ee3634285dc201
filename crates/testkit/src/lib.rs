//! What the tests of several crates share.

pub mod clock;
pub mod database;
pub mod gate;
pub mod http;
pub mod many_tickets;
pub mod raw_socket;
pub mod redis;
pub mod redis_keys;
pub mod socket;
