//! A notification read in one go: its row, its ticket and its actor.

use domain::notification::NotifiedTicket;
use domain::{Notification, NotificationId, NotificationKind, Seq, TicketId, Timestamp};
use sea_orm::FromQueryResult;

use crate::users::person;
use crate::{Error, Result};

/// The columns of [`Row`], of a notification called `n`.
pub(super) const COLUMNS: &str = "n.id, n.kind, n.ticket_id, n.seq, n.actor_id, n.created_at, \
    n.read_at, t.title, u.name AS actor_name, u.role AS actor_role";

/// What they are joined from.
pub(super) const JOINS: &str =
    "LEFT JOIN tickets t ON t.id = n.ticket_id LEFT JOIN users u ON u.id = n.actor_id";

/// A notification's row with what is joined to it.
#[derive(FromQueryResult)]
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) kind: String,
    ticket_id: Option<i64>,
    seq: Option<i64>,
    actor_id: Option<i64>,
    created_at: i64,
    pub(super) read_at: Option<i64>,
    title: Option<String>,
    actor_name: Option<String>,
    actor_role: Option<String>,
}

impl Row {
    /// The latest of a group of `count`.
    pub(super) fn into_group(self, count: i64, read_at: Option<i64>) -> Result<Notification> {
        let kind = NotificationKind::parse(&self.kind);
        let ticket = self.ticket_id.zip(self.title);
        let actor = match (self.actor_id, self.actor_name, self.actor_role) {
            (Some(id), Some(name), Some(role)) => Some(person(id, name, &role)?),
            _ => None,
        };
        Ok(Notification {
            id: NotificationId(self.id),
            kind: kind.ok_or(Error::corrupt("notifications.kind"))?,
            ticket: ticket.map(|(id, title)| NotifiedTicket {
                id: TicketId(id),
                title,
            }),
            seq: self.seq.map(Seq),
            count,
            actor,
            created_at: Timestamp(self.created_at),
            read_at: read_at.map(Timestamp),
        })
    }
}
