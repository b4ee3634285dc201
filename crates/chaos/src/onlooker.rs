//! Sockets that join nothing: admins with a list of tickets, and a stranger who must hear of none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::account::Account;
use crate::wire::{Ended, Frame, Wire, recover};

/// What an onlooker has heard.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// The highest head of each ticket that was told or fetched.
    pub(crate) heads: BTreeMap<i64, i64>,
    /// Refusals of joins, without their ids.
    pub(crate) refusals: BTreeSet<String>,
    /// Tickets that a frame named.
    pub(crate) named: BTreeSet<i64>,
    /// Frames in all.
    pub(crate) frames: u64,
}

/// A socket that joins nothing. It goes when this value is dropped.
pub(crate) struct Onlooker {
    pub(crate) account: Arc<Account>,
    heard: Arc<Mutex<Heard>>,
    running: JoinHandle<()>,
}

impl Onlooker {
    /// An admin who keeps a list: fetched after every welcome, then by live frames.
    pub(crate) fn with_a_list(account: &Arc<Account>, cuts: watch::Receiver<u64>) -> Onlooker {
        Onlooker::start(account, cuts, Vec::new())
    }

    /// Somebody who tries to join what is not theirs.
    pub(crate) fn stranger(
        account: &Arc<Account>,
        cuts: watch::Receiver<u64>,
        tries: Vec<i64>,
    ) -> Onlooker {
        Onlooker::start(account, cuts, tries)
    }

    fn start(account: &Arc<Account>, cuts: watch::Receiver<u64>, tries: Vec<i64>) -> Onlooker {
        let heard = Arc::<Mutex<Heard>>::default();
        let client = Client {
            account: Arc::clone(account),
            heard: Arc::clone(&heard),
            cuts,
            tries,
        };
        Onlooker {
            account: Arc::clone(account),
            heard,
            running: tokio::spawn(client.run()),
        }
    }

    /// What it has heard.
    pub(crate) fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Onlooker {
    fn drop(&mut self) {
        self.running.abort();
    }
}

struct Client {
    account: Arc<Account>,
    heard: Arc<Mutex<Heard>>,
    cuts: watch::Receiver<u64>,
    tries: Vec<i64>,
}

impl Client {
    async fn run(mut self) {
        let mut attempt = 0;
        let mut node = self.account.api.any_node().to_owned();
        loop {
            let mut ended = None;
            if let Some(mut wire) = Wire::dial(&self.account, &node, None).await {
                attempt = 0;
                ended = self.listen(&mut wire, &node).await;
            }
            attempt += 1;
            recover(&self.account, ended, attempt).await;
            node = self.account.api.another_node(&node).to_owned();
        }
    }

    async fn listen(&mut self, wire: &mut Wire, node: &str) -> Ended {
        self.cuts.mark_unchanged();
        loop {
            let frame = tokio::select! {
                frame = wire.next() => match frame {
                    Ok(frame) => frame,
                    Err(ended) => return ended,
                },
                Ok(()) = self.cuts.changed() => return None,
            };
            let goes_on = match frame.kind() {
                "ping" => wire.pong().await,
                "welcome" => self.greet(wire, node).await,
                _ => {
                    self.note(&frame);
                    true
                }
            };
            if !goes_on {
                return None;
            }
        }
    }

    /// Fetches the list afresh, or tries the doors.
    async fn greet(&self, wire: &mut Wire, node: &str) -> bool {
        for ticket in &self.tries {
            let join = json!({"type": "ticket.join", "ticket_id": ticket, "after": 0});
            if wire.command(join).await.is_none() {
                return false;
            }
        }
        if !self.account.is_admin {
            return true;
        }
        let request = (reqwest::Method::GET, "/tickets?limit=100", &Value::Null);
        let Ok(list) = self.account.call_at(node, request).await else {
            // Without its list a client begins anew.
            return false;
        };
        let tickets = list.json["items"].as_array().cloned().unwrap_or_default();
        for ticket in &tickets {
            self.raise(ticket);
        }
        true
    }

    fn note(&self, frame: &Frame) {
        let json = &frame.json;
        match frame.kind() {
            "ticket" => self.raise(&json["ticket"]),
            "error" => {
                let mut refusal = json.clone();
                refusal["id"] = Value::Null;
                self.lock().refusals.insert(refusal.to_string());
            }
            _ => {}
        }
        let named = [
            &json["ticket_id"],
            &json["ticket"]["id"],
            &json["notification"]["ticket"]["id"],
        ];
        let mut heard = self.lock();
        heard.frames += 1;
        heard
            .named
            .extend(named.iter().filter_map(|id| id.as_i64()));
    }

    fn raise(&self, ticket: &Value) {
        if let (Some(id), Some(head)) = (ticket["id"].as_i64(), ticket["head_seq"].as_i64()) {
            let mut heard = self.lock();
            let known = heard.heads.entry(id).or_default();
            *known = head.max(*known);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
