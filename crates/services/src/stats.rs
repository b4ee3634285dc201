//! Statistics of the desk, for admins.

use auth::VerifiedSession;
use domain::{Period, Stats};
use repository::Db;

use crate::error::StatsError;
use crate::long_reads::LongReads;
use crate::standing;

/// Use cases of statistics.
#[derive(Clone)]
pub struct StatsService {
    db: Db,
    long_reads: LongReads,
}

impl StatsService {
    pub(crate) fn new(db: Db, long_reads: LongReads) -> StatsService {
        StatsService { db, long_reads }
    }

    /// The statistics of a period, all of one moment.
    ///
    /// # Errors
    /// [`StatsError::Forbidden`] for customers.
    pub async fn read(
        &self,
        session: &VerifiedSession,
        period: Period,
    ) -> Result<Stats, StatsError> {
        standing::admin_or(session, StatsError::Forbidden)?;
        let _turn = self.long_reads.begin().await?;
        let db = self.db.read().await?;
        Ok(repository::stats::read(&db, period).await?)
    }
}
