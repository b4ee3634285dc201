//! The timeline: everything that happens to a ticket, one entry each, numbered without gaps.

use crate::client_id::ClientId;
use crate::clock::Timestamp;
use crate::ids::{Seq, TicketId};
use crate::named::named;
use crate::priority::Priority;
use crate::status::Status;
use crate::text::{Body, Title};
use crate::user::{Person, Role};

named!(
    /// What kind of thing happened.
    EntryKind {
        /// The ticket was opened; the body is its description.
        Created = "created",
        /// A message that both sides see.
        Message = "message",
        /// An internal note, for staff only.
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
    }
);

impl EntryKind {
    /// Whether the customer may know more of it than its place.
    #[must_use]
    pub fn visible_to(self, audience: Audience) -> bool {
        match audience {
            Audience::Staff => true,
            Audience::Customer => self != EntryKind::Note,
        }
    }

    /// Whether it counts as unread for those who have not seen it: something that was said.
    #[must_use]
    pub fn is_said(self) -> bool {
        matches!(
            self,
            EntryKind::Created | EntryKind::Message | EntryKind::Note
        )
    }
}

/// For whom an entry is rendered. Everybody of one audience sees the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Admins: everything.
    Staff,
    /// The requester: internal notes are only a place in the sequence.
    Customer,
}

impl Role {
    /// How entries are rendered for people of this role.
    #[must_use]
    pub fn audience(self) -> Audience {
        match self {
            Role::Admin => Audience::Staff,
            Role::User => Audience::Customer,
        }
    }
}

/// Something with an identifier and the name that it had when the entry was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Identifier of a user or category.
    pub id: i64,
    /// Name at that time.
    pub name: String,
}

/// What happened, with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The ticket was opened with this description.
    Created {
        /// The description.
        body: Body,
    },
    /// Somebody wrote to the other side.
    Message {
        /// The text.
        body: Body,
    },
    /// Staff wrote for staff.
    Note {
        /// The text.
        body: Body,
    },
    /// The status moved.
    StatusChanged {
        /// Before.
        from: Status,
        /// After.
        to: Status,
    },
    /// The ticket got another assignee, or none.
    Assigned {
        /// Before.
        from: Option<Named>,
        /// After.
        to: Option<Named>,
    },
    /// The ticket got another category, or none.
    CategoryChanged {
        /// Before.
        from: Option<Named>,
        /// After.
        to: Option<Named>,
    },
    /// The priority moved.
    PriorityChanged {
        /// Before.
        from: Priority,
        /// After.
        to: Priority,
    },
    /// The title was rewritten.
    TitleChanged {
        /// Before.
        from: Title,
        /// After.
        to: Title,
    },
}

impl Change {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> EntryKind {
        match self {
            Change::Created { .. } => EntryKind::Created,
            Change::Message { .. } => EntryKind::Message,
            Change::Note { .. } => EntryKind::Note,
            Change::StatusChanged { .. } => EntryKind::StatusChanged,
            Change::Assigned { .. } => EntryKind::Assigned,
            Change::CategoryChanged { .. } => EntryKind::CategoryChanged,
            Change::PriorityChanged { .. } => EntryKind::PriorityChanged,
            Change::TitleChanged { .. } => EntryKind::TitleChanged,
        }
    }

    /// What was said, if anything was.
    #[must_use]
    pub fn body(&self) -> Option<&Body> {
        match self {
            Change::Created { body } | Change::Message { body } | Change::Note { body } => {
                Some(body)
            }
            _ => None,
        }
    }
}

/// One committed entry of a ticket's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The ticket.
    pub ticket_id: TicketId,
    /// Its place, 1 for the creation.
    pub seq: Seq,
    /// Who did it.
    pub actor: Person,
    /// When.
    pub created_at: Timestamp,
    /// The identifier that the author's client gave to the write, if it gave one.
    pub client_id: Option<ClientId>,
    /// What happened.
    pub change: Change,
}

impl Entry {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> EntryKind {
        self.change.kind()
    }
}
