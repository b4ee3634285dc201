//! A session ended at one node while its socket is open at another.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use reqwest::Method;
use serde_json::Value;
use tokio::time::{Instant, timeout};

use super::{BUSY, Stage};
use crate::account::Account;
use crate::wire::Wire;

const ROUNDS: usize = 3;
/// Deliveries stop within this time after the answer.
const CLOSED_WITHIN: Duration = Duration::from_secs(1);
const JOINED_WITHIN: Duration = Duration::from_secs(10);
/// Session ended.
const REVOKED: u16 = 4403;

/// Ends a session from another device, at another node.
pub(super) async fn revoke(stage: &mut Stage<'_>) -> Result<()> {
    for round in 0..ROUNDS {
        let (ticket, owner) = stage.load.tickets[round % stage.load.tickets.len()].clone();
        let here = stage.any_node();
        let there = (here + 1) % stage.world.nodes.len();
        let (here, there) = (
            &stage.load.api.nodes()[here],
            &stage.load.api.nodes()[there],
        );
        let lost = Account::log_in(&stage.load.api, &owner.email, false).await?;
        let mut wire = Wire::dial(&lost, there, Some((ticket, 0)))
            .await
            .context("no socket")?;
        until_joined(&mut wire).await?;

        let list = lost.get("/auth/sessions").await?;
        let items = list["items"].as_array().cloned().unwrap_or_default();
        let own = items.iter().find(|session| session["current"] == true);
        let id = own.and_then(|session| session["id"].as_str());
        let path = format!("/auth/sessions/{}", id.context("no current session")?);
        stage.fault();
        let answer = owner
            .call_at(here, (Method::DELETE, &path, &Value::Null))
            .await;
        let Ok(answer) = answer else {
            continue;
        };
        let ended = Instant::now();
        if answer.status != 204 {
            bail!("ending a session answered {}", answer.summary());
        }
        let closed = timeout(CLOSED_WITHIN + BUSY, end_of(&mut wire)).await;
        stage.violations().check(closed == Ok(Some(REVOKED)), || {
            format!(
                "{:?} after its session was ended, a socket is {closed:?}",
                ended.elapsed()
            )
        });
        for node in stage.load.api.nodes() {
            let request = (Method::GET, "/me", &Value::Null);
            if let Ok(answer) = stage.load.api.send(node, &lost.tokens(), request).await {
                stage.violations().check(answer.status == 401, || {
                    format!("an ended session was answered with {}", answer.summary())
                });
            }
        }
    }
    Ok(())
}

async fn until_joined(wire: &mut Wire) -> Result<()> {
    let joined = async {
        while let Ok(frame) = wire.next().await {
            if frame.kind() == "joined" {
                return Ok(());
            }
        }
        bail!("a socket was closed at its join")
    };
    timeout(JOINED_WITHIN, joined).await?
}

/// Reads to the end, and gives the code.
async fn end_of(wire: &mut Wire) -> Option<u16> {
    loop {
        if let Err(code) = wire.next().await {
            return code;
        }
    }
}
