//! A ticket and what each change means for it.

use crate::client_id::ClientId;
use crate::clock::Timestamp;
use crate::ids::{Seq, TicketId, UserId};
use crate::named::named;
use crate::priority::Priority;
use crate::stats::Took;
use crate::status::Status;
use crate::text::{Body, Title};
use crate::timeline::{Change, Entry, EntryKind, Named};
use crate::user::{Person, Role};

named!(
    /// Who must act next. Derived from what happened, never set by hand.
    WaitingOn {
        /// An admin.
        Staff = "staff",
        /// The requester.
        Customer = "customer",
        /// Nobody: the matter is done.
        Nobody = "nobody",
    }
);

/// The latest message that both sides see, for a list row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastMessage {
    /// Its place in the timeline.
    pub seq: Seq,
    /// Who wrote it.
    pub author: Person,
    /// Its start, on one line.
    pub preview: String,
    /// When.
    pub created_at: Timestamp,
}

/// A ticket as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its number.
    pub id: TicketId,
    /// What it is about.
    pub title: Title,
    /// Where it stands.
    pub status: Status,
    /// How urgent it is.
    pub priority: Priority,
    /// What it is sorted under.
    pub category: Option<Named>,
    /// The customer whose ticket it is.
    pub requester: Person,
    /// The admin who handles it.
    pub assignee: Option<Person>,
    /// The closed ticket that this one follows up.
    pub follows_id: Option<TicketId>,
    /// Place of the latest entry.
    pub head_seq: Seq,
    /// Who must act next.
    pub waiting_on: WaitingOn,
    /// The latest message that both sides see.
    pub last_message: LastMessage,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When the latest entry was written that both sides see: a note must not show in a customer's list.
    pub updated_at: Timestamp,
    /// When it was closed, if it is.
    pub closed_at: Option<Timestamp>,
    /// When staff first wrote to the requester. For statistics, as the next.
    pub first_response_at: Option<Timestamp>,
    /// When it was resolved or closed, if it is: the earlier of both, the later if it was taken up again between.
    pub resolved_at: Option<Timestamp>,
}

/// What is needed to open a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTicket {
    /// What it is about.
    pub title: Title,
    /// The first message.
    pub description: Body,
    /// How urgent it is.
    pub priority: Priority,
    /// What it is sorted under.
    pub category: Option<Named>,
    /// The customer whose ticket it is.
    pub requester: Person,
    /// The closed ticket that this one follows up.
    pub follows_id: Option<TicketId>,
}

impl Ticket {
    /// Opens a ticket under the number that it was given, with its first entry.
    #[must_use]
    pub fn open(
        id: TicketId,
        new: NewTicket,
        actor: Person,
        client_id: ClientId,
        now: Timestamp,
    ) -> (Ticket, Entry) {
        let entry = Entry {
            ticket_id: id,
            seq: Seq::ZERO.next(),
            actor: actor.clone(),
            created_at: now,
            client_id: Some(client_id),
            change: Change::Created {
                body: new.description.clone(),
            },
        };
        let ticket = Ticket {
            id,
            title: new.title,
            status: Status::Open,
            priority: new.priority,
            category: new.category,
            requester: new.requester,
            assignee: None,
            follows_id: new.follows_id,
            head_seq: entry.seq,
            waiting_on: WaitingOn::Staff,
            last_message: LastMessage {
                seq: entry.seq,
                author: actor,
                preview: new.description.preview(),
                created_at: now,
            },
            created_at: now,
            updated_at: now,
            closed_at: None,
            first_response_at: None,
            resolved_at: None,
        };
        (ticket, entry)
    }

    /// Applies a change that the policy allowed and gives the entry to store for it.
    ///
    /// `assignee` is the person whom [`Change::Assigned`] names; other changes ignore it.
    pub fn record(
        &mut self,
        change: Change,
        actor: Person,
        assignee: Option<Person>,
        client_id: Option<ClientId>,
        now: Timestamp,
    ) -> Entry {
        let entry = Entry {
            ticket_id: self.id,
            seq: self.head_seq.next(),
            actor,
            created_at: now,
            client_id,
            change,
        };
        self.apply(&entry, assignee);
        entry
    }

