//! Statistics of the desk, for admins.

use auth::VerifiedSession;
use domain::{Period, Stats};
use repository::Db;

use crate::error::StatsError;
use crate::standing;

/// Use cases of statistics.
#[derive(Clone)]
pub struct StatsService {
    db: Db,
}

impl StatsService {
    pub(crate) fn new(db: Db) -> StatsService {
        StatsService { db }
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
        let db = self.db.read().await?;
        Ok(repository::stats::read(&db, period).await?)
    }
}
