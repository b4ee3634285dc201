//! The handle to the hub: publish, connect, close, drain.

use std::sync::{Arc, Weak};
use std::time::Duration;

use bytes::Bytes;
use contract::frames::ServerFrame;
use contract::socket::CloseCode;
use domain::{Alert, Clock, Seq, SessionId, TicketId, UserId};
use thiserror::Error;
use tokio::sync::{Notify, Semaphore, mpsc};
use tokio::time::{sleep, timeout};
use tracing::{error, info};

use crate::announcement::Announcement;
use crate::backlog::Backlog;
use crate::connection::{Connection, Outbound};
use crate::counters::{Counters, Counts};
use crate::departures::{Departure, Departures};
use crate::directory::Directory;
use crate::event::{Event, Peer};
use crate::fanout::{Bus, Fanout, NodeId, listen};
use crate::feed::Feed;
use crate::frame;
use crate::head_check;
use crate::link::Link;
use crate::mailbox::Message;
use crate::options::HubOptions;
use crate::shard::{Common, Shard};

/// Why a connection is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ConnectError {
    /// The user has as many connections as allowed.
    #[error("too many connections of this user")]
    TooMany,
    /// The node is going away.
    #[error("the node is going away")]
    Draining,
}

/// What a hub stands on.
pub struct HubParts {
    /// Sizes and times.
    pub options: HubOptions,
    /// The committed timelines.
    pub backlog: Arc<dyn Backlog>,
    /// The line to the other nodes; none: there are no others.
    pub bus: Option<Arc<dyn Bus>>,
    /// Tells this start of this node from all others: a random number.
    pub node: u64,
    /// The time, for measuring how old entries are.
    pub clock: Arc<dyn Clock>,
}

/// The hub of this node. Cloning gives another handle; the tasks end with the last handle and connection.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

pub(crate) struct Inner {
    mailboxes: Box<[mpsc::Sender<Message>]>,
    departures: Arc<Departures>,
    directory: Arc<Directory>,
    counters: Arc<Counters>,
    backlog: Arc<dyn Backlog>,
    options: Arc<HubOptions>,
    clock: Arc<dyn Clock>,
    fanout: Option<Arc<Fanout>>,
    check_heads: Arc<Notify>,
}

impl From<Arc<Inner>> for Hub {
    fn from(inner: Arc<Inner>) -> Hub {
        Hub(inner)
    }
}

impl Hub {
    /// Starts the tasks of a hub on the current tokio runtime.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    #[must_use]
    pub fn start(parts: HubParts) -> Hub {
        let HubParts {
            options,
            backlog,
            bus,
            node,
            clock,
        } = parts;
        let options = Arc::new(options);
        let departures = Arc::new(Departures::new(options.shards));
        let directory = Arc::new(Directory::default());
        let counters = Arc::new(Counters::default());
        let line = bus.as_ref().map(|bus| bus.listen());
        let fanout = bus.map(|bus| Arc::new(Fanout::new(NodeId(node), bus, Arc::clone(&counters))));
        let common = Common {
            backlog: Arc::clone(&backlog),
            departures: Arc::clone(&departures),
            counters: Arc::clone(&counters),
            options: Arc::clone(&options),
            gap_readers: Arc::new(Semaphore::new(options.gap_readers.max(1))),
            clock: Arc::clone(&clock),
            fanout: fanout.clone(),
        };
        let mailboxes = (0..departures.shards())
            .map(|index| {
                let (sender, mailbox) = mpsc::channel(options.mailbox.max(1));
                let feed = Feed::new(Arc::clone(&directory));
                let own = sender.downgrade();
                tokio::spawn(Shard::new(index, common.clone(), mailbox, own, feed).run());
                sender
            })
            .collect();
        let inner = Arc::new(Inner {
            mailboxes,
            departures,
            directory,
            counters,
            backlog,
            options,
            clock,
            fanout,
            check_heads: Arc::default(),
        });
        if let Some(line) = line {
            tokio::spawn(listen(Arc::downgrade(&inner), line));
            tokio::spawn(head_check::run(Arc::downgrade(&inner)));
            tokio::spawn(refresh_presence(Arc::downgrade(&inner)));
        }
        Hub(inner)
    }

