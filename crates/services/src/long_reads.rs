//! Reads that may take long, of which few run at once.
//!
//! On MySQL what reads and what writes shares one pool of connections, and a query that runs is never broken off: as many
//! searches as there are connections would leave none to store a message with.

use std::sync::Arc;
use std::time::Duration;

use repository::Db;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::Fault;

/// The part of the connections that long reads may have.
const SHARE: u32 = 4;
/// Longest wait for one's turn.
const PATIENCE: Duration = Duration::from_secs(2);

/// Bounds the searches and statistics that run at once. Clones share the bound.
#[derive(Clone)]
pub struct LongReads(Arc<Semaphore>);

/// The turn of a long read, which ends when this is dropped.
#[must_use]
pub struct Turn {
    _permit: OwnedSemaphorePermit,
}

impl LongReads {
    /// A quarter of the connections that read, but at least one.
    pub(crate) fn new(db: &Db) -> LongReads {
        let readers = db.pools().last().map_or(1, |pool| pool.max);
        let turns = usize::try_from(readers / SHARE).unwrap_or(1).max(1);
        LongReads(Arc::new(Semaphore::new(turns)))
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`Fault::Busy`] if none comes in time.
    pub async fn begin(&self) -> Result<Turn, Fault> {
        let turn = Arc::clone(&self.0).acquire_owned();
        match tokio::time::timeout(PATIENCE, turn).await {
            Ok(Ok(permit)) => Ok(Turn { _permit: permit }),
            // It is never closed.
            Ok(Err(_)) | Err(_) => Err(Fault::Busy),
        }
    }

    /// How many may begin at this moment.
    #[must_use]
    pub fn free(&self) -> usize {
        self.0.available_permits()
    }
}
