//! What a shard does later.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use domain::TicketId;
use tokio::time::Instant;

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Due {
    /// Missing entries had their time to come.
    Gap,
    /// Presence may be sent again.
    Presence,
}

/// When, for which room (a room that was made anew is another one), what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Timer {
    pub(crate) at: Instant,
    pub(crate) ticket_id: TicketId,
    pub(crate) room: u64,
    pub(crate) due: Due,
}

/// Timers by time. One that is no longer needed finds nothing to do.
#[derive(Debug, Default)]
pub(crate) struct Timers(BinaryHeap<Reverse<Timer>>);

impl Timers {
    pub(crate) fn add(&mut self, timer: Timer) {
        self.0.push(Reverse(timer));
    }

    pub(crate) fn next_at(&self) -> Option<Instant> {
        self.0.peek().map(|timer| timer.0.at)
    }

    /// The next timer whose time has come.
    pub(crate) fn pop(&mut self, now: Instant) -> Option<Timer> {
        if self.next_at()? > now {
            return None;
        }
        let timer = self.0.pop().map(|timer| timer.0);
        if self.0.is_empty() {
            self.0.shrink_to_fit();
        }
        timer
    }
}
