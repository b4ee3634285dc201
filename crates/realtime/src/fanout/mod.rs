//! What the nodes of one desk tell each other: announcements, read cursors, typing, and who is where.
//!
//! Nothing here is needed for a change to arrive in the end, only for it to arrive at once: an announcement that is
//! lost on the way is found by the head check. A read cursor that is lost shows when it moves again or the ticket is
//! opened; an alert, when it is repeated or the list is fetched.

mod bus;
mod listener;
mod message;
mod redis;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use contract::people::Person;
use domain::{Seq, TicketId, UserId};

use crate::announcement::Announcement;
use crate::counters::Counters;

pub use bus::{Bus, Heard};
pub(crate) use listener::listen;
pub(crate) use message::{NodeId, RoomPresence};
pub use redis::{RedisBus, RedisBusError, RedisBusOptions};

/// Rooms whose people go into one message.
const ROOMS_A_MESSAGE: usize = 100;

/// The way to the other nodes.
pub(crate) struct Fanout {
    node: NodeId,
    bus: Arc<dyn Bus>,
    counters: Arc<Counters>,
}

impl Fanout {
    pub(crate) fn new(node: NodeId, bus: Arc<dyn Bus>, counters: Arc<Counters>) -> Fanout {
        Fanout {
            node,
            bus,
            counters,
        }
    }

    pub(crate) fn node(&self) -> NodeId {
        self.node
    }

    /// A committed change as a message.
    pub(crate) fn message(&self, announcement: &Announcement) -> Option<Bytes> {
        message::announced(self.node, announcement)
    }

    /// Tells of a committed change; false when it cannot be told now.
    pub(crate) async fn announce(&self, message: Option<Bytes>) -> bool {
        let Some(message) = message else { return true };
        let told = self.bus.publish(message).await;
        let counter = match told {
            true => &self.counters.published,
            false => &self.counters.publish_failures,
        };
        counter.fetch_add(1, Ordering::Relaxed);
        told
    }

    pub(crate) fn read_moved(&self, ticket_id: TicketId, user_id: UserId, seq: Seq) {
        self.offer(message::read_moved(self.node, ticket_id, user_id, seq));
    }

    /// Tells of an alert, which all admins get as this frame.
    pub(crate) fn alert(&self, frame: &Bytes) {
        self.offer(message::alert(self.node, frame));
    }

    pub(crate) fn typing(&self, ticket_id: TicketId, person: Person) {
        self.offer(message::typing(self.node, ticket_id, person));
    }

    /// Tells who is in rooms here; `ask` wants to be told who is in them elsewhere.
    pub(crate) fn presence(&self, rooms: Vec<RoomPresence>, ask: bool) {
        let mut rooms = rooms.into_iter().peekable();
        while rooms.peek().is_some() {
            let batch = rooms.by_ref().take(ROOMS_A_MESSAGE).collect();
            self.offer(message::presence(self.node, batch, ask));
        }
    }

    fn offer(&self, message: Option<Bytes>) {
        if let Some(message) = message {
            self.bus.offer(message);
        }
    }
}
