//! Sockets cut all at once, clients that come back with an old position, and one that stops reading.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use domain::limits::{REPLAY_MAX_BYTES, REPLAY_MAX_ENTRIES};
use rand::RngExt as _;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

use super::Stage;
use crate::account::Account;
use crate::ledger::{Change, Write};
use crate::view::View;
use crate::wire::{Line, Wire};
use crate::writer::persist;

const CUTS: usize = 5;
const JOINED_WITHIN: Duration = Duration::from_secs(15);
/// Writes that are sent side by side.
const AT_ONCE: usize = 8;
/// Characters of a long message, which are as many bytes here.
const LONG: usize = 9_000;
/// What the kernel takes in for a client that does not read, in bytes.
const SMALL_BUFFER: u32 = 4096;
/// More than a node keeps for one client.
const TOO_MUCH: usize = 4 * 1024 * 1024;
/// A client that does not read is closed within this time.
const CLOSED_WITHIN: Duration = Duration::from_secs(40);
const GLANCE: Duration = Duration::from_millis(100);

/// Cuts all sockets at once, several times.
pub(super) async fn storm(stage: &mut Stage<'_>) -> Result<()> {
    for _ in 0..CUTS {
        let before = stage.span(50..900);
        stage.load.work_for(before).await;
        stage.fault();
        stage.load.cut_sockets();
    }
    Ok(())
}

/// Lets a client miss a little, too many entries, and too many bytes: everything, or openly a snapshot.
pub(super) async fn far_behind(stage: &mut Stage<'_>) -> Result<()> {
    let limit = REPLAY_MAX_ENTRIES as usize;
    let few = stage.random.random_range(50..limit / 2);
    let heavy = REPLAY_MAX_BYTES / LONG + 5;
    for (count, length, snapshot) in [(few, 20, false), (limit + 5, 20, true), (heavy, LONG, true)]
    {
        let index = stage.random.random_range(0..stage.load.tickets.len());
        let (ticket, customer) = stage.load.tickets[index].clone();
        let node = stage.any_node();
        let node = stage.load.api.nodes()[node].clone();
        let mut view = View::new(ticket, false, stage.violations().clone());
        catch_up(&customer, &node, &mut view, ticket).await?;
        // Only what is written here shall count.
        stage.load.rest().await;
        stage.fault();
        let head = catch_up(&customer, &node, &mut view, ticket).await?;
        fill(stage, ticket, count, length).await;
        let (snapshots, before) = (view.snapshots, view.last);
        catch_up(&customer, &node, &mut view, ticket).await?;
        let given = view.snapshots > snapshots;
        stage.violations().check(given == snapshot, || {
            format!(
                "{count} entries of {length} bytes were missed, and a snapshot was given: {given}"
            )
        });
        stage
            .violations()
            .check(view.last == head + count as i64, || {
                format!(
                    "after {count} entries, a client that was at {before} is at {}",
                    view.last
                )
            });
        stage.load.resume();
    }
    Ok(())
}

/// Lets a client stop reading while more is said than a node keeps for it: the node lets it go, and nobody else
/// notices.
pub(super) async fn stop_reading(stage: &mut Stage<'_>) -> Result<()> {
    let index = stage.random.random_range(0..stage.load.tickets.len());
    let (ticket, customer) = stage.load.tickets[index].clone();
    let node = stage.any_node();
    let line = Line {
        host: stage.world.nodes[node].listen(),
        buffer: Some(SMALL_BUFFER),
    };
    let wire = Wire::dial_over(&customer, line, Some((ticket, 0))).await;
    let mut wire = wire.context("no socket")?;
    let joined = async {
        while let Ok(frame) = wire.next().await {
            if frame.kind() == "joined" {
                return Ok(());
            }
        }
        bail!("a socket was closed at its join")
    };
    timeout(JOINED_WITHIN, joined).await??;
    stage.fault();
    fill(stage, ticket, TOO_MUCH / LONG, LONG).await;
    let deadline = Instant::now() + CLOSED_WITHIN;
    let port = wire.port()?;
    while stage.world.nodes[node].clients()?.contains(&port) {
        if Instant::now() > deadline {
            let text = format!("a client that reads nothing is there after {CLOSED_WITHIN:?}");
            stage.violations().add(text);
            break;
        }
        sleep(GLANCE).await;
    }
    Ok(())
}

/// Writes messages of this length, side by side.
async fn fill(stage: &Stage<'_>, ticket: i64, count: usize, length: usize) {
    let mut writers = JoinSet::new();
    for part in 0..AT_ONCE {
        let admin = Arc::clone(&stage.load.admins[part % stage.load.admins.len()]);
        let ledger = stage.load.ledger.clone();
        let mine = (part..count).step_by(AT_ONCE).count();
        writers.spawn(async move {
            for _ in 0..mine {
                let text = format!("{} {}", Uuid::new_v4(), "x".repeat(length));
                let write = Write::new(ticket, admin.id, Change::Message(text));
                persist(&ledger, &admin, None, &write).await;
            }
        });
    }
    writers.join_all().await;
}

/// Joins with the position of a view, takes what is given, and goes; gives the position then.
async fn catch_up(account: &Account, node: &str, view: &mut View, ticket: i64) -> Result<i64> {
    let place = Some((ticket, view.connect()));
    let wire = Wire::dial(account, node, place).await;
    let mut wire = wire.context("no socket")?;
    let joined = async {
        loop {
            let frame = wire
                .next()
                .await
                .map_err(|code| anyhow::anyhow!("closed with {code:?}"))?;
            view.take(&frame.text, &frame.json);
            match frame.kind() {
                "joined" => return Ok(()),
                "error" => bail!("a join was refused: {}", frame.text),
                _ => {}
            }
        }
    };
    timeout(JOINED_WITHIN, joined).await??;
    Ok(view.last)
}
