//! What the hub counts.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Upper bounds of the buckets of [`DeliveryTimes`], in microseconds.
pub const DELIVERY_BOUNDS: [u64; 15] = [
    500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    2_500_000, 5_000_000, 10_000_000, 30_000_000,
];

/// How long entries took from their commit to the queues of this node's sockets, each entry once. Across
/// nodes it is as right as their clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeliveryTimes {
    /// Entries up to each of [`DELIVERY_BOUNDS`] and above the one before; the last: above all.
    pub buckets: [u64; DELIVERY_BOUNDS.len() + 1],
    /// The sum of all, in microseconds.
    pub sum_micros: u64,
}

/// What the hub holds now, and what happened since its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Connections.
    pub connections: usize,
    /// Distinct users connected.
    pub users: usize,
    /// Tickets that somebody has open.
    pub rooms: usize,
    /// Members of rooms, those on their way in included.
    pub members: usize,
    /// Frames that wait for their writers.
    pub queued_frames: usize,
    /// Bytes that wait for their writers.
    pub queued_bytes: usize,
    /// Since the start: connections closed because they read too slowly.
    pub slow_closed: u64,
    /// Since the start: typing and presence frames left out of a queue that was half full.
    pub dropped: u64,
    /// Since the start: frames of entries queued for connections.
    pub deliveries: u64,
    /// From commit to queue.
    pub delivery_times: DeliveryTimes,
    /// Since the start: joins that were given everything after what the client had.
    pub resumes: u64,
    /// Since the start: joins that were given the latest entries: first ones, and those that had missed too much.
    pub snapshots: u64,
    /// Since the start: reads of missing entries.
    pub gap_reads: u64,
    /// Since the start: entries that such reads brought.
    pub gaps_filled: u64,
    /// Since the start: completed comparisons of heads with the database.
    pub head_checks: u64,
    /// Since the start: announcements that only such a comparison found.
    pub announcements_missed: u64,
    /// Whether other nodes are heard; 1 or 0, and 0 without a line to them.
    pub fanout_up: usize,
    /// Since the start: announcements sent to the other nodes, repeated ones included.
    pub published: u64,
    /// Since the start: attempts to send one that failed; the outbox keeps it for another.
    pub publish_failures: u64,
    /// Since the start: messages heard from other nodes.
    pub heard: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) rooms: AtomicUsize,
    pub(crate) members: AtomicUsize,
    pub(crate) slow_closed: AtomicU64,
    pub(crate) dropped: AtomicU64,
    pub(crate) deliveries: AtomicU64,
    pub(crate) resumes: AtomicU64,
    pub(crate) snapshots: AtomicU64,
    pub(crate) gap_reads: AtomicU64,
    pub(crate) gaps_filled: AtomicU64,
    pub(crate) head_checks: AtomicU64,
    pub(crate) announcements_missed: AtomicU64,
    pub(crate) fanout_up: AtomicUsize,
    pub(crate) published: AtomicU64,
    pub(crate) publish_failures: AtomicU64,
    pub(crate) heard: AtomicU64,
    delivery_buckets: [AtomicU64; DELIVERY_BOUNDS.len() + 1],
    delivery_sum: AtomicU64,
}

impl Counters {
    /// Notes that an entry reached so many queues this long after its commit.
    pub(crate) fn delivered(&self, queues: usize, micros: u64) {
        self.deliveries
            .fetch_add(u64::try_from(queues).unwrap_or(u64::MAX), Ordering::Relaxed);
        let bucket = DELIVERY_BOUNDS.partition_point(|bound| *bound < micros);
        self.delivery_buckets[bucket].fetch_add(1, Ordering::Relaxed);
        self.delivery_sum.fetch_add(micros, Ordering::Relaxed);
    }

    /// Notes a join, and whether it was given the latest entries instead of what it had missed.
    pub(crate) fn joined(&self, snapshot: bool) {
        let counter = match snapshot {
            true => &self.snapshots,
            false => &self.resumes,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn snapshot(&self) -> Counts {
        let now = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counts {
            rooms: self.rooms.load(Ordering::Relaxed),
            members: self.members.load(Ordering::Relaxed),
            slow_closed: now(&self.slow_closed),
            dropped: now(&self.dropped),
            deliveries: now(&self.deliveries),
            delivery_times: DeliveryTimes {
                buckets: self.delivery_buckets.each_ref().map(now),
                sum_micros: now(&self.delivery_sum),
            },
            resumes: now(&self.resumes),
            snapshots: now(&self.snapshots),
            gap_reads: now(&self.gap_reads),
            gaps_filled: now(&self.gaps_filled),
            head_checks: now(&self.head_checks),
            announcements_missed: now(&self.announcements_missed),
            fanout_up: self.fanout_up.load(Ordering::Relaxed),
            published: now(&self.published),
            publish_failures: now(&self.publish_failures),
            heard: now(&self.heard),
            ..Counts::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_falls_into_the_bucket_that_it_does_not_exceed() {
        let counters = Counters::default();
        for micros in [0, 500, 501, 30_000_000, 30_000_001] {
            counters.delivered(2, micros);
        }
        assert_eq!(counters.snapshot().deliveries, 10);
        let times = counters.snapshot().delivery_times;
        assert_eq!(times.buckets[..2], [2, 1]);
        assert_eq!(times.buckets[14..], [1, 1]);
        assert_eq!(times.sum_micros, 60_001_002);
    }
}
