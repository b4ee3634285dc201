//! Redis restarted from an old snapshot, emptied, rid of its clients, or losing what is published.

use std::time::Duration;

use anyhow::{Result, bail};
use reqwest::Method;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::Stage;
use crate::account::{Account, breathe};
use crate::api::Lost;
use crate::stored::Stored;

const REFUSED_WITHIN: Duration = Duration::from_secs(20);
/// How often each node is asked whether a session that was ended is alive.
const ASKED: usize = 10;
const KILLS: usize = 4;
const LOSING_FOR: Duration = Duration::from_secs(5);
/// What was lost without a word is found by the next comparison of heads.
const FOUND_WITHIN: Duration = Duration::from_secs(40);

/// Kills Redis, which comes back with what it saved before a session was ended: that stays ended, and all the
/// others live.
pub(super) async fn restart(stage: &mut Stage<'_>) -> Result<()> {
    let ended = Account::register(&stage.load.api, "Leaver").await?;
    // A renewal that Redis forgets is a session that is lost, which is no fault of the nodes.
    stage.load.stop_renewing().await;
    stage.world.redis.command("SAVE").await?;
    let path = "/auth/logout";
    let answer = ended.call(Method::POST, path, &Value::Null).await?;
    if answer.status != 204 {
        bail!("signing out answered {}", answer.summary());
    }
    stage.fault();
    stage.world.redis.kill();
    let down = stage.span(100..1500);
    sleep(down).await;
    stage.world.redis.start_again().await?;
    stays_out(stage, &ended).await
}

/// That no node takes the session of this account for alive.
async fn stays_out(stage: &Stage<'_>, ended: &Account) -> Result<()> {
    let api = &stage.load.api;
    for node in api.nodes().iter().cycle().take(api.nodes().len() * ASKED) {
        let deadline = Instant::now() + REFUSED_WITHIN;
        loop {
            let request = (Method::GET, "/me", &Value::Null);
            match api.send(node, &ended.tokens(), request).await {
                Ok(answer) => {
                    api.violations.check(answer.status == 401, || {
                        format!("an ended session was answered with {}", answer.summary())
                    });
                    break;
                }
                Err(Lost(why)) if Instant::now() > deadline => bail!("no answer to /me: {why}"),
                Err(_) => breathe().await,
            }
        }
    }
    Ok(())
}

/// Empties Redis: everybody has to sign in again, and nothing else happens.
pub(super) async fn flush(stage: &mut Stage<'_>) -> Result<()> {
    stage.load.api.expect_sign_out();
    let before = stage.span(200..1000);
    stage.load.work_for(before).await;
    stage.fault();
    stage.world.redis.command("FLUSHALL").await?;
    let after = stage.span(500..1500);
    stage.load.work_for(after).await;
    Ok(())
}

/// Throws the nodes out of Redis, subscribers and others.
pub(super) async fn kill_clients(stage: &mut Stage<'_>) -> Result<()> {
    for _ in 0..KILLS {
        for kind in ["pubsub", "normal"] {
            let before = stage.span(100..700);
            stage.load.work_for(before).await;
            stage.fault();
            let line = format!("CLIENT KILL TYPE {kind}");
            stage.world.redis.command(&line).await?;
        }
    }
    Ok(())
}

/// Loses everything that Redis publishes to one node, and nothing else. The writing ends before that does, so
/// that no later event shows the loss.
pub(super) async fn lose_publishes(stage: &mut Stage<'_>) -> Result<()> {
    let node = stage.any_node();
    stage.fault();
    stage.world.nodes[node].redis.lose_publishes();
    stage.load.work_for(LOSING_FOR).await;
    stage.load.rest().await;
    stage.world.nodes[node].redis.restore();
    let mut connection = stage.world.database.connect().await?;
    let tickets: Vec<i64> = stage.load.tickets.iter().map(|(id, _)| *id).collect();
    let heads = Stored::read(&mut connection, &tickets).await?.heads;
    stage.load.all_have_seen(&heads, FOUND_WITHIN).await;
    stage.load.resume();
    Ok(())
}
