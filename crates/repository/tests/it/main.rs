//! The repository, on a MySQL-compatible server and on SQLite alike.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod bulk;
mod categories;
mod connections;
mod desk;
mod lives;
mod notifications;
mod outbox;
mod password_resets;
mod read_cursors;
mod revocations;
mod search;
mod stats;
mod ticket_lists;
mod tickets;
mod timeline;
mod transactions;
mod users;
