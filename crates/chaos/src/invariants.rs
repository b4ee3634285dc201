//! What must hold after every scenario: acknowledged = stored = seen, and nothing for those it is not for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use anyhow::Result;
use reqwest::Method;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::account::Account;
use crate::ledger::{Change, NOTE_MARK};
use crate::load::{Load, NO_TICKET};
use crate::stored::{Stored, outbox};
use crate::violations::Violations;
use crate::world::World;

/// Rows of announced entries are removed within this time, and abandoned ones announced.
const OUTBOX_EMPTY_WITHIN: Duration = Duration::from_secs(8);
const GLANCE: Duration = Duration::from_millis(50);
const PAGE: usize = 100;

/// What was checked.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Checked {
    /// Entries that clients had, each compared with a fresh fetch.
    pub(crate) seen: usize,
    /// The longest from an acknowledgement to the last participant's screen.
    pub(crate) worst_lag: Duration,
}

/// Checks everything, once nobody writes any more. What is still on its way has `within` to arrive.
pub(crate) async fn check(world: &World, load: &Load, within: Duration) -> Result<Checked> {
    let mut connection = world.database.connect().await?;
    let tickets: Vec<i64> = load.tickets.iter().map(|(ticket, _)| *ticket).collect();
    let stored = Stored::read(&mut connection, &tickets).await?;
    load.all_have_seen(&stored.heads, within).await;

    let violations = &load.api.violations;
    check_rows(load, &stored, violations);
    check_ledger(load, &stored, violations);
    check_notifications(load, &stored, violations);
    check_cursors(load, &stored, violations);
    check_stranger(load, violations).await?;
    let mut seen = 0;
    for (ticket, customer) in &load.tickets {
        for account in [customer, &load.admins[0]] {
            let fresh = fetch(account, *ticket).await?;
            check_fresh(account, *ticket, &fresh, &stored, violations);
            let of_theirs = load.followers.iter().filter(|follower| {
                follower.ticket == *ticket && follower.account.is_admin == account.is_admin
            });
            for follower in of_theirs {
                let view = follower.view();
                view.compare(&fresh);
                seen += view.entries.len();
            }
        }
    }
    let deadline = Instant::now() + OUTBOX_EMPTY_WITHIN;
    while outbox(&mut connection).await? > 0 {
        if Instant::now() > deadline {
            violations.add("the outbox does not become empty");
            break;
        }
        sleep(GLANCE).await;
    }
    Ok(Checked {
        seen,
        worst_lag: worst_lag(load),
    })
}

/// Every place from 1 to the head, no client id twice.
fn check_rows(load: &Load, stored: &Stored, violations: &Violations) {
    for (ticket, head) in &stored.heads {
        let places = stored.entries.range((*ticket, 0)..=(*ticket, i64::MAX));
        let seqs: Vec<i64> = places.map(|((_, seq), _)| *seq).collect();
        violations.check(seqs.iter().copied().eq(1..=*head), || {
            format!("ticket {ticket} has head {head} and places {seqs:?}")
        });
    }
    let mut ids = BTreeSet::new();
    for ((ticket, seq), entry) in &stored.entries {
        let Some(id) = entry.client_id else {
            continue;
        };
        violations.check(ids.insert((entry.actor, id)), || {
            format!("client id {id} is stored twice")
        });
        let is_known = *seq == 1 || load.ledger.has(&id);
        violations.check(is_known, || {
            format!("entry {seq} of ticket {ticket} is nobody's write")
        });
    }
}

/// What was acknowledged is stored where the acknowledgement said, once.
fn check_ledger(load: &Load, stored: &Stored, violations: &Violations) {
    let mut by_id = BTreeMap::new();
    for (place, entry) in &stored.entries {
        if let Some(id) = entry.client_id {
            by_id.insert(id, (*place, entry));
        }
    }
    for record in load.ledger.records() {
        let (write, found) = (&record.write, by_id.get(&record.write.client_id));
        let Some((_, acked)) = &record.acked else {
            violations.add("a write was never acknowledged");
            continue;
        };
        let Some(((ticket, seq), entry)) = found else {
            let none = matches!(write.change, Change::Status(_)) && acked.is_null();
            violations.check(none, || format!("acknowledged and not stored: {acked}"));
            continue;
        };
        let body = match &write.change {
            Change::Message(body) | Change::Note(body) => Some(body.as_str()),
            Change::Status(_) => None,
        };
        let same = *ticket == write.ticket
            && acked["seq"] == *seq
            && entry.actor == write.author
            && entry.body.as_deref() == body
            && acked["kind"] == entry.kind.as_str();
        violations.check(same, || {
            format!("stored as {entry:?}, acknowledged as {acked}")
        });
    }
}

