//! The services, on a MySQL-compatible server and on SQLite alike: what they promise between commit and event.

#![recursion_limit = "256"]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod accounts;
mod announcing;
mod crowd;
mod desk;
mod outbox;
mod refused;
mod repeated;
mod replay;
mod sink;
mod stale;
mod story;
mod told;
