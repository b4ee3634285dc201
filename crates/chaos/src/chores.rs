//! What the people of a run do all the time: write, read, type, and renew their tokens.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::sleep;
use uuid::Uuid;

use crate::account::Account;
use crate::follower::Follower;
use crate::ledger::{Change, Ledger, NOTE_MARK, Write};
use crate::writer::persist;

/// Pause between two writes of one client, in milliseconds.
const PAUSE: std::ops::Range<u64> = 60..260;

/// How far somebody asked a read cursor to move, and how far it was said to have.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ReadPlace {
    pub(crate) asked: i64,
    pub(crate) acked: i64,
}

/// Read cursors by user and ticket.
pub(crate) type Reads = Arc<Mutex<BTreeMap<(i64, i64), ReadPlace>>>;

/// What everybody is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// One thing after the other.
    Work,
    /// Nothing new.
    Rest,
    /// Nothing more.
    Stop,
}

/// Whether there is more to do, once there is.
async fn works(pace: &mut watch::Receiver<Pace>) -> bool {
    let due = pace.wait_for(|pace| *pace != Pace::Rest).await;
    due.is_ok_and(|pace| *pace == Pace::Work)
}

/// Writes into the ticket of a follower, one thing after the other.
pub(crate) async fn write(
    follower: Arc<Follower>,
    ledger: Ledger,
    mut pace: watch::Receiver<Pace>,
) {
    let author = &follower.account;
    while works(&mut pace).await {
        let text = format!("{} says {}", author.id, Uuid::new_v4());
        let change = match rand::random_range(0..10) {
            0 if author.is_admin => Change::Status("in_progress"),
            1 if author.is_admin => Change::Status("pending"),
            2 | 3 if author.is_admin => Change::Note(format!("{NOTE_MARK} {text}")),
            _ => Change::Message(text),
        };
        let write = Write::new(follower.ticket, author.id, change);
        persist(&ledger, author, Some(&follower), &write).await;
        sleep(Duration::from_millis(rand::random_range(PAUSE))).await;
    }
}

/// Gets fresh tokens now and then, as a client does whose token runs out.
pub(crate) async fn renew(
    person: Arc<Account>,
    renewing: watch::Receiver<bool>,
    mut pace: watch::Receiver<Pace>,
) {
    while works(&mut pace).await && *renewing.borrow() {
        // An answer that is lost is a reason to ask again, later.
        let _ = person.refresh(&person.tokens()).await;
        sleep(Duration::from_millis(rand::random_range(PAUSE) * 8)).await;
    }
}

/// Types, and moves a read cursor to and fro.
pub(crate) async fn read(follower: Arc<Follower>, reads: Reads, mut pace: watch::Receiver<Pace>) {
    let account = &follower.account;
    let path = format!("/tickets/{}/read", follower.ticket);
    while works(&mut pace).await {
        // Nobody needs to know.
        let _ = follower.ask(json!({"type": "typing"})).await;
        let last = follower.view().last.max(1);
        let seq = rand::random_range((last - 5).max(1)..=last);
        let place = |change: &dyn Fn(&mut ReadPlace)| {
            let mut reads = reads.lock().unwrap_or_else(PoisonError::into_inner);
            let place = reads.entry((account.id, follower.ticket)).or_default();
            let before = *place;
            change(place);
            before
        };
        place(&|place| place.asked = place.asked.max(seq));
        let body = json!({"seq": seq});
        let request = (Method::PUT, path.as_str(), &body);
        if let Ok(answer) = account.call_at(account.api.any_node(), request).await {
            let now = answer.json["seq"].as_i64().unwrap_or(-1);
            let before = place(&|place| place.acked = place.acked.max(now)).acked;
            account.api.violations.check(now >= seq.max(before), || {
                format!("a read cursor went back: {before}, asked {seq}, then {now}")
            });
        }
        sleep(Duration::from_millis(rand::random_range(PAUSE) * 3)).await;
    }
}
