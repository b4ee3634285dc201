//! The real application on a free port: real HTTP, real sockets, MariaDB or MySQL with Redis, and SQLite.

#![recursion_limit = "256"]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod accounts;
mod alerts;
mod attacks;
mod audit;
mod binary;
mod catalogue;
mod cli;
mod conformance;
mod demo;
mod desk;
mod drain;
mod export;
mod faults;
mod input;
mod limits;
mod long_reads;
mod metrics;
mod nodes;
mod notes;
mod notifications;
mod openapi;
mod passwords;
mod replay;
mod rights;
mod search;
mod security_doc;
mod sessions;
mod settings;
mod setup;
mod slow_peers;
mod socket;
mod stats;
mod tickets;
mod tracing;
mod users;
mod web;
mod workspace;
