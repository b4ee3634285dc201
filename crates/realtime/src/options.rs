//! Sizes and times of the hub.

use std::time::Duration;

/// Sizes and times of the hub; the defaults suit one node with 10,000 connections.
#[derive(Clone, Debug)]
pub struct HubOptions {
    /// Tasks that the tickets are spread over. Default: twice the cores, from 2 to 32.
    pub shards: usize,
    /// Messages that a shard's mailbox holds before publishers wait. Default: 1,024.
    pub mailbox: usize,
    /// Frames that wait for one connection before it is closed as slow. Default: 1,024.
    pub queue_frames: usize,
    /// Bytes that wait for one connection before it is closed as slow, `joined` not counted. Default: 1 MiB.
    pub queue_bytes: usize,
    /// Bytes of `joined` frames that wait for one connection; a single one always fits. Default: 2 MiB.
    pub queue_replay_bytes: usize,
    /// Connections of one user. Default: 20.
    pub connections_per_user: usize,
    /// A missing entry may be on its way this long before it is read from the backlog. Default: 25 ms.
    pub gap_grace: Duration,
    /// Failed reads of a gap, with doubling pauses, before the room is closed. Default: 5.
    pub gap_tries: u32,
    /// A read of a gap fails this long after it began. Default: 3 s.
    pub gap_timeout: Duration,
    /// Rooms whose gaps are read at the same time. Default: 8.
    pub gap_readers: usize,
    /// Pause between two `presence` frames of a room for each person in it, which keeps the traffic of a large
    /// room bounded. Default: 10 ms, at most 10 s in all.
    pub presence_pause: Duration,
    /// With other nodes: how often heads are compared with the database, since a lost message is silent.
    /// Default: 30 s.
    pub head_check_every: Duration,
    /// With other nodes: how often they are told again who is where. Default: 10 s.
    pub presence_refresh: Duration,
    /// With other nodes: who was not told of again for this long is gone. Default: 25 s.
    pub presence_expiry: Duration,
    /// Connections told of a drain at once. Default: 256.
    pub drain_batch: usize,
    /// Pause between two such batches. Default: 50 ms.
    pub drain_pause: Duration,
    /// From the last `draining` frame to the closing of connections. Default: 1 s.
    pub drain_grace: Duration,
}

impl Default for HubOptions {
    fn default() -> HubOptions {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        HubOptions {
            shards: (cores * 2).clamp(2, 32),
            mailbox: 1024,
            queue_frames: 1024,
            queue_bytes: 1024 * 1024,
            queue_replay_bytes: 2 * 1024 * 1024,
            connections_per_user: 20,
            gap_grace: Duration::from_millis(25),
            gap_tries: 5,
            gap_timeout: Duration::from_secs(3),
            gap_readers: 8,
            presence_pause: Duration::from_millis(10),
            head_check_every: Duration::from_secs(30),
            presence_refresh: Duration::from_secs(10),
            presence_expiry: Duration::from_secs(25),
            drain_batch: 256,
            drain_pause: Duration::from_millis(50),
            drain_grace: Duration::from_secs(1),
        }
    }
}
