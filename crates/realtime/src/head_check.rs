//! Compares what was heard with the database, since a message that is lost between nodes is silent.
//!
//! Twice: every open ticket with its head, whatever the clocks say; and the entries of the last minutes with
//! those that were announced, for the lists and notifications of people who have other tickets open.

use std::sync::Weak;
use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::{Seq, TicketId, Timestamp};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};
use tracing::{info, warn};

use crate::backlog::{HEADS_MAX, OpenError, RECENT_MAX};
use crate::fanout::NodeId;
use crate::hub::{Hub, Inner};
use crate::mailbox::Message;

/// Nodes' clocks may differ by this much.
const SKEW: Duration = Duration::from_secs(60);
/// Entries younger than this may still be on their way.
const UNDER_WAY: Duration = Duration::from_secs(2);
/// Entries of so much time are compared at once.
const SLICE: Duration = Duration::from_secs(5);
/// Pause after a check that failed.
const RETRY_PAUSE: Duration = Duration::from_secs(1);

/// Checks at regular times, when asked to, and again soon after a failure, until the hub is gone.
pub(crate) async fn run(hub: Weak<Inner>) {
    let Some(started) = hub.upgrade().map(Hub::from) else {
        return;
    };
    let every = jittered(started.options().head_check_every, started.node());
    let wanted = started.head_check_wanted();
    // What was made before was in every list that was fetched since.
    let begun = started.clock().now();
    let mut checked_up_to = begun;
    let mut next = Instant::now() + every;
    drop(started);
    // Whether the line broke since: what was under way then is lost.
    let mut resumed = false;
    loop {
        tokio::select! {
            biased;
            () = wanted.notified() => resumed = true,
            () = sleep_until(next) => {}
        }
        let Some(hub) = hub.upgrade().map(Hub::from) else {
            return;
        };
        let mut up_to = hub.clock().now();
        if !resumed {
            up_to = up_to.minus(UNDER_WAY);
        }
        let from = begun.max(checked_up_to.minus(SKEW));
        match check(&hub, from, up_to).await {
            Ok(()) => {
                checked_up_to = up_to;
                resumed = false;
                next = Instant::now() + every;
                hub.counters().head_checks.fetch_add(1, Ordering::Relaxed);
            }
            Err(error) => {
                warn!(%error, "Could not compare heads with the database");
                next = Instant::now() + RETRY_PAUSE.min(every);
            }
        }
    }
}

/// Between three quarters and all of it, another for each node, so that nodes do not ask in step.
fn jittered(pause: Duration, node: Option<NodeId>) -> Duration {
    let part = node.map_or(0, |node| node.0 % 1024);
    pause - pause / 4 * u32::try_from(part).unwrap_or(0) / 1024
}

async fn check(hub: &Hub, from: Timestamp, to: Timestamp) -> Result<(), OpenError> {
    check_open_tickets(hub).await?;
    // Lists are fetched afresh by whoever connects.
    if hub.has_connections() {
        check_announcements(hub, from, to).await?;
    }
    Ok(())
}

/// Tells rooms how far their tickets go.
async fn check_open_tickets(hub: &Hub) -> Result<(), OpenError> {
    for mailbox in hub.mailboxes() {
        let (reply, open) = oneshot::channel();
        if mailbox.send(Message::OpenTickets(reply)).await.is_err() {
            continue;
        }
        let open = open.await.unwrap_or_default();
        for tickets in open.chunks(HEADS_MAX) {
            let heads = hub.backlog().heads(tickets).await?;
            // No shard, no room to tell.
            let _ = mailbox.send(Message::Heads(heads)).await;
        }
    }
    Ok(())
}

/// Announces the entries made between two moments that were not announced here, a slice of time after the other.
async fn check_announcements(
    hub: &Hub,
    mut from: Timestamp,
    to: Timestamp,
) -> Result<(), OpenError> {
    while from < to {
        let up_to = from.plus(SLICE).min(to);
        check_slice(hub, from, up_to).await?;
        from = up_to;
    }
    Ok(())
}

async fn check_slice(hub: &Hub, from: Timestamp, to: Timestamp) -> Result<(), OpenError> {
    let recent = hub.backlog().recent(from, to).await?;
    if recent.len() >= RECENT_MAX {
        warn!("More entries than are compared at once; lists may be behind until they are fetched");
    }
    let mut by_shard: Vec<Vec<(TicketId, Seq)>> = vec![Vec::new(); hub.mailboxes().len()];
    for event in recent {
        by_shard[hub.shard_of(event.0)].push(event);
    }
    let mut missed_in_all = 0_u64;
    for (mailbox, events) in hub.mailboxes().iter().zip(by_shard) {
        let (reply, missed) = oneshot::channel();
        if mailbox.send(Message::Missed(events, reply)).await.is_err() {
            continue;
        }
        for (ticket_id, seq) in missed.await.unwrap_or_default() {
            match hub.backlog().event(ticket_id, seq).await {
                Ok(event) => hub.announce_here(event).await,
                Err(OpenError::NotFound) => continue,
                Err(error) => return Err(error),
            }
            missed_in_all += 1;
        }
    }
    if missed_in_all > 0 {
        info!(
            entries = missed_in_all,
            "Announced entries that other nodes made and this one did not hear of"
        );
        hub.counters()
            .announcements_missed
            .fetch_add(missed_in_all, Ordering::Relaxed);
    }
    Ok(())
}
