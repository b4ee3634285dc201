//! Nodes that die, at any moment or exactly between commit and announcement, and nodes that are replaced.

use std::time::Duration;

use anyhow::Result;
use tokio::time::Instant;

use super::{BUSY, Stage};
use crate::stored::Stored;

const ROUNDS: usize = 2;
/// Acknowledged by the others while a node is down.
const WITHOUT_IT: usize = 15;
const ACKNOWLEDGED_WITHIN: Duration = Duration::from_secs(20);
/// A commit comes to an armed node within this time.
const DIES_WITHIN: Duration = Duration::from_secs(15);
/// What a node committed and did not announce is seen within this time of its death.
const SEEN_WITHIN: Duration = Duration::from_secs(2);

/// Kills a node under load, and starts it again.
pub(super) async fn kill(stage: &mut Stage<'_>) -> Result<()> {
    for _ in 0..ROUNDS {
        let (node, before) = (stage.any_node(), stage.span(200..900));
        stage.load.work_for(before).await;
        stage.fault();
        stage.world.nodes[node].kill();
        if stage.world.nodes.len() > 1 {
            let goes_on = stage.load.acknowledge(WITHOUT_IT, ACKNOWLEDGED_WITHIN);
            let goes_on = goes_on.await;
            stage.violations().check(goes_on, || {
                "nothing works while one node is down".to_owned()
            });
        }
        stage.world.start_node(node).await?;
    }
    Ok(())
}

/// Lets a node die right after a commit, before anybody is told of it.
pub(super) async fn die_after_commit(stage: &mut Stage<'_>) -> Result<()> {
    let mut connection = stage.world.database.connect().await?;
    let tickets: Vec<i64> = stage.load.tickets.iter().map(|(id, _)| *id).collect();
    for _ in 0..ROUNDS {
        let (node, before) = (stage.any_node(), stage.span(200..900));
        stage.load.work_for(before).await;
        stage.fault();
        stage.world.nodes[node].arm()?;
        stage.world.nodes[node].ended(DIES_WITHIN).await?;
        let died = Instant::now();
        let heads = Stored::read(&mut connection, &tickets).await?.heads;
        let left = (SEEN_WITHIN + BUSY).saturating_sub(died.elapsed());
        if stage.world.nodes.len() > 1 {
            stage.load.all_have_seen(&heads, left).await;
        }
        stage.world.start_node(node).await?;
    }
    Ok(())
}

/// Replaces one node after the other, as a deployment does.
pub(super) async fn restart_in_turn(stage: &mut Stage<'_>) -> Result<()> {
    for node in 0..stage.world.nodes.len() {
        let before = stage.span(300..1200);
        stage.load.work_for(before).await;
        stage.fault();
        stage.world.nodes[node].terminate().await?;
        stage.world.start_node(node).await?;
        stage.world.balancer.until_all_serve().await?;
    }
    Ok(())
}
