//! The database server killed in the middle of its transactions.

use std::time::Duration;

use anyhow::Result;
use reqwest::Method;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::{BUSY, Stage};
use crate::api::Lost;

const ROUNDS: usize = 2;
/// A node serves again within this time after the server accepts connections.
const BACK_WITHIN: Duration = Duration::from_secs(2);
/// Against hanging.
const GIVE_UP_AFTER: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(20);

/// Kills it under load, and starts it again.
pub(super) async fn kill(stage: &mut Stage<'_>) -> Result<()> {
    for _ in 0..ROUNDS {
        let (before, down) = (stage.span(200..900), stage.span(200..1500));
        stage.load.work_for(before).await;
        stage.fault();
        stage.world.database.kill();
        sleep(down).await;
        stage.world.database.start_again().await?;
        let accepts = Instant::now();
        for node in stage.load.api.nodes() {
            back(stage, node, accepts).await;
        }
    }
    Ok(())
}

/// Waits until a node serves what needs the database.
async fn back(stage: &Stage<'_>, node: &str, accepts: Instant) {
    let (_, customer) = &stage.load.tickets[0];
    loop {
        let request = (Method::GET, "/tickets", &Value::Null);
        let answered = customer.call_at(node, request).await;
        let after = accepts.elapsed();
        match answered {
            Ok(_) => {
                return stage.violations().check(after <= BACK_WITHIN + BUSY, || {
                    format!(
                        "a node was back {after:?} after the database, not within {BACK_WITHIN:?}"
                    )
                });
            }
            Err(Lost(why)) if after > GIVE_UP_AFTER => {
                let text = format!("a node is not back {after:?} after the database: {why}");
                return stage.violations().add(text);
            }
            Err(_) => sleep(GLANCE).await,
        }
    }
}
