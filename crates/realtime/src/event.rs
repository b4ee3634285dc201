//! What the hub is told: who connects, and what was committed.

use domain::{Entry, Notification, Person, Role, SessionId, Ticket, Timestamp, UserId, Viewer};

/// Who is at the other end of a connection.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Who; id and role decide what they receive.
    pub person: Person,
    /// The session that they signed in with.
    pub session_id: SessionId,
}

impl Peer {
    /// The person as far as rights are concerned.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        Viewer {
            user_id: self.person.id,
            role: self.person.role,
        }
    }

    pub(crate) fn is_admin(&self) -> bool {
        self.person.role == Role::Admin
    }
}

/// A committed change of a ticket.
#[derive(Clone, Debug)]
pub struct Event {
    /// The ticket as it stands after the change.
    pub ticket: Ticket,
    /// The entry that the change made.
    pub entry: Entry,
    /// When it was committed.
    pub committed_at: Timestamp,
    /// Who is told of it besides.
    pub notices: Vec<Notice>,
}

/// A notification on its way to one user.
#[derive(Clone, Debug)]
pub struct Notice {
    /// To whom.
    pub user_id: UserId,
    /// The group that it falls into.
    pub notification: Notification,
    /// Unread notifications of this user in all.
    pub unread: i64,
}
