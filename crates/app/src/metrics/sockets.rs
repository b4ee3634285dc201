//! What the hub holds and has done.

use std::fmt;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;
use realtime::{Counts, DELIVERY_BOUNDS};

use super::series;

/// The numbers of the hub as they are now.
#[derive(Debug)]
pub(super) struct Sockets {
    pub(super) counts: Counts,
    /// Whether there is a line to other nodes; without one its series would say that it is down.
    pub(super) has_fanout: bool,
}

/// Goes up and down, or only grows.
enum Kind {
    Gauge,
    Counter,
}
use Kind::{Counter, Gauge};

/// A field of the counts with its name and meaning.
struct Series(Kind, &'static str, fn(&Counts) -> u64, &'static str);

/// A line for each field: what it does, its name here, its name there, its meaning.
macro_rules! table {
    ($($kind:ident $name:ident = $field:ident, $help:literal;)*) => {
        &[$(Series($kind, stringify!($name), |counts| counts.$field as u64, $help)),*]
    };
}

const HUB: &[Series] = table! {
    Gauge sockets = connections, "Sockets connected";
    Gauge socket_users = users, "People with a socket";
    Gauge rooms = rooms, "Tickets that somebody has open";
    Gauge room_members = members, "Sockets in rooms";
    Gauge socket_queued_frames = queued_frames, "Frames waiting for their writers";
    Gauge socket_queued_bytes = queued_bytes, "Bytes waiting for their writers";
    Counter socket_frames_dropped = dropped, "Typing and presence frames left out of half full queues";
    Counter socket_slow_closes = slow_closed, "Sockets closed for reading too slowly";
    Counter socket_resumes = resumes, "Joins that were given all that was missed";
    Counter socket_snapshots = snapshots, "Joins that were given the latest entries: first ones, and those that had missed too much";
    Counter deliveries = deliveries, "Frames of entries queued for sockets";
    Counter gap_reads = gap_reads, "Reads of entries that were not announced in time";
    Counter gaps_filled = gaps_filled, "Entries that such reads brought";
};

/// Where there may be other nodes.
const FANOUT: &[Series] = table! {
    Gauge fanout_up = fanout_up, "Whether other nodes are heard";
    Counter fanout_published = published, "Announcements sent to other nodes, repeated ones included";
    Counter fanout_publish_failures = publish_failures, "Attempts to send an announcement that failed; the outbox keeps it for another";
    Counter fanout_received = heard, "Messages heard from other nodes";
    Counter head_checks = head_checks, "Comparisons of heads with the database";
    Counter announcements_missed = announcements_missed, "Announcements that only such a comparison found";
};

impl Collector for Sockets {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let fanout = if self.has_fanout { FANOUT } else { &[] };
        for Series(kind, name, read, help) in HUB.iter().chain(fanout) {
            let value = read(&self.counts);
            match kind {
                Gauge => series::gauge(&mut encoder, name, help, value)?,
                Counter => series::counter(&mut encoder, name, help, value)?,
            }
        }
        let times = &self.counts.delivery_times;
        series::histogram(
            &mut encoder,
            "delivery_seconds",
            "Time from the commit of an entry to the queues of this node's sockets",
            &DELIVERY_BOUNDS.map(seconds),
            &times.buckets,
            seconds(times.sum_micros),
        )
    }
}

fn seconds(micros: u64) -> f64 {
    micros as f64 / 1e6
}
