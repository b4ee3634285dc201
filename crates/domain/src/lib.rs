//! The rules of a support desk: types and decisions, with no I/O, no async and no framework.
//!
//! Everything here is a value or a pure function. Text that reaches the rest of the system has been
//! checked by a type of [`text`]; who may do what is one table in [`policy`]; what a change means for a
//! ticket is computed by [`ticket`] and [`timeline`].

pub mod alert;
pub mod canned_reply;
pub mod category;
pub mod client_id;
pub mod clock;
pub mod ids;
pub mod limits;
mod named;
pub mod notification;
pub mod policy;
pub mod priority;
pub mod search;
pub mod stats;
pub mod status;
pub mod text;
pub mod ticket;
pub mod timeline;
pub mod user;

pub use alert::Alert;
pub use canned_reply::CannedReply;
pub use category::Category;
pub use client_id::ClientId;
pub use clock::{Clock, Timestamp};
pub use ids::{CannedReplyId, CategoryId, NotificationId, Seq, SessionId, TicketId, UserId};
pub use notification::{Notification, NotificationKind};
pub use policy::{Denied, Standing, Viewer};
pub use priority::Priority;
pub use search::SearchQuery;
pub use stats::{Period, Stats, Took};
pub use status::Status;
pub use text::{Body, CannedReplyName, CategoryName, Email, PersonName, TextError, Title};
pub use ticket::{LastMessage, Ticket, WaitingOn};
pub use timeline::{Audience, Change, Entry, EntryKind};
pub use user::{Person, Role, User};
