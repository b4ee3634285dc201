//! What one client has of one ticket, kept by the client's rule, and what that shows of the server.

use std::collections::{BTreeMap, HashSet};

use domain::limits::SNAPSHOT_ENTRIES;
use serde_json::{Value, json};
use tokio::time::Instant;
use uuid::Uuid;

use crate::ledger::NOTE_MARK;
use crate::violations::Violations;

/// What the client does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Nothing.
    Wait,
    /// Joins again with its position.
    Rejoin,
}

/// A client's copy of a ticket.
pub(crate) struct View {
    ticket: i64,
    is_admin: bool,
    violations: Violations,
    /// Seq of the last entry that was applied.
    pub(crate) last: i64,
    /// Seq of the first entry that the client has.
    pub(crate) floor: i64,
    /// What it has, by seq.
    pub(crate) entries: BTreeMap<i64, Value>,
    /// When each entry was first here.
    pub(crate) seen: BTreeMap<i64, Instant>,
    /// How often it was given a snapshot instead of what it missed.
    pub(crate) snapshots: u64,
    /// Joins that a ping asked for.
    pub(crate) healed_by_ping: u64,
    /// The latest place of others' read cursors, on this connection.
    reads: BTreeMap<i64, i64>,
    connection: Connection,
}

/// What has come over the present connection.
#[derive(Default)]
struct Connection {
    /// Highest seq that came since the latest `joined`.
    delivered: Option<i64>,
    /// Position that a join was sent with, until it is answered.
    joining: Option<i64>,
}

impl View {
    /// A client that has nothing yet.
    pub(crate) fn new(ticket: i64, is_admin: bool, violations: Violations) -> View {
        View {
            ticket,
            is_admin,
            violations,
            last: 0,
            floor: 1,
            entries: BTreeMap::new(),
            seen: BTreeMap::new(),
            snapshots: 0,
            healed_by_ping: 0,
            reads: BTreeMap::new(),
            connection: Connection::default(),
        }
    }

    /// A connection begins, whose hello joins at the present position; gives that.
    pub(crate) fn connect(&mut self) -> i64 {
        self.connection = Connection::default();
        self.reads.clear();
        self.join()
    }

    /// A join is sent with this position.
    pub(crate) fn join(&mut self) -> i64 {
        self.connection.joining = Some(self.last);
        self.last
    }

    /// Takes a frame in.
    pub(crate) fn take(&mut self, text: &str, frame: &Value) -> Next {
        self.check_secrets(text);
        match frame["type"].as_str().unwrap_or_default() {
            "joined" => {
                self.joined(frame);
                Next::Wait
            }
            "entry" => self.entry(frame),
            "ping" => self.ping(frame),
            "read" => {
                self.read(frame);
                Next::Wait
            }
            _ => Next::Wait,
        }
    }

    fn ping(&mut self, frame: &Value) -> Next {
        let head = frame["head"].as_i64().unwrap_or(0);
        if head <= self.last || self.connection.joining.is_some() {
            return Next::Wait;
        }
        self.healed_by_ping += 1;
        Next::Rejoin
    }

    fn read(&mut self, frame: &Value) {
        let (Some(user), Some(seq)) = (frame["user_id"].as_i64(), frame["seq"].as_i64()) else {
            return self.complain("a read frame without user or seq");
        };
        let at = self.reads.entry(user).or_default();
        *at = seq.max(*at);
    }

    fn joined(&mut self, frame: &Value) {
        let Some(after) = self.connection.joining.take() else {
            return self.complain("a joined frame that nobody asked for");
        };
        let head = frame["head"].as_i64().unwrap_or(-1);
        if frame["ticket"]["id"] != self.ticket || frame["ticket"]["head_seq"] != head {
            self.complain("a joined frame for something else, or with two heads");
        }
        if head < after {
            self.complain("a join gave a head behind what had been seen before it");
        }
        let entries = frame["entries"].as_array().cloned().unwrap_or_default();
        let seqs: Vec<i64> = entries.iter().filter_map(|e| e["seq"].as_i64()).collect();
        let first = if frame["snapshot"] == true {
            self.snapshots += 1;
            let first = (head - i64::from(SNAPSHOT_ENTRIES)).max(0) + 1;
            self.entries.clear();
            self.floor = first;
            self.last = first - 1;
            first
        } else {
            after + 1
        };
        if !seqs.iter().copied().eq(first..=head) {
            self.complain("a replay with holes");
        }
        self.connection.delivered = Some(head);
        for entry in entries {
            if entry["seq"].as_i64() == Some(self.last + 1) {
                self.apply(entry);
            }
        }
    }

    fn entry(&mut self, frame: &Value) -> Next {
        let seq = frame["seq"].as_i64().unwrap_or(-1);
        if frame["ticket_id"] != self.ticket || frame["entry"]["seq"] != seq {
            self.complain("an entry of another ticket, or with two places");
            return Next::Wait;
        }
        if let Some(delivered) = self.connection.delivered {
            if seq <= delivered {
                self.complain("an entry twice on one connection");
            }
            if seq > delivered + 1 && self.connection.joining.is_none() {
                self.complain("a hole between two entries of one connection");
            }
            self.connection.delivered = Some(seq.max(delivered));
        } else {
            self.complain("an entry before the ticket was joined");
        }
        if seq == self.last + 1 {
            self.apply(frame["entry"].clone());
        } else if seq > self.last && self.connection.joining.is_none() {
            return Next::Rejoin;
        }
        Next::Wait
    }

    fn apply(&mut self, entry: Value) {
        self.last += 1;
        self.seen.entry(self.last).or_insert_with(Instant::now);
        self.entries.insert(self.last, entry);
    }

    fn check_secrets(&self, text: &str) {
        if !self.is_admin && text.contains(NOTE_MARK) {
            self.complain("a customer was sent what an internal note says");
        }
    }

    /// Compares what was kept with the whole timeline, fetched afresh.
    pub(crate) fn compare(&self, fresh: &BTreeMap<i64, Value>) {
        let head = fresh.keys().next_back().copied().unwrap_or(0);
        if self.last != head {
            let text = format!("a client ended at {} where the head is {head}", self.last);
            self.complain(&text);
        }
        for (seq, entry) in fresh.range(self.floor..) {
            match self.entries.get(seq) {
                Some(own) if own == entry => {}
                Some(own) => self.complain(&format!("a client has {own} where {entry} is fetched")),
                None => self.complain(&format!("a client never saw entry {seq}")),
            }
        }
        let mut ids = HashSet::new();
        for id in self.entries.values().filter_map(client_id) {
            if !ids.insert(id) {
                self.complain("a client id stands on two entries");
            }
        }
        for entry in self.entries.values() {
            let hidden = entry["kind"] == "hidden";
            let bare = *entry == json!({"seq": entry["seq"], "kind": "hidden"});
            if hidden && (self.is_admin || !bare) {
                self.complain("a hidden entry for staff, or one that says more than its place");
            }
        }
    }

    fn complain(&self, what: &str) {
        let who = if self.is_admin { "admin" } else { "customer" };
        let ticket = self.ticket;
        self.violations
            .add(format!("{who} in ticket {ticket}: {what}"));
    }
}

/// The client id of an entry.
pub(crate) fn client_id(entry: &Value) -> Option<Uuid> {
    entry["client_id"].as_str()?.parse().ok()
}

#[cfg(test)]
mod tests;
