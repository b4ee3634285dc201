//! One connection as the hub sees it: who is there, and the queue to them.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use contract::socket::CloseCode;
use tracing::warn;

use crate::counters::Counters;
use crate::event::Peer;
use crate::options::HubOptions;
use crate::queue::{Membership, Pushed, Queue, Weight};

pub(crate) struct Link {
    pub(crate) peer: Peer,
    pub(crate) queue: Queue,
    counters: Arc<Counters>,
}

impl Link {
    pub(crate) fn new(peer: Peer, options: &HubOptions, counters: Arc<Counters>) -> Link {
        Link {
            peer,
            queue: Queue::new(options),
            counters,
        }
    }

    /// Queues a frame that belongs to no room.
    pub(crate) fn push(&self, frame: &Bytes) {
        let pushed = self.queue.push(Weight::Vital, frame);
        self.note(pushed);
    }

    /// Queues a frame of a room; false when this connection is not in it any more.
    pub(crate) fn push_in(&self, number: u32, weight: Weight, frame: &Bytes) -> bool {
        self.note(self.queue.push_in(number, weight, frame))
    }

    /// Completes a join; `None` when the connection is ending or gave the join up.
    pub(crate) fn enter(&self, room: Membership, joined: Bytes) -> Option<Option<Membership>> {
        let (pushed, left) = self.queue.enter(room, joined);
        self.note(pushed).then_some(left)
    }

    /// Ends the connection at once; what is queued is gone.
    pub(crate) fn close_now(&self, code: CloseCode) {
        self.queue.close_now(code);
    }

    fn note(&self, pushed: Pushed) -> bool {
        match pushed {
            Pushed::Queued => true,
            Pushed::Dropped => {
                self.counters.dropped.fetch_add(1, Ordering::Relaxed);
                true
            }
            Pushed::Refused => false,
            Pushed::Overflowed => {
                self.counters.slow_closed.fetch_add(1, Ordering::Relaxed);
                warn!(user.id = %self.peer.person.id, "Closed a connection that reads too slowly");
                false
            }
        }
    }
}
