//! What the hub counts.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

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
    /// Since the start: reads of missing entries.
    pub gap_reads: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) rooms: AtomicUsize,
    pub(crate) members: AtomicUsize,
    pub(crate) slow_closed: AtomicU64,
    pub(crate) dropped: AtomicU64,
    pub(crate) gap_reads: AtomicU64,
}

impl Counters {
    pub(crate) fn snapshot(&self) -> Counts {
        Counts {
            rooms: self.rooms.load(Ordering::Relaxed),
            members: self.members.load(Ordering::Relaxed),
            slow_closed: self.slow_closed.load(Ordering::Relaxed),
            dropped: self.dropped.load(Ordering::Relaxed),
            gap_reads: self.gap_reads.load(Ordering::Relaxed),
            ..Counts::default()
        }
    }
}
