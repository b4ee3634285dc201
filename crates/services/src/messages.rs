//! The conversation in a ticket: its timeline, messages and notes, and who has read how far.

use auth::VerifiedSession;
use domain::{
    Body, Change, ClientId, Entry, EntryKind, Seq, TicketId, Viewer,
    policy::{self, Action},
};

use crate::error::TicketError;
use crate::events::ReadMoved;
use crate::retry::{retrying, retrying_by_client_id};
use crate::tickets::{TicketService, Written};
use crate::visible;
use crate::write::{Locked, Writes};

/// A message or note to write.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Made by the client, unique per author.
    pub client_id: ClientId,
    /// The text.
    pub body: Body,
    /// For staff only.
    pub internal: bool,
    /// The latest entry that the author has seen; none: no check.
    pub seen: Option<Seq>,
}

impl NewMessage {
    fn action(&self) -> Action {
        if self.internal {
            Action::AddNote
        } else {
            Action::SendMessage
        }
    }

    fn change(self) -> Change {
        let body = self.body;
        if self.internal {
            Change::Note { body }
        } else {
            Change::Message { body }
        }
    }
}

/// Which part of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineWindow {
    /// The entries that follow.
    After(Seq),
    /// The entries just before.
    Before(Seq),
    /// The last entries.
    Latest,
}

/// A piece of a timeline, ascending.
#[derive(Clone, Debug)]
pub struct TimelinePage {
    /// The entries.
    pub items: Vec<Entry>,
    /// Seq of the ticket's latest entry.
    pub head: Seq,
}

/// Where a read cursor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadState {
    /// Seen up to here.
    pub seq: Seq,
    /// How much others said after that, at most `limits::UNREAD_MAX`.
    pub unread: i64,
}

impl TicketService {
    /// A piece of a ticket's timeline.
    ///
    /// # Errors
    /// [`TicketError::NotFound`] when the ticket is not there or not the viewer's to see.
    pub async fn timeline(
        &self,
        session: &VerifiedSession,
        id: TicketId,
        window: TimelineWindow,
        limit: u32,
    ) -> Result<TimelinePage, TicketError> {
        let viewer = session.viewer();
        let db = self.writes.db.read().await?;
        let ticket = visible::find(&db, viewer, id).await?;
        let items = match window {
            TimelineWindow::After(seq) => repository::timeline::after(&db, id, seq, limit).await?,
            TimelineWindow::Before(seq) => {
                repository::timeline::before(&db, id, seq, limit).await?
            }
            TimelineWindow::Latest => repository::timeline::latest(&db, id, limit).await?,
        };
        Ok(TimelinePage {
            items,
            head: ticket.head_seq,
        })
    }

    /// Writes a message or note. The same client id again gives the entry that it made.
    ///
    /// # Errors
    /// [`TicketError::NotFound`], [`TicketError::Forbidden`] for a customer's note, [`TicketError::Closed`],
    /// [`TicketError::Stale`], [`TicketError::ClientIdReused`].
    pub async fn send(
        &self,
        session: &VerifiedSession,
        id: TicketId,
        message: NewMessage,
    ) -> Result<Written, TicketError> {
        let (service, viewer) = (self.clone(), session.viewer());
        Writes::to_end(async move {
            retrying_by_client_id(|| service.try_send(viewer, id, message.clone())).await
        })
        .await
    }

    async fn try_send(
        &self,
        viewer: Viewer,
        id: TicketId,
        message: NewMessage,
    ) -> Result<Written, TicketError> {
        let writes = &self.writes;
        let tx = writes.db.begin().await?;
        let (client_id, seen) = (message.client_id, message.seen);
        let mut ticket = match writes.lock(&tx, viewer, id, Some(client_id)).await? {
            Locked::Fresh(ticket) => ticket,
            Locked::Repeated(ticket, entry) if entry.change == message.change() => {
                return Ok(Written {
                    ticket,
                    entry: Some(entry),
                });
            }
            Locked::Repeated(..) => return Err(TicketError::ClientIdReused),
        };
        let standing = viewer.standing(ticket.requester.id);
        policy::check(standing, ticket.status, message.action())?;
        writes
            .refuse_stale(&tx, viewer, &ticket, seen, EntryKind::ALL)
            .await?;

        let actor = writes.author(&tx, viewer, &ticket).await?;
        let now = writes.clock.now();
        let entry = ticket.record(message.change(), actor, None, Some(client_id), now);
        let made = vec![(ticket.clone(), entry.clone())];
        let stored = writes.store(&tx, made).await?;
        tx.commit().await?;
        writes.announce(stored);
        Ok(Written {
            ticket,
            entry: Some(entry),
        })
    }

    /// Moves the viewer's read cursor forwards and marks the notifications up to there as read.
    ///
    /// # Errors
    /// [`TicketError::NotFound`]; [`TicketError::Invalid`] beyond the latest entry.
    pub async fn mark_read(
        &self,
        session: &VerifiedSession,
        id: TicketId,
        seq: Seq,
    ) -> Result<ReadState, TicketError> {
        let (service, viewer) = (self.clone(), session.viewer());
        Writes::to_end(async move { retrying(|| service.try_mark_read(viewer, id, seq)).await })
            .await
    }

    async fn try_mark_read(
        &self,
        viewer: Viewer,
        id: TicketId,
        seq: Seq,
    ) -> Result<ReadState, TicketError> {
        let (writes, user) = (&self.writes, viewer.user_id);
        let tx = writes.db.begin().await?;
        let ticket = visible::find(&tx, viewer, id).await?;
        if seq > ticket.head_seq {
            return Err(TicketError::Invalid {
                field: "seq",
                reason: "is beyond the latest entry",
            });
        }
        let now = writes.clock.now();
        let before = repository::read_cursors::find(&tx, user, id).await?;
        let reached = repository::read_cursors::advance(&tx, user, id, seq, now).await?;
        let alert = match reached > before {
            true => writes.acknowledge_alert(&tx, id, viewer).await?,
            false => None,
        };
        repository::notifications::mark_read_ticket(&tx, user, id, Some(reached), now).await?;
        tx.commit().await?;
        if reached > before {
            writes.announce_read(ReadMoved {
                ticket_id: id,
                user_id: user,
                seq: reached,
            });
        }
        if let Some(alert) = alert {
            writes.announce_alert(alert);
        }
        let view = writes.view(viewer, ticket).await?;
        Ok(ReadState {
            seq: reached,
            unread: view.unread,
        })
    }
}