/// One notification per user and event, for exactly those whom it concerns.
fn check_notifications(load: &Load, stored: &Stored, violations: &Violations) {
    for (place, entry) in &stored.entries {
        let owner = load.tickets.iter().find(|(ticket, _)| *ticket == place.0);
        let Some((_, owner)) = owner else {
            continue;
        };
        let by_customer = entry.actor == owner.id;
        let due: BTreeSet<i64> = match entry.kind.as_str() {
            "created" | "message" if by_customer => stored.admins.clone(),
            "note" => BTreeSet::new(),
            _ => BTreeSet::from([owner.id]),
        };
        let told = stored.told.get(place).cloned().unwrap_or_default();
        let once: BTreeSet<i64> = told.iter().copied().collect();
        violations.check(once.len() == told.len() && once == due, || {
            format!(
                "of {place:?}, a {}, {told:?} were told instead of {due:?}",
                entry.kind
            )
        });
    }
}

fn check_cursors(load: &Load, stored: &Stored, violations: &Violations) {
    let reads = load.reads.lock().unwrap_or_else(PoisonError::into_inner);
    for (whose, place) in reads.iter() {
        let at = stored.cursors.get(whose).copied().unwrap_or(0);
        violations.check((place.acked..=place.asked).contains(&at), || {
            format!("a read cursor is at {at}, after {place:?}")
        });
    }
}

/// A stranger is refused as for a ticket that does not exist, over socket and REST, and hears of nothing.
async fn check_stranger(load: &Load, violations: &Violations) -> Result<()> {
    let stranger = &load.stranger;
    let mut answers = BTreeSet::new();
    let numbers = load.tickets.iter().map(|(ticket, _)| *ticket);
    for ticket in numbers.chain([NO_TICKET]) {
        for path in ["", "/timeline"] {
            let path = format!("/tickets/{ticket}{path}");
            let account = &stranger.account;
            let mut answer = account.call(Method::GET, &path, &Value::Null).await?;
            answer.json["request_id"] = Value::Null;
            answers.insert(format!("{} {}", answer.status, answer.json));
        }
    }
    violations.check(
        answers.len() == 1 && answers.iter().all(|answer| answer.starts_with("404 ")),
        || format!("a stranger's fetches were answered with {answers:?}"),
    );
    let heard = stranger.heard();
    let refusals = heard.refusals.iter();
    let refusals: Vec<_> = refusals
        .filter(|text| !text.contains("\"unavailable\""))
        .collect();
    violations.check(
        refusals.len() == 1 && refusals[0].contains("\"not_found\""),
        || format!("a stranger's joins were answered with {refusals:?}"),
    );
    violations.check(heard.named.is_empty(), || {
        format!("a stranger was told of {:?}", heard.named)
    });
    Ok(())
}

/// A fetched timeline has what is stored, and for customers only the places of notes.
fn check_fresh(
    account: &Account,
    ticket: i64,
    fresh: &BTreeMap<i64, Value>,
    stored: &Stored,
    violations: &Violations,
) {
    let places = stored.entries.range((ticket, 0)..=(ticket, i64::MAX));
    let places = places.map(|((_, seq), _)| *seq);
    violations.check(fresh.keys().copied().eq(places), || {
        format!("a fetch of ticket {ticket} has other places than are stored")
    });
    for (seq, entry) in fresh {
        let Some(row) = stored.entries.get(&(ticket, *seq)) else {
            continue;
        };
        let is_hidden = row.kind == "note" && !account.is_admin;
        let kind = if is_hidden {
            "hidden"
        } else {
            row.kind.as_str()
        };
        let body = row.body.as_deref().filter(|_| !is_hidden);
        let same = entry["kind"] == kind && entry["body"].as_str() == body;
        violations.check(same, || format!("fetched as {entry}, stored as {row:?}"));
        let leaks = !account.is_admin && entry.to_string().contains(NOTE_MARK);
        violations.check(!leaks, || "a customer fetched a note".to_owned());
    }
}

/// The whole timeline of a ticket.
pub(crate) async fn fetch(account: &Arc<Account>, ticket: i64) -> Result<BTreeMap<i64, Value>> {
    let mut fresh = BTreeMap::new();
    loop {
        let after = fresh.keys().next_back().copied().unwrap_or(0);
        let path = format!("/tickets/{ticket}/timeline?after={after}&limit={PAGE}");
        let page = account.get(&path).await?;
        let items = page["items"].as_array().cloned().unwrap_or_default();
        let count = items.len();
        for entry in items {
            fresh.insert(entry["seq"].as_i64().unwrap_or(-1), entry);
        }
        if count < PAGE {
            return Ok(fresh);
        }
    }
}

fn worst_lag(load: &Load) -> Duration {
    let mut worst = Duration::ZERO;
    for record in load.ledger.records() {
        let Some((acked, entry)) = &record.acked else {
            continue;
        };
        let Some(seq) = entry["seq"].as_i64() else {
            continue;
        };
        let participants = load.followers.iter();
        for follower in participants.filter(|follower| follower.ticket == record.write.ticket) {
            if let Some(seen) = follower.view().seen.get(&seq) {
                worst = worst.max(seen.saturating_duration_since(*acked));
            }
        }
    }
    worst
}
