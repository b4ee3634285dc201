//! The tables as SeaORM knows them. They never leave this crate.

#![expect(
    unreachable_pub,
    reason = "the derive of SeaORM asks for public models"
)]

pub(crate) mod canned_replies;
pub(crate) mod categories;
pub(crate) mod notifications;
pub(crate) mod outbox;
pub(crate) mod password_resets;
pub(crate) mod read_cursors;
pub(crate) mod revocations;
pub(crate) mod ticket_alerts;
pub(crate) mod tickets;
pub(crate) mod timeline;
pub(crate) mod users;
