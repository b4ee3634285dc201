//! Lines to the database and to Redis that are slow, half-closed or frozen.

use std::time::Duration;

use anyhow::Result;
use rand::RngExt as _;

use super::Stage;
use crate::proxy::Proxy;

const DELAY: Duration = Duration::from_millis(200);
const ROUNDS: usize = 4;

/// Holds everything to the database and to Redis up for some seconds.
pub(super) async fn slow(stage: &mut Stage<'_>) -> Result<()> {
    stage.fault();
    for node in &stage.world.nodes {
        node.database.delay(DELAY);
        node.redis.delay(DELAY);
    }
    let span = stage.span(3000..5000);
    stage.load.work_for(span).await;
    for node in &stage.world.nodes {
        node.database.restore();
        node.redis.restore();
    }
    Ok(())
}

/// Half-closes the connections of a line, again and again.
pub(super) async fn half_close(stage: &mut Stage<'_>) -> Result<()> {
    for _ in 0..ROUNDS {
        let before = stage.span(200..900);
        stage.load.work_for(before).await;
        stage.fault();
        any_line(stage, true).half_close();
    }
    Ok(())
}

/// Passes nothing over a line for a while, as a network that is parted, and then what was held back; or ends all
/// connections of it.
pub(super) async fn freeze(stage: &mut Stage<'_>) -> Result<()> {
    for round in 0..ROUNDS {
        let (before, frozen) = (stage.span(200..900), stage.span(300..3500));
        stage.load.work_for(before).await;
        stage.fault();
        let line = any_line(stage, false);
        match round % 2 {
            0 => line.still(),
            _ => line.close(),
        }
        stage.load.work_for(frozen).await;
        stage.world.mend().await?;
    }
    Ok(())
}

/// A line of any node: to the database, to Redis, or from its clients.
fn any_line<'a>(stage: &'a mut Stage<'_>, with_front: bool) -> &'a Proxy {
    let kinds = if with_front { 3 } else { 2 };
    let (node, kind) = (stage.any_node(), stage.random.random_range(0..kinds));
    let node = &stage.world.nodes[node];
    match kind {
        0 => &node.database,
        1 => &node.redis,
        _ => &node.front,
    }
}
