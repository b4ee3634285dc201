//! The real application on a free port: real HTTP, real sockets, MariaDB or MySQL with Redis, and SQLite.

#![recursion_limit = "256"]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod accounts;
mod attacks;
mod audit;
mod cli;
mod desk;
mod faults;
mod input;
mod limits;
mod nodes;
mod notifications;
mod openapi;
mod passwords;
mod replay;
mod rights;
mod security_doc;
mod sessions;
mod settings;
mod setup;
mod socket;
mod tickets;
mod users;
mod web;
mod workspace;
