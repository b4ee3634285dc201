//! The two halves of a connection: the reader's commands and the writer's frames.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use contract::frames::ServerFrame;
use contract::socket::{CloseCode, TYPING_EVERY};
use domain::{Seq, TicketId};
use tokio::sync::{Semaphore, oneshot};
use tokio::time::Instant;

use crate::backlog::OpenError;
use crate::departures::Departure;
use crate::event::Peer;
use crate::frame;
use crate::hub::Hub;
use crate::link::Link;
use crate::mailbox::{Answer, Entering, Message};
use crate::queue::Outgoing;

/// Snapshots taken for one join when the room has moved on too far in the meantime.
const OPEN_TRIES: u32 = 3;

/// The reader's half. Dropping it disconnects.
pub struct Connection {
    link: Arc<Link>,
    hub: Hub,
    /// One join at a time, in the order in which they were asked for.
    join_turn: Semaphore,
    typed_at: Mutex<Option<Instant>>,
}

impl Connection {
    pub(crate) fn new(link: Arc<Link>, hub: Hub) -> Connection {
        Connection {
            link,
            hub,
            join_turn: Semaphore::new(1),
            typed_at: Mutex::new(None),
        }
    }

    /// Who is connected.
    #[must_use]
    pub fn peer(&self) -> &Peer {
        &self.link.peer
    }

    /// Enters a ticket and leaves the one before; queues `joined`, then everything newer. Dropping the future
    /// gives the join up.
    ///
    /// # Errors
    /// Those of the backlog; the connection then stays in the ticket where it was.
    pub async fn join(
        &self,
        command_id: u64,
        ticket_id: TicketId,
        after: Option<Seq>,
    ) -> Result<(), OpenError> {
        let Ok(_turn) = self.join_turn.acquire().await else {
            return Err(OpenError::Unavailable);
        };
        let Some(number) = self.link.queue.begin_join() else {
            return Err(OpenError::Unavailable);
        };
        let _attempt = Attempt {
            connection: self,
            ticket_id,
            number,
        };
        // Before the snapshot is taken: what is committed after it finds the connection registered.
        let link = Arc::clone(&self.link);
        if !self
            .hub
            .send(ticket_id, Message::Register(ticket_id, link, number))
            .await
        {
            return Err(OpenError::Unavailable);
        }
        let viewer = self.link.peer.viewer();
        for _ in 0..OPEN_TRIES {
            let opened = self.hub.backlog().open(viewer, ticket_id, after).await?;
            let head = opened.ticket.head_seq;
            let snapshot = opened.snapshot;
            let Some(joined) = frame::joined(command_id, opened, viewer.role) else {
                return Err(OpenError::Unavailable);
            };
            let (reply, answer) = oneshot::channel();
            let entering = Entering {
                ticket_id,
                link: Arc::clone(&self.link),
                number,
                head,
                joined,
                reply,
            };
            self.hub
                .send(ticket_id, Message::Enter(Box::new(entering)))
                .await;
            match answer.await {
                Ok(Answer::Live) => {
                    self.hub.counters().joined(snapshot);
                    return Ok(());
                }
                Ok(Answer::Behind) => {}
                Ok(Answer::Gone) | Err(_) => return Err(OpenError::Unavailable),
            }
        }
        Err(OpenError::Unavailable)
    }

    /// Leaves the joined ticket; nothing more of it is queued.
    pub fn leave(&self) {
        if let Some(room) = self.link.queue.leave() {
            self.depart(room.ticket_id, room.number);
        }
    }

    /// The joined ticket.
    #[must_use]
    pub fn joined(&self) -> Option<TicketId> {
        self.link.queue.room().map(|room| room.ticket_id)
    }

    /// Tells the others in the joined ticket that the user is typing, at most once per [`TYPING_EVERY`].
    pub fn typing(&self) {
        let Some(room) = self.link.queue.room() else {
            return;
        };
        let now = Instant::now();
        {
            let mut typed_at = self.typed_at.lock().unwrap_or_else(PoisonError::into_inner);
            if typed_at.is_some_and(|at| now < at + TYPING_EVERY) {
                return;
            }
            *typed_at = Some(now);
        }
        let link = Arc::clone(&self.link);
        self.hub.try_send(
            room.ticket_id,
            Message::Typing(room.ticket_id, link, room.number),
        );
    }

    /// Queues a frame to this connection alone.
    pub fn reply(&self, frame: &ServerFrame) {
        match frame::encode(frame) {
            Some(frame) => self.link.push(&frame),
            None => self.close(CloseCode::Internal),
        }
    }

    /// Queues a `ping` with the latest seq of the joined ticket that this connection has been told.
    pub fn ping(&self) {
        let room = self.link.queue.room();
        self.reply(&ServerFrame::Ping {
            ticket_id: room.as_ref().map(|room| room.ticket_id.0),
            head: room.as_ref().map(|room| room.head()),
        });
    }

    /// Ends the connection after what is queued.
    pub fn close(&self, code: CloseCode) {
        self.link.queue.close(code);
    }

    /// Resolves once the connection is ending, for whatever reason. The writer learns of it only when it asks for the
    /// next frame, and while the peer does not read it asks for none.
    pub async fn ended(&self) {
        poll_fn(|cx| self.link.queue.poll_ended(cx)).await;
    }

    /// Whether the connection is ending, for whatever reason.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.link.queue.is_closed()
    }

    fn depart(&self, ticket_id: TicketId, number: u32) {
        self.hub.depart(Departure {
            ticket_id,
            link: Arc::clone(&self.link),
            number,
        });
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.link.queue.disconnect();
        self.leave();
        self.hub.disconnect(&self.link);
    }
}

/// A join under way. Unless it has succeeded, its end takes the connection out of the room again.
struct Attempt<'a> {
    connection: &'a Connection,
    ticket_id: TicketId,
    number: u32,
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if self.connection.link.queue.cancel_join(self.number) {
            self.connection.depart(self.ticket_id, self.number);
        }
    }
}

/// The writer's half.
pub struct Outbound {
    link: Arc<Link>,
}

impl Outbound {
    pub(crate) fn new(link: Arc<Link>) -> Outbound {
        Outbound { link }
    }

    /// What to do next; `None` when there is nothing more to do.
    pub async fn next(&mut self) -> Option<Outgoing> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// The same for a writer that polls.
    pub fn poll_next(&mut self, cx: &Context<'_>) -> Poll<Option<Outgoing>> {
        self.link.queue.poll_next(cx)
    }
}

impl Drop for Outbound {
    fn drop(&mut self) {
        self.link.queue.abandon();
    }
}
