//! An event sink that remembers what it heard, and looks whether it was committed by then.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::{Alert, Seq, TicketId};
use repository::{Db, notifications, tickets, timeline};
use services::{Committed, EventSink, ReadMoved};
use tokio::sync::watch;

/// Longest wait for what must happen; reached only when it does not.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the sink does with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Takes it.
    Open,
    /// Keeps it waiting.
    Stuck,
    /// Panics over those of this ticket.
    Broken(TicketId),
    /// Takes it, and says that others could not be told.
    Alone,
}

/// Remembers what it heard. Clones share their memory.
#[derive(Clone)]
pub(crate) struct Sink {
    /// A connection of its own, so that it sees what anybody else would.
    other: Db,
    mode: Arc<watch::Sender<Mode>>,
    begun: Arc<watch::Sender<Vec<(TicketId, Seq)>>>,
    heard: Arc<watch::Sender<Vec<Heard>>>,
    read: Arc<watch::Sender<Vec<ReadMoved>>>,
    alerts: Arc<watch::Sender<Vec<Alert>>>,
}

/// What the sink heard.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) event: Committed,
    /// Whether entry, ticket and notifications could be read by others when it was told.
    pub(crate) committed: bool,
}

impl Sink {
    pub(crate) fn new(other: Db) -> Sink {
        Sink {
            other,
            mode: Arc::new(watch::Sender::new(Mode::Open)),
            begun: Arc::default(),
            heard: Arc::default(),
            read: Arc::default(),
            alerts: Arc::default(),
        }
    }

    /// From now on keeps everybody waiting who tells it of an entry.
    pub(crate) fn stick(&self) {
        self.mode.send_replace(Mode::Stuck);
    }

    /// From now on panics over the entries of a ticket.
    pub(crate) fn break_over(&self, ticket: TicketId) {
        self.mode.send_replace(Mode::Broken(ticket));
    }

    /// From now on says that not all could be told.
    pub(crate) fn be_alone(&self) {
        self.mode.send_replace(Mode::Alone);
    }

    /// Takes everything again, also what waits.
    pub(crate) fn mend(&self) {
        self.mode.send_replace(Mode::Open);
    }

    /// Waits until somebody has begun to tell of an entry.
    pub(crate) async fn began(&self, ticket: TicketId, seq: Seq) {
        wait(&self.begun, |begun| begun.contains(&(ticket, seq))).await;
    }

    /// What it heard of an entry first, as soon as it did.
    pub(crate) async fn heard(&self, ticket: TicketId, seq: Seq) -> Committed {
        self.heard_any(|event| event.entry.ticket_id == ticket && event.entry.seq == seq)
            .await
    }

    /// The first event of this kind, as soon as it heard it.
    pub(crate) async fn heard_any(&self, is_it: impl Fn(&Committed) -> bool) -> Committed {
        let is_it = |heard: &&Heard| is_it(&heard.event);
        let all = wait(&self.heard, |all| all.iter().any(|heard| is_it(&heard))).await;
        let heard = all.iter().find(is_it).unwrap();
        assert!(
            heard.committed,
            "heard of {:?} before the commit",
            heard.event
        );
        heard.event.clone()
    }

    /// All that it heard of a ticket, by seq.
    pub(crate) fn all_of(&self, ticket: TicketId) -> Vec<Committed> {
        let all = self.heard.borrow();
        let mut events: Vec<_> = all
            .iter()
            .filter(|heard| heard.event.entry.ticket_id == ticket)
            .inspect(|heard| assert!(heard.committed))
            .map(|heard| heard.event.clone())
            .collect();
        events.sort_by_key(|event| event.entry.seq);
        events
    }

    /// The places of all that it heard, sorted.
    pub(crate) fn places(&self) -> Vec<(TicketId, Seq)> {
        let all = self.heard.borrow();
        let entries = all.iter().map(|heard| &heard.event.entry);
        let mut places: Vec<_> = entries.map(|entry| (entry.ticket_id, entry.seq)).collect();
        places.sort_unstable();
        places
    }

    /// Waits until this many read cursors were seen to move, and gives them.
    pub(crate) async fn cursors_moved(&self, count: usize) -> Vec<ReadMoved> {
        wait(&self.read, |moved| moved.len() >= count).await
    }

    /// Waits until it heard so many alerts of a ticket, and gives all that it heard.
    pub(crate) async fn alerts(&self, ticket: TicketId, count: usize) -> Vec<Alert> {
        let of = |all: &[Alert]| all.iter().filter(|alert| alert.ticket_id == ticket).count();
        let mut alerts = wait(&self.alerts, |all| of(all) >= count).await;
        alerts.retain(|alert| alert.ticket_id == ticket);
        alerts
    }
}

#[async_trait]
impl EventSink for Sink {
    async fn committed(&self, event: Committed) -> bool {
        let (ticket, seq) = (event.entry.ticket_id, event.entry.seq);
        let mut mode = self.mode.subscribe();
        let breaks = *mode.borrow() == Mode::Broken(ticket);
        self.begun.send_modify(|begun| begun.push((ticket, seq)));
        assert!(!breaks, "the sink is broken, as this test wants it");
        mode.wait_for(|mode| *mode != Mode::Stuck).await.unwrap();
        let committed = self.can_be_read(&event).await;
        let heard = Heard { event, committed };
        self.heard.send_modify(|all| all.push(heard));
        *mode.borrow() != Mode::Alone
    }

    async fn read_moved(&self, event: ReadMoved) {
        self.read.send_modify(|moved| moved.push(event));
    }

    async fn alert(&self, alert: Alert) {
        self.alerts.send_modify(|alerts| alerts.push(alert));
    }
}

impl Sink {
    /// Whether a separate connection reads what the event tells of.
    async fn can_be_read(&self, event: &Committed) -> bool {
        let (id, seq) = (event.entry.ticket_id, event.entry.seq);
        let entry = timeline::find(&self.other, id, seq).await.unwrap();
        let ticket = tickets::find(&self.other, id).await.unwrap();
        let told = notifications::after_entry(&self.other, id, seq)
            .await
            .unwrap();
        entry.as_ref() == Some(&event.entry)
            && ticket.is_some_and(|ticket| ticket.head_seq >= seq)
            && told
                .iter()
                .map(|told| told.user_id)
                .eq(event.notices.iter().map(|notice| notice.user_id))
    }
}

async fn wait<T: Clone>(from: &watch::Sender<Vec<T>>, until: impl Fn(&[T]) -> bool) -> Vec<T> {
    let mut receiver = from.subscribe();
    let arrived = receiver.wait_for(|all| until(all));
    within(arrived).await.unwrap().clone()
}

/// Waits for what must happen, but not forever.
pub(crate) async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(PATIENCE, future).await.unwrap()
}
