//! What people are told of besides their open ticket.

use crate::clock::Timestamp;
use crate::ids::{NotificationId, Seq, TicketId};
use crate::named::named;
use crate::timeline::EntryKind;
use crate::user::Person;

named!(
    /// What a notification is about.
    NotificationKind {
        /// A ticket was opened.
        TicketCreated = "ticket_created",
        /// Somebody wrote.
        Message = "message",
        /// Staff wrote an internal note.
        Note = "note",
        /// The status changed.
        StatusChanged = "status_changed",
        /// The assignee changed.
        Assigned = "assigned",
        /// The category changed.
        CategoryChanged = "category_changed",
        /// The priority changed.
        PriorityChanged = "priority_changed",
        /// The title changed.
        TitleChanged = "title_changed",
        /// An old refresh token was used again: the session was ended.
        SessionReused = "session_reused",
    }
);

impl From<EntryKind> for NotificationKind {
    fn from(kind: EntryKind) -> NotificationKind {
        match kind {
            EntryKind::Created => NotificationKind::TicketCreated,
            EntryKind::Message => NotificationKind::Message,
            EntryKind::Note => NotificationKind::Note,
            EntryKind::StatusChanged => NotificationKind::StatusChanged,
            EntryKind::Assigned => NotificationKind::Assigned,
            EntryKind::CategoryChanged => NotificationKind::CategoryChanged,
            EntryKind::PriorityChanged => NotificationKind::PriorityChanged,
            EntryKind::TitleChanged => NotificationKind::TitleChanged,
        }
    }
}

/// The ticket that a notification is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotifiedTicket {
    /// Its number.
    pub id: TicketId,
    /// What it is about.
    pub title: String,
}

/// Notifications of one ticket and kind, grouped: the latest of them, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Identifier of the latest in the group.
    pub id: NotificationId,
    /// What it is about.
    pub kind: NotificationKind,
    /// The ticket, if it is about one.
    pub ticket: Option<NotifiedTicket>,
    /// The entry, if it is about one.
    pub seq: Option<Seq>,
    /// How many of this ticket and kind are in the group.
    pub count: i64,
    /// Who did it, if somebody did.
    pub actor: Option<Person>,
    /// When the latest came.
    pub created_at: Timestamp,
    /// When the group was read; unread ones are a group of their own.
    pub read_at: Option<Timestamp>,
}
