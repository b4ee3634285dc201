//! What the hub reads from the database.

use async_trait::async_trait;
use domain::{Entry, Seq, Ticket, TicketId, Timestamp, Viewer};
use thiserror::Error;

use crate::event::Event;

/// Tickets whose heads are asked for at once.
pub const HEADS_MAX: usize = 500;
/// Recent entries that are given at once.
pub const RECENT_MAX: usize = 20_000;

/// The committed timelines.
///
/// A caller may stop waiting for an answer; what was begun must not suffer from it. Implementations bound their own waiting and apply the limits of [`domain::limits`] on replay.
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

    /// How far these tickets go; one that is not there is left out. At most [`HEADS_MAX`] at once.
    ///
    /// # Errors
    /// [`OpenError::Unavailable`] when it cannot be read now.
    async fn heads(&self, tickets: &[TicketId]) -> Result<Vec<(TicketId, Seq)>, OpenError>;

    /// The entries made from `from` on and before `to`, oldest first, at most [`RECENT_MAX`].
    ///
    /// # Errors
    /// [`OpenError::Unavailable`] when they cannot be read now.
    async fn recent(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(TicketId, Seq)>, OpenError>;

    /// What was to be announced of an entry, with the ticket as it stands now.
    ///
    /// # Errors
    /// [`OpenError::NotFound`] when there is no such entry, [`OpenError::Unavailable`] when it cannot be read now.
    async fn event(&self, ticket_id: TicketId, seq: Seq) -> Result<Event, OpenError>;
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
