//! What the tests of several crates share.

pub mod clock;
pub mod database;
pub mod http;
pub mod redis;
pub mod redis_keys;
pub mod socket;
