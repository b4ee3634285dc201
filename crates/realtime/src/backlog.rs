//! What the hub reads from the database.

use async_trait::async_trait;
use domain::{Entry, Seq, Ticket, TicketId, Viewer};
use thiserror::Error;

/// The committed timelines.
///
/// Implementations bound their own waiting and apply the limits of [`domain::limits`] on replay.
#[async_trait]
pub trait Backlog: Send + Sync + 'static {
    /// The right to read, the ticket, its head, what is unread and the entries: all from one snapshot.
    ///
    /// # Errors
    /// [`OpenError::NotFound`] when the ticket is not there or not theirs.
    async fn open(
        &self,
        viewer: Viewer,
        ticket_id: TicketId,
        after: Option<Seq>,
    ) -> Result<Opened, OpenError>;

    /// The entries after `after` up to and including `up_to`, ascending, to fill a gap.
    ///
    /// # Errors
    /// [`OpenError::Unavailable`] when they cannot be read now.
    async fn between(
        &self,
        ticket_id: TicketId,
        after: Seq,
        up_to: Seq,
    ) -> Result<Vec<Entry>, OpenError>;
}

/// A ticket as it stood in one snapshot.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The ticket; its `head_seq` is the seq of the last of `entries`, if there are any.
    pub ticket: Ticket,
    /// How much others said that the viewer has not read.
    pub unread: i64,
    /// Ascending: everything after `after`, or the latest.
    pub entries: Vec<Entry>,
    /// Whether `entries` are the latest instead of everything after `after`.
    pub snapshot: bool,
}

/// Why a ticket was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// Not there, or not theirs.
    #[error("no such ticket")]
    NotFound,
    /// Cannot be told now; try again.
    #[error("the backlog is unavailable")]
    Unavailable,
}
