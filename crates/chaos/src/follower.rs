//! A client that follows one ticket over a socket, comes back whenever it is cut off, and writes through it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::account::Account;
use crate::api::{Counters, Lost};
use crate::view::{Next, View};
use crate::wire::{Ended, Frame, Wire, recover};

/// The server gives up on a command earlier.
const REPLY_WITHIN: Duration = Duration::from_secs(15);
/// A join that could not be served is sent again after this time.
const JOIN_AGAIN_AFTER: Duration = Duration::from_millis(300);

/// A command and where its reply goes.
struct Ask {
    command: Value,
    reply: oneshot::Sender<Value>,
}

/// A client in a ticket. It leaves when this value is dropped.
pub(crate) struct Follower {
    pub(crate) account: Arc<Account>,
    pub(crate) ticket: i64,
    view: Arc<Mutex<View>>,
    asks: mpsc::Sender<Ask>,
    running: JoinHandle<()>,
}

impl Follower {
    /// Enters a ticket, at any node. Each change of `cuts` breaks the connection.
    pub(crate) fn enter(
        account: &Arc<Account>,
        ticket: i64,
        cuts: watch::Receiver<u64>,
    ) -> Follower {
        let violations = account.api.violations.clone();
        let view = Arc::new(Mutex::new(View::new(ticket, account.is_admin, violations)));
        let (asks, asked) = mpsc::channel(64);
        let client = Client {
            account: Arc::clone(account),
            ticket,
            view: Arc::clone(&view),
            asked,
            cuts,
            pending: HashMap::new(),
        };
        Follower {
            account: Arc::clone(account),
            ticket,
            view,
            asks,
            running: tokio::spawn(client.run()),
        }
    }

    /// What it has of the ticket.
    pub(crate) fn view(&self) -> MutexGuard<'_, View> {
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends a command over the present connection and gives its reply.
    pub(crate) async fn ask(&self, command: Value) -> Result<Value, Lost> {
        let (reply, replied) = oneshot::channel();
        let lost = |why: &str| Lost(why.to_owned());
        let ask = Ask { command, reply };
        self.asks.send(ask).await.map_err(|_| lost("no client"))?;
        let replied = timeout(REPLY_WITHIN, replied).await;
        replied
            .map_err(|_| lost("no reply"))?
            .map_err(|_| lost("cut off"))
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.running.abort();
    }
}

/// The task behind a follower.
struct Client {
    account: Arc<Account>,
    ticket: i64,
    view: Arc<Mutex<View>>,
    asked: mpsc::Receiver<Ask>,
    cuts: watch::Receiver<u64>,
    pending: HashMap<u64, oneshot::Sender<Value>>,
}

impl Client {
    async fn run(mut self) {
        let mut attempt = 0;
        let mut node = self.account.api.any_node().to_owned();
        loop {
            let after = self.view().connect();
            let place = Some((self.ticket, after));
            let mut ended = None;
            if let Some(mut wire) = Wire::dial(&self.account, &node, place).await {
                let begun = self.view().last;
                ended = self.follow(&mut wire).await;
                if self.view().last > begun {
                    attempt = 0;
                }
            }
            self.pending.clear();
            attempt += 1;
            recover(&self.account, ended, attempt).await;
            // As a balancer would: not where it has just failed.
            node = self.account.api.another_node(&node).to_owned();
        }
    }

    /// Follows until the connection ends.
    async fn follow(&mut self, wire: &mut Wire) -> Ended {
        self.cuts.mark_unchanged();
        loop {
            tokio::select! {
                frame = wire.next() => match frame {
                    Ok(frame) => {
                        if !self.take(wire, frame).await {
                            return None;
                        }
                    }
                    Err(ended) => return ended,
                },
                Some(ask) = self.asked.recv() => {
                    let id = wire.command(ask.command).await?;
                    self.pending.insert(id, ask.reply);
                }
                Ok(()) = self.cuts.changed() => return None,
            }
        }
    }

    /// Takes a frame in; false if the connection is lost.
    async fn take(&mut self, wire: &mut Wire, frame: Frame) -> bool {
        let before = self.view().last;
        let next = self.view().take(&frame.text, &frame.json);
        for _ in before..self.view().last {
            Counters::count(&self.account.api.counters.seen);
        }
        if next == Next::Rejoin && !self.join(wire).await {
            return false;
        }
        match frame.kind() {
            "ping" => wire.pong().await,
            "auth.expiring" => {
                let tokens = self.account.tokens();
                if self.account.refresh(&tokens).await.is_err() {
                    return false;
                }
                let token = self.account.tokens().access;
                let auth = json!({"type": "auth", "token": token});
                wire.command(auth).await.is_some()
            }
            "ok" | "error" => self.replied(wire, frame.json).await,
            _ => true,
        }
    }

    async fn replied(&mut self, wire: &mut Wire, frame: Value) -> bool {
        let waiting = frame["id"].as_u64().and_then(|id| self.pending.remove(&id));
        if let Some(reply) = waiting {
            // Whoever asked may have given up.
            let _ = reply.send(frame);
            return true;
        }
        if frame["type"] == "ok" {
            return true;
        }
        // The answer to a join, or to the hello.
        match frame["code"].as_str().unwrap_or_default() {
            "unavailable" | "rate_limited" => {
                sleep(JOIN_AGAIN_AFTER).await;
                self.join(wire).await
            }
            "unauthenticated" | "token_expired" => true,
            code => {
                let text = format!("a participant's join was refused: {code}");
                self.account.api.violations.add(text);
                true
            }
        }
    }

    async fn join(&mut self, wire: &mut Wire) -> bool {
        let after = self.view().join();
        let ticket = self.ticket;
        let join = json!({"type": "ticket.join", "ticket_id": ticket, "after": after});
        wire.command(join).await.is_some()
    }

    fn view(&self) -> MutexGuard<'_, View> {
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