    /// Brings the ticket to where it stands after `entry`.
    fn apply(&mut self, entry: &Entry, assignee: Option<Person>) {
        self.head_seq = entry.seq;
        if entry.kind() != EntryKind::Note {
            // A clock that was set back must not move a ticket down its list.
            self.updated_at = self.updated_at.max(entry.created_at);
        }
        // Nor may anything have taken less than no time.
        let at = entry.created_at.max(self.created_at);
        match &entry.change {
            Change::Created { body } | Change::Message { body } => {
                self.waiting_on = if entry.actor.id == self.requester.id {
                    WaitingOn::Staff
                } else if self.status == Status::Resolved {
                    WaitingOn::Nobody
                } else {
                    WaitingOn::Customer
                };
                self.last_message = LastMessage {
                    seq: entry.seq,
                    author: entry.actor.clone(),
                    preview: body.preview(),
                    created_at: entry.created_at,
                };
                if entry.kind() == EntryKind::Message
                    && entry.actor.id != self.requester.id
                    && entry.actor.is_admin()
                {
                    self.first_response_at.get_or_insert(at);
                }
            }
            Change::Note { .. } => {}
            Change::StatusChanged { from, to } => {
                self.status = *to;
                self.resolved_at = match (from.is_resolved(), to.is_resolved()) {
                    (_, false) => None,
                    (false, true) => Some(at),
                    (true, true) => self.resolved_at.or(Some(at)),
                };
                self.waiting_on = match to {
                    Status::Open | Status::InProgress => WaitingOn::Staff,
                    Status::Pending => WaitingOn::Customer,
                    Status::Resolved | Status::Closed => WaitingOn::Nobody,
                };
                self.closed_at = (*to == Status::Closed).then_some(entry.created_at);
            }
            Change::Assigned { .. } => self.assignee = assignee,
            Change::CategoryChanged { to, .. } => self.category.clone_from(to),
            Change::PriorityChanged { to, .. } => self.priority = *to,
            Change::TitleChanged { to, .. } => self.title.clone_from(to),
        }
    }

    /// How long the requester waited for the first answer, if there is one.
    #[must_use]
    pub fn first_response(&self) -> Option<Took> {
        self.first_response_at
            .map(|at| Took::between(self.created_at, at))
    }

    /// How long it took to resolve the ticket, if it is resolved.
    #[must_use]
    pub fn resolution(&self) -> Option<Took> {
        self.resolved_at
            .map(|at| Took::between(self.created_at, at))
    }

    /// Who is told of `entry` by a notification: never its author, each person once, in sorted order.
    ///
    /// `admins` are the enabled admins.
    #[must_use]
    pub fn told_of(&self, entry: &Entry, admins: &[UserId]) -> Vec<UserId> {
        let requester = self.requester.id;
        // An assignee who was disabled hears nothing: then all admins are told of the customer.
        let assignee = self.assignee.as_ref().map(|person| person.id);
        let assignee = assignee.filter(|id| admins.contains(id));
        let mut told: Vec<UserId> = match &entry.change {
            Change::Created { .. } => admins.to_vec(),
            Change::Message { .. } if entry.actor.id != requester => vec![requester],
            Change::Message { .. } => assignee.map_or_else(|| admins.to_vec(), |id| vec![id]),
            Change::Note { .. } => assignee.into_iter().collect(),
            _ => assignee.into_iter().chain([requester]).collect(),
        };
        told.retain(|&id| id != entry.actor.id);
        told.sort_unstable();
        told.dedup();
        told
    }
}

impl Person {
    /// The person as a name in the history.
    #[must_use]
    pub fn named(&self) -> Named {
        Named {
            id: self.id.0,
            name: self.name.clone(),
        }
    }

    /// Whether this is staff.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }
}
