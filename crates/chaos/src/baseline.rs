//! After everything is closed, a node holds on to what it held on to before.

use std::time::Duration;

use anyhow::Result;
use tokio::time::{Instant, sleep};

use crate::node::Node;
use crate::process::Holdings;
use crate::violations::Violations;

/// Idle threads of the blocking pool end after 10 s.
const BACK_WITHIN: Duration = Duration::from_secs(20);
const GLANCE: Duration = Duration::from_millis(50);
/// Pools that are filled once and kept: connections to the database and to Redis.
const POOLED: usize = 24;
/// Threads of pools that are filled once and kept.
const POOLED_THREADS: usize = 4;
/// What must be nought.
const EMPTY: [&str; 6] = [
    "deskwire_sockets",
    "deskwire_socket_users",
    "deskwire_rooms",
    "deskwire_room_members",
    "deskwire_socket_queued_frames",
    "deskwire_socket_queued_bytes",
];
/// What an allocator keeps for next time.
const KEPT_KIB: u64 = 128 * 1024;

/// Waits until a node is back at what it held on to when it was ready, and notes what it keeps.
pub(crate) async fn check(node: &Node, fresh: Holdings, violations: &Violations) -> Result<()> {
    let deadline = Instant::now() + BACK_WITHIN;
    loop {
        let (now, clients) = (node.holdings()?, node.clients()?.len());
        let mut left = Vec::new();
        for name in EMPTY {
            let value = node.metric(name).await?;
            if value > 0.0 {
                left.push(format!("{name} {value}"));
            }
        }
        let is_back = clients == 0
            && left.is_empty()
            && now.descriptors <= fresh.descriptors + POOLED
            && now.threads <= fresh.threads + POOLED_THREADS
            && now.resident_kib <= fresh.resident_kib + KEPT_KIB;
        if is_back {
            return Ok(());
        }
        if Instant::now() > deadline {
            violations.add(format!(
                "node {} keeps {now:?}, {clients} connections of clients, {left:?}; it began with {fresh:?}",
                node.name
            ));
            return Ok(());
        }
        sleep(GLANCE).await;
    }
}
