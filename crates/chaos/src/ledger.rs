//! Every write that was tried, and what the server acknowledged of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::time::Instant;
use uuid::Uuid;

/// Begins every internal note, so that it is recognised wherever it should not be.
pub(crate) const NOTE_MARK: &str = "staff-only-secret";

/// What a write asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A message that both sides see.
    Message(String),
    /// An internal note.
    Note(String),
    /// A status.
    Status(&'static str),
}

/// A write with the id that its client gave it.
#[derive(Clone, Debug)]
pub(crate) struct Write {
    pub(crate) client_id: Uuid,
    pub(crate) ticket: i64,
    pub(crate) author: i64,
    pub(crate) change: Change,
}

impl Write {
    /// A new one.
    pub(crate) fn new(ticket: i64, author: i64, change: Change) -> Write {
        Write {
            client_id: Uuid::new_v4(),
            ticket,
            author,
            change,
        }
    }

    /// Path and body of its request; a status is set with PUT.
    pub(crate) fn request(&self) -> (reqwest::Method, String, Value) {
        let (id, ticket) = (self.client_id, self.ticket);
        let said = |body: &str, kind: &str| json!({"client_id": id, "body": body, "kind": kind});
        let messages = format!("/tickets/{ticket}/messages");
        match &self.change {
            Change::Message(body) => (reqwest::Method::POST, messages, said(body, "message")),
            Change::Note(body) => (reqwest::Method::POST, messages, said(body, "note")),
            Change::Status(status) => (
                reqwest::Method::PUT,
                format!("/tickets/{ticket}/status"),
                json!({"client_id": id, "status": status}),
            ),
        }
    }

    /// Its command on a socket that has joined the ticket.
    pub(crate) fn command(&self) -> Value {
        let (_, _, mut command) = self.request();
        command["type"] = match self.change {
            Change::Status(_) => "ticket.status".into(),
            _ => "message.send".into(),
        };
        command
    }

    /// The entry in the body of an answer of REST; null if the write changed nothing.
    pub(crate) fn entry_of(&self, answer: &Value) -> Value {
        match self.change {
            Change::Status(_) => answer["entry"].clone(),
            _ => answer.clone(),
        }
    }
}

/// A write and its acknowledgement.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) write: Write,
    /// When it was acknowledged, and the entry that it made; null if it changed nothing.
    pub(crate) acked: Option<(Instant, Value)>,
}

/// A book that its copies share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger(Arc<Mutex<BTreeMap<Uuid, Record>>>);

impl Ledger {
    /// Notes that a write is about to be sent for the first time.
    pub(crate) fn begin(&self, write: &Write) {
        let record = Record {
            write: write.clone(),
            acked: None,
        };
        self.lock().entry(write.client_id).or_insert(record);
    }

    /// Notes an acknowledgement, and gives the entry of an earlier one if it differs.
    pub(crate) fn acknowledge(&self, write: &Write, entry: Value) -> Option<Value> {
        let mut records = self.lock();
        let record = records.get_mut(&write.client_id)?;
        match &record.acked {
            Some((_, earlier)) => (*earlier != entry).then(|| earlier.clone()),
            None => {
                record.acked = Some((Instant::now(), entry));
                None
            }
        }
    }

    /// Everything so far.
    pub(crate) fn records(&self) -> Vec<Record> {
        self.lock().values().cloned().collect()
    }

    /// Whether a write of this id was ever sent.
    pub(crate) fn has(&self, id: &Uuid) -> bool {
        self.lock().contains_key(id)
    }

    /// Whether a write waits for its acknowledgement.
    pub(crate) fn has_open(&self) -> bool {
        self.lock().values().any(|record| record.acked.is_none())
    }

    /// How many writes were acknowledged.
    pub(crate) fn acknowledged(&self) -> usize {
        let records = self.lock();
        records.values().filter(|r| r.acked.is_some()).count()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Uuid, Record>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
