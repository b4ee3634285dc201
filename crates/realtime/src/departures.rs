//! Memberships that have ended, on their way to their shards.
//!
//! They do not go through the mailboxes: a connection is dropped without waiting, and its departure must not
//! be lost when a mailbox is full. There are never more of them than there were memberships.

use std::sync::{Arc, Mutex, PoisonError};

use domain::TicketId;
use tokio::sync::Notify;

use crate::link::Link;

pub(crate) struct Departure {
    pub(crate) ticket_id: TicketId,
    pub(crate) link: Arc<Link>,
    /// Number of the join among those of the connection.
    pub(crate) number: u32,
}

#[derive(Default)]
struct Lane {
    waiting: Mutex<Vec<Departure>>,
    added: Notify,
}

/// One lane for each shard.
pub(crate) struct Departures(Box<[Lane]>);

impl Departures {
    pub(crate) fn new(shards: usize) -> Departures {
        Departures((0..shards.max(1)).map(|_| Lane::default()).collect())
    }

    pub(crate) fn shards(&self) -> usize {
        self.0.len()
    }

    /// The shard of a ticket.
    pub(crate) fn shard_of(&self, ticket_id: TicketId) -> usize {
        // Databases that step their ids would otherwise leave shards empty.
        let mixed = ticket_id
            .0
            .unsigned_abs()
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            >> 32;
        usize::try_from(mixed).unwrap_or_default() % self.0.len()
    }

    pub(crate) fn add(&self, departure: Departure) {
        let lane = &self.0[self.shard_of(departure.ticket_id)];
        lane.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(departure);
        lane.added.notify_one();
    }

    pub(crate) fn take(&self, shard: usize) -> Vec<Departure> {
        let mut waiting = self.0[shard]
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *waiting)
    }

    /// Waits until one was added since the last time.
    pub(crate) async fn added(&self, shard: usize) {
        self.0[shard].added.notified().await;
    }
}