    /// Announces a committed change, here and on all other nodes: its entry to the room, the ticket to its
    /// requester and all admins, the notifications to those told. Waits while the mailbox is full; the same
    /// event again does no harm. False when the other nodes may not have been told: try again.
    pub async fn publish(&self, event: Event) -> bool {
        let ticket_id = event.entry.ticket_id;
        let Some(announcement) = Announcement::render(event) else {
            // Another attempt would end the same way.
            return self.send(ticket_id, Message::Unshowable(ticket_id)).await;
        };
        let announcement = Box::new(announcement);
        let Some(fanout) = &self.0.fanout else {
            return self.announce(announcement).await;
        };
        // Those who are here need not wait for Redis, and nobody has to render or copy it twice.
        let message = fanout.message(&announcement);
        let here = self.announce(announcement).await;
        fanout.announce(message).await && here
    }

    async fn announce(&self, announcement: Box<Announcement>) -> bool {
        let ticket_id = announcement.ticket_id;
        self.send(ticket_id, Message::Announced(announcement)).await
    }

    /// Announces on this node what only the database told.
    pub(crate) async fn announce_here(&self, event: Event) {
        if let Some(announcement) = Announcement::render(event) {
            self.announce(Box::new(announcement)).await;
        }
    }

    /// Tells the room that somebody has seen it up to `seq`, here and on all other nodes.
    pub async fn read_moved(&self, ticket_id: TicketId, user_id: UserId, seq: Seq) {
        if let Some(fanout) = &self.0.fanout {
            fanout.read_moved(ticket_id, user_id, seq);
        }
        self.send(ticket_id, Message::ReadMoved(ticket_id, user_id, seq))
            .await;
    }

    /// Tells all admins of an alert, here and on all other nodes. It may be lost on the way to those.
    pub fn alert(&self, alert: Alert) {
        let Some(frame) = frame::alert(alert) else {
            return;
        };
        if let Some(fanout) = &self.0.fanout {
            fanout.alert(&frame);
        }
        self.alert_here(&frame);
    }

    /// Tells the admins who are connected here of an alert.
    pub(crate) fn alert_here(&self, frame: &Bytes) {
        for link in self.0.directory.admins().iter() {
            link.push(frame);
        }
    }

    /// Takes a connection in: one half for the socket's reader, one for its writer.
    ///
    /// # Errors
    /// When the user has too many, or the node is going away.
    pub fn connect(&self, peer: Peer) -> Result<(Connection, Outbound), ConnectError> {
        let link = Arc::new(Link::new(
            peer,
            &self.0.options,
            Arc::clone(&self.0.counters),
        ));
        self.0
            .directory
            .add(&link, self.0.options.connections_per_user)?;
        let outbound = Outbound::new(Arc::clone(&link));
        Ok((Connection::new(link, self.clone()), outbound))
    }

    /// Closes the connections of a session at once; nothing more is delivered to them.
    pub fn close_session(&self, session_id: &SessionId, code: CloseCode) {
        for link in self.0.directory.of_session(session_id) {
            link.close_now(code);
        }
    }

    /// Closes the connections of a user at once; nothing more is delivered to them.
    pub fn close_user(&self, user_id: UserId, code: CloseCode) {
        for link in self.0.directory.of(user_id) {
            link.close_now(code);
        }
    }

