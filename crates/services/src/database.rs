//! The database, as far as the application may know it: it can be opened, migrated and asked for its health.

use repository::Db;

pub use repository::{DatabaseOptions, OutboxBacklog, PoolState, Step as MigrationStep};

/// An open database. What is in it is reached through the services only.
#[derive(Clone)]
pub struct Database {
    pub(crate) db: Db,
}

/// A failure of the database, for the operator who started the process.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct DatabaseError(#[from] repository::Error);

impl Database {
    /// Opens the database, making the file if it is SQLite and not there.
    ///
    /// # Errors
    /// When it cannot be reached or the URL is wrong.
    pub async fn connect(options: &DatabaseOptions) -> Result<Database, DatabaseError> {
        let db = Db::connect(options).await?;
        Ok(Database { db })
    }

    /// Brings the schema up to date; safe when several nodes start at once.
    ///
    /// # Errors
    /// When a migration fails.
    pub async fn migrate(&self) -> Result<(), DatabaseError> {
        Ok(self.db.migrate().await?)
    }

    /// Takes back the latest migrations, or with `None` all of them, with all data.
    ///
    /// # Errors
    /// When it fails.
    pub async fn migrate_down(&self, steps: Option<u32>) -> Result<(), DatabaseError> {
        Ok(self.db.migrate_down(steps).await?)
    }

    /// Every migration and whether it was applied.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn migrations(&self) -> Result<Vec<MigrationStep>, DatabaseError> {
        Ok(self.db.migration_status().await?)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// Why it does not.
    pub async fn ping(&self) -> Result<(), DatabaseError> {
        Ok(self.db.ping().await?)
    }

    /// How much is committed and not yet announced.
    ///
    /// # Errors
    /// When the database fails, or does not answer within two seconds.
    pub async fn outbox_backlog(&self) -> Result<OutboxBacklog, DatabaseError> {
        Ok(self.db.outbox_backlog().await?)
    }

    /// Each pool of connections.
    #[must_use]
    pub fn pools(&self) -> Vec<PoolState> {
        self.db.pools()
    }

    /// Closes all connections.
    pub async fn close(self) {
        if let Err(cause) = self.db.close().await {
            tracing::warn!(%cause, "Could not close the database");
        }
    }
}
