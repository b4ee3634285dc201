//! A backlog in memory that is itself consistent, with handles to hold it up and to break it.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use domain::{
    Change, Entry, Person, Role, Seq, Ticket, TicketId, Timestamp, UserId, Viewer, limits,
};
use realtime::{Backlog, Event, OpenError, Opened};
use tokio::sync::Semaphore;

/// The backlog of the tests, with handles to hold it up and to break it.
pub(crate) struct FakeBacklog {
    /// Tickets and their logs.
    log: Mutex<BTreeMap<TicketId, (Ticket, Vec<Entry>)>>,
    /// An `open` takes its snapshot, then waits for one of these, if `held`.
    gate: Semaphore,
    held: Mutex<bool>,
    /// An `open` takes this long, in microseconds, half of it before its snapshot.
    pub(crate) open_micros: AtomicU64,
    /// Snapshots taken.
    pub(crate) opens: AtomicU32,
    /// So many `between` fail from now on.
    pub(crate) failing_reads: AtomicU32,
    /// So many `between` never end.
    pub(crate) stuck_reads: AtomicU32,
    pub(crate) down: Mutex<bool>,
    last_id: AtomicI64,
}

impl FakeBacklog {
    pub(crate) fn new() -> FakeBacklog {
        FakeBacklog {
            log: Mutex::default(),
            gate: Semaphore::new(0),
            held: Mutex::new(false),
            open_micros: AtomicU64::new(0),
            opens: AtomicU32::new(0),
            failing_reads: AtomicU32::new(0),
            stuck_reads: AtomicU32::new(0),
            down: Mutex::new(false),
            last_id: AtomicI64::new(0),
        }
    }

    /// A number for a new ticket.
    pub(crate) fn next_id(&self) -> TicketId {
        TicketId(self.last_id.fetch_add(1, Ordering::SeqCst) + 1)
    }

    pub(crate) fn insert(&self, ticket: Ticket, entry: Entry) {
        let mut log = self.log.lock().unwrap();
        log.insert(ticket.id, (ticket, vec![entry]));
    }

    /// Commits a change by admin 1 and gives the event that is to be announced.
    pub(crate) fn commit(&self, id: TicketId, change: Change) -> Event {
        let mut log = self.log.lock().unwrap();
        let (ticket, entries) = log.get_mut(&id).unwrap();
        let now = Timestamp(1_700_000_000_000_000 + ticket.head_seq.0);
        let actor = Person {
            id: UserId(1),
            name: "Person 1".to_owned(),
            role: Role::Admin,
        };
        let entry = ticket.record(change, actor, None, None, now);
        entries.push(entry.clone());
        Event {
            ticket: ticket.clone(),
            entry,
            committed_at: now,
            notices: Vec::new(),
        }
    }

    /// The whole log of a ticket.
    pub(crate) fn entries(&self, id: TicketId) -> Vec<Entry> {
        self.log.lock().unwrap()[&id].1.clone()
    }

    /// Lets snapshots be taken but not arrive.
    pub(crate) fn hold(&self) {
        *self.held.lock().unwrap() = true;
    }

    /// Lets `count` held snapshots arrive.
    pub(crate) fn release(&self, count: usize) {
        self.gate.add_permits(count);
    }

    fn take(&self, counter: &AtomicU32) -> bool {
        counter
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            })
            .is_ok()
    }

    fn snapshot(
        &self,
        viewer: Viewer,
        id: TicketId,
        after: Option<Seq>,
    ) -> Result<Opened, OpenError> {
        let log = self.log.lock().unwrap();
        let (ticket, entries) = log.get(&id).ok_or(OpenError::NotFound)?;
        if viewer.standing(ticket.requester.id) == domain::Standing::Stranger {
            return Err(OpenError::NotFound);
        }
        let all = limits::SNAPSHOT_ENTRIES as usize;
        let latest = entries.len().saturating_sub(all);
        let replay = after
            .filter(|after| *after <= ticket.head_seq)
            .map(|after| usize::try_from(after.0).unwrap())
            .filter(|after| entries.len() - after <= limits::REPLAY_MAX_ENTRIES as usize);
        Ok(Opened {
            ticket: ticket.clone(),
            unread: 3,
            entries: entries[replay.unwrap_or(latest)..].to_vec(),
            snapshot: replay.is_none(),
        })
    }
}

#[async_trait]
impl Backlog for FakeBacklog {
    async fn open(
        &self,
        viewer: Viewer,
        ticket_id: TicketId,
        after: Option<Seq>,
    ) -> Result<Opened, OpenError> {
        if *self.down.lock().unwrap() {
            return Err(OpenError::Unavailable);
        }
        let half = Duration::from_micros(self.open_micros.load(Ordering::SeqCst) / 2);
        if !half.is_zero() {
            tokio::time::sleep(half).await;
        }
        self.opens.fetch_add(1, Ordering::SeqCst);
        let opened = self.snapshot(viewer, ticket_id, after);
        if !half.is_zero() {
            tokio::time::sleep(half).await;
        }
        let held = *self.held.lock().unwrap();
        if held {
            self.gate.acquire().await.unwrap().forget();
        }
        opened
    }

    async fn between(
        &self,
        ticket_id: TicketId,
        after: Seq,
        up_to: Seq,
    ) -> Result<Vec<Entry>, OpenError> {
        if self.take(&self.stuck_reads) {
            std::future::pending::<()>().await;
        }
        if self.take(&self.failing_reads) {
            return Err(OpenError::Unavailable);
        }
        let log = self.log.lock().unwrap();
        let (_, entries) = log.get(&ticket_id).ok_or(OpenError::NotFound)?;
        Ok(entries
            .iter()
            .filter(|entry| after < entry.seq && entry.seq <= up_to)
            .cloned()
            .collect())
    }

    async fn heads(&self, tickets: &[TicketId]) -> Result<Vec<(TicketId, Seq)>, OpenError> {
        if *self.down.lock().unwrap() {
            return Err(OpenError::Unavailable);
        }
        let log = self.log.lock().unwrap();
        let heads = tickets
            .iter()
            .filter_map(|id| Some((*id, log.get(id)?.0.head_seq)));
        Ok(heads.collect())
    }

    /// Every entry: those of this backlog are all of one moment.
    async fn recent(
        &self,
        _from: Timestamp,
        _to: Timestamp,
    ) -> Result<Vec<(TicketId, Seq)>, OpenError> {
        let log = self.log.lock().unwrap();
        let entries = log.values().flat_map(|(_, entries)| entries);
        Ok(entries.map(|entry| (entry.ticket_id, entry.seq)).collect())
    }

    async fn event(&self, ticket_id: TicketId, seq: Seq) -> Result<Event, OpenError> {
        let log = self.log.lock().unwrap();
        let (ticket, entries) = log.get(&ticket_id).ok_or(OpenError::NotFound)?;
        let entry = entries.iter().find(|entry| entry.seq == seq);
        let entry = entry.ok_or(OpenError::NotFound)?.clone();
        Ok(Event {
            ticket: ticket.clone(),
            committed_at: entry.created_at,
            entry,
            notices: Vec::new(),
        })
    }
}
