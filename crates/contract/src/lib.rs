//! The wire: requests, views, WebSocket frames and error codes.
//!
//! Requests are strict (unknown fields are refused), views are lenient (clients ignore what they do not
//! know). An optional field of a view is always present, `null` when empty. Times are RFC 3339 in UTC with
//! microseconds; ids are integers below 2^53.

pub mod accounts;
pub mod alerts;
pub mod canned_replies;
pub mod categories;
pub mod counts;
pub mod cursor;
pub mod decode;
pub mod error;
pub mod export;
pub mod frames;
mod mirror;
pub mod notifications;
pub mod patch;
pub mod people;
pub mod search;
pub mod sessions;
pub mod socket;
pub mod stats;
pub mod text;
pub mod tickets;
pub mod time;
pub mod timeline;
pub mod users;

pub use error::{ErrorCode, FieldError, Problem};
pub use time::Time;
