//! More sign-ins and more waiting writes than there is room for.

use std::time::Duration;

use anyhow::Result;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use tokio::task::JoinSet;
use tokio::time::{Instant, interval};
use uuid::Uuid;

use super::{BUSY, Stage};
use crate::api::Tokens;

const GUESSERS: usize = 16;
const FLOOD_FOR: Duration = Duration::from_secs(3);
const LOCK_FOR: Duration = Duration::from_secs(4);
const ASKED_EVERY: Duration = Duration::from_millis(20);
/// The slowest of a hundred answers of `/livez`, on a machine that is busy with everything else here.
const ALIVE_WITHIN: Duration = Duration::from_millis(500);
/// A request that cannot be served says so within this time.
const REFUSED_WITHIN: Duration = Duration::from_secs(11);

/// Floods the nodes with sign-ins, then holds the locks that all writes wait for.
pub(super) async fn flood(stage: &mut Stage<'_>) -> Result<()> {
    stage.fault();
    let mut guessers = JoinSet::new();
    for _ in 0..GUESSERS {
        let api = std::sync::Arc::clone(&stage.load.api);
        guessers.spawn(async move {
            loop {
                let email = format!("{}@example.org", Uuid::new_v4().simple());
                let body = json!({"email": email, "password": "not the passphrase"});
                let request = (Method::POST, "/auth/login", &body);
                // Refused either way.
                let _ = api.send(api.any_node(), &Tokens::default(), request).await;
            }
        });
    }
    stays_alive(stage, FLOOD_FOR).await;
    guessers.shutdown().await;

    stage.fault();
    let mut connection = stage.world.database.connect().await?;
    connection.execute("BEGIN").await?;
    for (ticket, _) in &stage.load.tickets {
        let sql = format!("SELECT id FROM tickets WHERE id = {ticket} FOR UPDATE");
        connection.execute(AssertSqlSafe(sql)).await?;
    }
    stays_alive(stage, LOCK_FOR).await;
    connection.execute("ROLLBACK").await?;
    connection.close().await?;
    Ok(())
}

/// That each node says it lives, soon, and that a request is served or refused in time.
async fn stays_alive(stage: &Stage<'_>, span: Duration) {
    let client = reqwest::Client::new();
    let begun = Instant::now();
    let mut ticks = interval(ASKED_EVERY);
    let mut times = Vec::new();
    let (_, customer) = &stage.load.tickets[0];
    let asked = async {
        let request = (Method::GET, "/tickets", &Value::Null);
        let asked = Instant::now();
        // Served or refused, both are an answer.
        let _ = customer.call_at(stage.load.api.any_node(), request).await;
        asked.elapsed()
    };
    let polled = async {
        while begun.elapsed() < span {
            ticks.tick().await;
            for node in &stage.world.nodes {
                let asked = Instant::now();
                let url = format!("http://{}/livez", node.listen());
                let answered = client.get(url).send().await;
                let lives = answered.is_ok_and(|answer| answer.status().as_u16() == 204);
                stage
                    .violations()
                    .check(lives, || "/livez does not say that it lives".to_owned());
                times.push(asked.elapsed());
            }
        }
    };
    let ((), took) = tokio::join!(polled, asked);
    times.sort();
    let slow = times[(times.len() - 1) * 99 / 100];
    stage.violations().check(slow <= ALIVE_WITHIN + BUSY, || {
        format!("one in a hundred answers of /livez took {slow:?} or more")
    });
    stage.violations().check(took <= REFUSED_WITHIN, || {
        format!("a request was answered after {took:?} under pressure")
    });
}
