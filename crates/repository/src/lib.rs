//! Storage: turns rows into values of `domain` and back, on MySQL, MariaDB and SQLite.
//!
//! Functions that only read take any [`Read`]: the database, a transaction or a snapshot. Functions that
//! write take a [`Tx`], so that a write outside a transaction does not compile. Nothing of SeaORM is
//! public. Rights are not checked here.

mod connection;
mod db;
mod dialect;
mod entities;
mod error;
mod lists;
mod options;
mod page;

pub mod alerts;
pub mod bulk;
pub mod canned_replies;
pub mod categories;
pub mod notifications;
pub mod outbox;
pub mod password_resets;
pub mod read_cursors;
pub mod revocations;
pub mod search;
pub mod stats;
pub mod tickets;
pub mod timeline;
pub mod users;

pub use connection::{Read, Snapshot, Tx};
pub use db::{Db, PoolState};
pub use error::{Error, Unique};
pub use migration::Step;
pub use options::DatabaseOptions;
pub use outbox::OutboxBacklog;
pub use page::Page;

/// What the functions of this crate give.
pub type Result<T> = std::result::Result<T, Error>;
