//! Writes that are sent until they are acknowledged, each time at any node and over REST or the socket.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use crate::account::{Account, breathe};
use crate::api::{Answer, Api, Counters, Lost};
use crate::follower::Follower;
use crate::ledger::{Ledger, Write};

/// What is refused for longer than any fault lasts will never be accepted.
pub(crate) const ACCEPTED_WITHIN: Duration = Duration::from_secs(75);

/// Sends a write over REST or the socket of its author until it is acknowledged. Gives its entry, or none if it
/// never was.
pub(crate) async fn persist(
    ledger: &Ledger,
    author: &Arc<Account>,
    socket: Option<&Follower>,
    write: &Write,
) -> Option<Value> {
    ledger.begin(write);
    let begun = Instant::now();
    loop {
        let by_socket = socket.filter(|_| rand::random());
        let answered = match by_socket {
            Some(follower) => over_socket(follower, write).await,
            None => over_rest(author, author.api.any_node(), write).await,
        };
        match answered {
            Ok(entry) => return acknowledged(ledger, &author.api, write, entry),
            Err(Lost(why)) if begun.elapsed() > ACCEPTED_WITHIN => {
                let text = format!("a write is still refused after {ACCEPTED_WITHIN:?}: {why}");
                author.api.violations.add(text);
                return None;
            }
            Err(_) => breathe().await,
        }
    }
}

/// Sends a write to one node, once, and gives its entry; null if it changed nothing.
pub(crate) async fn over_rest(author: &Account, node: &str, write: &Write) -> Result<Value, Lost> {
    let (method, path, body) = write.request();
    let answer = author.call_at(node, (method, &path, &body)).await?;
    entry_in(&author.api, write, &answer)
}

/// The entry in an answer; any other answer is a violation.
pub(crate) fn entry_in(api: &Api, write: &Write, answer: &Answer) -> Result<Value, Lost> {
    if matches!(answer.status, 200 | 201) {
        return Ok(write.entry_of(&answer.json));
    }
    let summary = answer.summary();
    api.violations
        .add(format!("a write was answered with {summary}"));
    Err(Lost(summary))
}

async fn over_socket(follower: &Follower, write: &Write) -> Result<Value, Lost> {
    let reply = follower.ask(write.command()).await?;
    if reply["type"] == "ok" {
        return Ok(reply["result"]["entry"].clone());
    }
    let code = reply["code"].as_str().unwrap_or_default().to_owned();
    // A client that is joining again has not joined for a moment.
    if !matches!(code.as_str(), "unavailable" | "rate_limited" | "not_joined") {
        let text = format!("a write on a socket was refused: {code}");
        follower.account.api.violations.add(text);
    }
    Err(Lost(code))
}

/// Enters an acknowledgement into the book.
pub(crate) fn acknowledged(
    ledger: &Ledger,
    api: &Api,
    write: &Write,
    entry: Value,
) -> Option<Value> {
    Counters::count(&api.counters.acked);
    if let Some(earlier) = ledger.acknowledge(write, entry.clone()) {
        api.violations.add(format!(
            "one client id was answered with {earlier} and with {entry}"
        ));
    }
    Some(entry)
}
