//! Keeps the outbox small, and announces what a process that died left in it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::{Seq, TicketId};
use tracing::{error, info, warn};

use crate::error::TicketError;
use crate::tickets::TicketService;
use crate::write::Writes;

/// How often announced rows are removed and abandoned ones looked for.
const ROUND: Duration = Duration::from_millis(250);
/// Older rows are taken for abandoned.
const ABANDONED: Duration = Duration::from_secs(1);
/// Rows that one statement takes.
const BATCH: u32 = 200;

/// Entries that were announced and whose outbox rows can go, to be removed in batches.
#[derive(Default)]
pub(crate) struct Announced {
    places: Mutex<Vec<(TicketId, Seq)>>,
    /// Whether the last entry that was relayed could not be told to all: then one at a time is tried.
    stalled: AtomicBool,
}

impl Announced {
    pub(crate) fn note(&self, place: (TicketId, Seq)) {
        self.lock().push(place);
    }

    fn take(&self) -> Vec<(TicketId, Seq)> {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(TicketId, Seq)>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TicketService {
    /// Tends the outbox, forever.
    pub async fn relay_outbox(&self) {
        let mut round = tokio::time::interval(ROUND);
        round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            round.tick().await;
            match self.relay_once().await {
                Ok(0) => {}
                Ok(count) => info!(count, "Announced entries that were left in the outbox"),
                Err(cause) => warn!(%cause, "Could not tend the outbox"),
            }
        }
    }

    /// Removes the rows of what was announced, then announces what has been left for more than a second and
    /// gives how many entries that was.
    ///
    /// # Errors
    /// When the database fails; what was not done is done in another round.
    pub async fn relay_once(&self) -> Result<usize, TicketError> {
        let db = &self.writes.db;
        let announced = self.writes.announced.take();
        for places in announced.chunks(BATCH as usize) {
            self.forget(places).await?;
        }

        let now = self.writes.clock.now();
        let before = now.minus(ABANDONED);
        if !repository::outbox::has_older_than(db, before).await? {
            return Ok(0);
        }
        // Claimed by making them young again: other nodes pass them over, nothing is told inside the
        // transaction, and what fails comes back in a second.
        let stalled = &self.writes.announced.stalled;
        let batch = match stalled.load(Ordering::Relaxed) {
            true => 1,
            false => BATCH,
        };
        let tx = db.begin().await?;
        let places = repository::outbox::older_than(&tx, before, batch).await?;
        repository::outbox::remove(&tx, &places).await?;
        for &(ticket_id, seq) in &places {
            repository::outbox::add(&tx, ticket_id, seq, now).await?;
        }
        tx.commit().await?;

        let mut told = Vec::new();
        for (ticket_id, seq) in places {
            let service = self.clone();
            // A task of its own: one that panics must not end the relay.
            match Writes::to_end(async move { service.relay_entry(ticket_id, seq).await }).await {
                Ok(all_told) => {
                    stalled.store(!all_told, Ordering::Relaxed);
                    if !all_told {
                        break;
                    }
                    told.push((ticket_id, seq));
                }
                Err(cause) => {
                    error!(ticket.id = %ticket_id, %seq, %cause, "Left an announcement to a later round");
                }
            }
        }
        self.forget(&told).await?;
        Ok(told.len())
    }

    /// Removes the rows of what was announced.
    async fn forget(&self, places: &[(TicketId, Seq)]) -> Result<(), TicketError> {
        let tx = self.writes.db.begin().await?;
        repository::outbox::remove(&tx, places).await?;
        Ok(tx.commit().await?)
    }

    /// Announces an entry; false when not all could be told.
    async fn relay_entry(&self, ticket_id: TicketId, seq: Seq) -> Result<bool, TicketError> {
        let db = &self.writes.db;
        let ticket = repository::tickets::find(db, ticket_id).await?;
        let entry = repository::timeline::find(db, ticket_id, seq).await?;
        let (Some(ticket), Some(entry)) = (ticket, entry) else {
            return Ok(true);
        };
        let committed_at = entry.created_at;
        Ok(self.writes.tell(ticket, entry, committed_at, true).await?)
    }
}
