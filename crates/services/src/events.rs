//! What the services tell after a commit, and to whom.

use async_trait::async_trait;
use domain::{Alert, Entry, Notification, Seq, Ticket, TicketId, Timestamp, UserId};

/// One person is told of an entry.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Who is told.
    pub user_id: UserId,
    /// The group that the notification falls into.
    pub notification: Notification,
    /// Their unread notifications in all.
    pub unread: i64,
}

/// An entry that is in the database for good.
#[derive(Clone, Debug)]
pub struct Committed {
    /// The ticket after the entry.
    pub ticket: Ticket,
    /// The entry.
    pub entry: Entry,
    /// When it was committed; when it was made, if only that is known.
    pub committed_at: Timestamp,
    /// Who is told.
    pub notices: Vec<Notice>,
}

/// Somebody's read cursor moved forwards.
#[derive(Clone, Copy, Debug)]
pub struct ReadMoved {
    /// The ticket.
    pub ticket_id: TicketId,
    /// Who.
    pub user_id: UserId,
    /// Seen up to here.
    pub seq: Seq,
}

/// Hears of everything that was committed. A receiver may hear of an entry twice and drops it by its seq.
#[async_trait]
pub trait EventSink: Send + Sync + 'static {
    /// An entry was committed. False when not everybody could be told, and somebody has to be told again.
    async fn committed(&self, event: Committed) -> bool;
    /// A read cursor moved.
    async fn read_moved(&self, event: ReadMoved);
    /// An alert was raised, repeated or acknowledged. Who does not hear of it finds it in the list.
    async fn alert(&self, alert: Alert);
}
