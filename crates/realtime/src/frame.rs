//! Frames as bytes, each rendered once for everybody who gets the same.

use bytes::Bytes;
use contract::frames::ServerFrame;
use contract::people::Person;
use contract::tickets::Ticket;
use contract::timeline;
use domain::{Audience, Entry, Role, Seq, TicketId, Timestamp, UserId};
use tracing::error;

use crate::backlog::Opened;
use crate::event::Notice;

/// The frame as JSON; `None`, logged, when it cannot be rendered.
pub(crate) fn encode(frame: &ServerFrame) -> Option<Bytes> {
    match serde_json::to_vec(frame) {
        Ok(json) => Some(json.into()),
        Err(error) => {
            error!(%error, "Could not render a frame");
            None
        }
    }
}

/// An `entry` frame for each audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntryFrames {
    staff: Bytes,
    customer: Bytes,
    pub(crate) committed_at: Timestamp,
}

impl EntryFrames {
    pub(crate) fn render(entry: Entry, committed_at: Timestamp) -> Option<EntryFrames> {
        let one = |entry: Entry, audience| {
            encode(&ServerFrame::Entry {
                ticket_id: entry.ticket_id.0,
                seq: entry.seq.0,
                entry: timeline::Entry::render(entry, audience),
            })
        };
        if entry.kind().visible_to(Audience::Customer) {
            let both = one(entry, Audience::Staff)?;
            return Some(EntryFrames {
                staff: both.clone(),
                customer: both,
                committed_at,
            });
        }
        Some(EntryFrames {
            customer: one(entry.clone(), Audience::Customer)?,
            staff: one(entry, Audience::Staff)?,
            committed_at,
        })
    }

    pub(crate) fn from_parts(
        staff: Bytes,
        customer: Bytes,
        committed_at: Timestamp,
    ) -> EntryFrames {
        EntryFrames {
            staff,
            customer,
            committed_at,
        }
    }

    /// The frame for staff, and the one for the customer if it is another one.
    pub(crate) fn parts(&self) -> (&Bytes, Option<&Bytes>) {
        let customer = (self.customer != self.staff).then_some(&self.customer);
        (&self.staff, customer)
    }

    pub(crate) fn of(&self, role: Role) -> &Bytes {
        match role.audience() {
            Audience::Staff => &self.staff,
            Audience::Customer => &self.customer,
        }
    }

    /// Bytes that keeping it takes, about.
    pub(crate) fn len(&self) -> usize {
        self.staff.len()
    }
}

pub(crate) fn joined(id: u64, opened: Opened, role: Role) -> Option<Bytes> {
    let audience = role.audience();
    encode(&ServerFrame::Joined {
        id,
        head: opened.ticket.head_seq.0,
        ticket: Box::new(Ticket::new(opened.ticket, opened.unread)),
        snapshot: opened.snapshot,
        entries: opened
            .entries
            .into_iter()
            .map(|entry| timeline::Entry::render(entry, audience))
            .collect(),
    })
}

pub(crate) fn ticket(ticket: domain::Ticket) -> Option<Bytes> {
    encode(&ServerFrame::Ticket {
        ticket: Box::new(ticket.into()),
    })
}

pub(crate) fn notification(notice: Notice) -> Option<Bytes> {
    encode(&ServerFrame::Notification {
        notification: Box::new(notice.notification.into()),
        unread: notice.unread,
    })
}

pub(crate) fn alert(alert: domain::Alert) -> Option<Bytes> {
    encode(&ServerFrame::Alert {
        alert: Box::new(alert.into()),
    })
}

pub(crate) fn read(ticket_id: TicketId, user_id: UserId, seq: Seq) -> Option<Bytes> {
    encode(&ServerFrame::Read {
        ticket_id: ticket_id.0,
        user_id: user_id.0,
        seq: seq.0,
    })
}

pub(crate) fn presence(ticket_id: TicketId, people: Vec<Person>) -> Option<Bytes> {
    encode(&ServerFrame::Presence {
        ticket_id: ticket_id.0,
        people,
    })
}

pub(crate) fn typing(ticket_id: TicketId, person: Person) -> Option<Bytes> {
    encode(&ServerFrame::Typing {
        ticket_id: ticket_id.0,
        person,
    })
}
