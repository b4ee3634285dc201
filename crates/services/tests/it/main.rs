//! The services, on a MySQL-compatible server and on SQLite alike: what they promise between commit and event.

#![recursion_limit = "256"]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod accounts;
mod alerts;
mod announcing;
mod attempts;
mod audit;
mod canned_replies;
mod categories;
mod crowd;
mod deaf;
mod desk;
mod drafts;
mod exports;
mod gate;
mod kept;
mod outbox;
mod passwords;
mod pool;
mod refused;
mod rehash;
mod repeated;
mod replay;
mod resets;
mod revocations;
mod sessions;
mod sink;
mod stale;
mod story;
mod ticket_release;
mod told;
mod undetermined;
mod users;