    /// Takes no more connections, tells those that there are, in batches, to come back to another node after
    /// `retry_after`, give or take a half of it, and closes them. Returns when all are told to close.
    pub async fn drain(&self, retry_after: Duration) {
        let links = self.0.directory.drain();
        if links.is_empty() {
            return;
        }
        info!(connections = links.len(), "Draining");
        let wait_ms = u64::try_from(retry_after.as_millis()).unwrap_or(u64::MAX);
        for batch in links.chunks(self.0.options.drain_batch.max(1)) {
            for link in batch {
                let jittered =
                    rand::random_range(wait_ms / 2..=wait_ms.saturating_add(wait_ms / 2));
                if let Some(frame) = frame::encode(&ServerFrame::Draining {
                    retry_after_ms: jittered,
                }) {
                    link.push(&frame);
                }
            }
            sleep(self.0.options.drain_pause).await;
        }
        // Those who go by themselves need no grace.
        let _ = timeout(self.0.options.drain_grace, self.emptied()).await;
        for link in links {
            link.queue.close(CloseCode::Draining);
        }
    }

    /// Waits until no connection is left.
    pub async fn emptied(&self) {
        self.0.directory.emptied().await;
    }

    /// What the hub holds now. Visits every connection: for metrics, not for every request.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let (connections, users) = self.0.directory.size();
        let waiting = self
            .0
            .directory
            .all()
            .into_iter()
            .fold((0, 0), |sum, link| {
                let (frames, bytes) = link.queue.waiting();
                (sum.0 + frames, sum.1 + bytes)
            });
        Counts {
            connections,
            users,
            queued_frames: waiting.0,
            queued_bytes: waiting.1,
            ..self.0.counters.snapshot()
        }
    }

    pub(crate) fn backlog(&self) -> &dyn Backlog {
        &*self.0.backlog
    }

    pub(crate) fn options(&self) -> &HubOptions {
        &self.0.options
    }

    pub(crate) fn counters(&self) -> &Counters {
        &self.0.counters
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    /// What this node is called among the others.
    pub(crate) fn node(&self) -> Option<NodeId> {
        self.0.fanout.as_ref().map(|fanout| fanout.node())
    }

    /// Whether anybody is connected.
    pub(crate) fn has_connections(&self) -> bool {
        self.0.directory.size().0 > 0
    }

    /// Has heads compared with the database as soon as possible.
    pub(crate) fn check_heads_now(&self) {
        self.0.check_heads.notify_one();
    }

    /// Tells when heads are to be compared. It does not keep the hub alive.
    pub(crate) fn head_check_wanted(&self) -> Arc<Notify> {
        Arc::clone(&self.0.check_heads)
    }

    /// Puts a message into the mailbox of a ticket's shard; false when the shard is gone.
    pub(crate) async fn send(&self, ticket_id: TicketId, message: Message) -> bool {
        let sent = self.mailbox(ticket_id).send(message).await.is_ok();
        if !sent {
            error!(ticket.id = %ticket_id, "A shard is gone");
        }
        sent
    }

    /// Puts a message into the mailbox if there is room.
    pub(crate) fn try_send(&self, ticket_id: TicketId, message: Message) {
        // Full: what goes this way may be dropped.
        let _ = self.mailbox(ticket_id).try_send(message);
    }

    pub(crate) fn depart(&self, departure: Departure) {
        self.0.departures.add(departure);
    }

    pub(crate) fn disconnect(&self, link: &Arc<Link>) {
        self.0.directory.remove(link);
    }

    /// The shard of a ticket.
    pub(crate) fn shard_of(&self, ticket_id: TicketId) -> usize {
        self.0.departures.shard_of(ticket_id)
    }

    /// The mailboxes of all shards.
    pub(crate) fn mailboxes(&self) -> &[mpsc::Sender<Message>] {
        &self.0.mailboxes
    }

    fn mailbox(&self, ticket_id: TicketId) -> &mpsc::Sender<Message> {
        &self.0.mailboxes[self.shard_of(ticket_id)]
    }
}

/// Has the other nodes told again and again who is where, until the hub is gone.
async fn refresh_presence(hub: Weak<Inner>) {
    loop {
        let Some(every) = hub.upgrade().map(|hub| hub.options.presence_refresh) else {
            return;
        };
        sleep(every).await;
        let Some(hub) = hub.upgrade() else { return };
        for mailbox in &hub.mailboxes {
            // A shard that is busy tells the next time.
            let _ = mailbox.try_send(Message::RefreshPresence);
        }
    }
}
