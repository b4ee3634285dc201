//! The database: connecting, migrating, beginning transactions.

use std::time::Duration;

use migration::Step;
use sea_orm::{
    AccessMode, DatabaseConnection, DbBackend, IsolationLevel, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use crate::outbox::{self, OutboxBacklog};
use crate::{DatabaseOptions, Error, Result, Snapshot, Tx, dialect};

/// A database that gives no sign of life within this time has none.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

/// A database with its pooled connections. Clones share them.
#[derive(Clone)]
pub struct Db {
    reader: DatabaseConnection,
    /// On SQLite a pool of the one connection that writes, so that writers queue fairly instead of polling
    /// a busy file; on MySQL the same pool as the reader.
    writer: DatabaseConnection,
}

/// How many connections a pool has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolState {
    /// `all`, or on SQLite `writer` and `readers`.
    pub name: &'static str,
    /// Connections that are open.
    pub open: u32,
    /// Those of them that nobody uses.
    pub idle: usize,
    /// Most connections at once.
    pub max: u32,
}

impl Db {
    /// Connects, and creates the file of an SQLite database that is missing. Does not migrate.
    ///
    /// # Errors
    /// A URL that cannot be understood, or a database that cannot be reached.
    pub async fn connect(options: &DatabaseOptions) -> Result<Db> {
        let (writer, reader) = dialect::connect(options).await?;
        Ok(Db { reader, writer })
    }

    /// Applies the missing migrations. Several processes may do so at once.
    ///
    /// # Errors
    /// The database's.
    pub async fn migrate(&self) -> Result<()> {
        migration::up(&self.writer).await.map_err(Error::from)
    }

    /// Takes back the latest migrations, or with `None` all of them, with all data.
    ///
    /// # Errors
    /// The database's.
    pub async fn migrate_down(&self, steps: Option<u32>) -> Result<()> {
        migration::down(&self.writer, steps)
            .await
            .map_err(Error::from)
    }

    /// The migrations and whether each has been applied. Changes nothing.
    ///
    /// # Errors
    /// The database's, and one if it is newer than this program.
    pub async fn migration_status(&self) -> Result<Vec<Step>> {
        migration::status(&self.reader).await.map_err(Error::from)
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// That it does not answer within two seconds.
    pub async fn ping(&self) -> Result<()> {
        let reader = self.reader.clone();
        in_time(async move { Ok(reader.ping().await?) }).await
    }

    /// How much is committed and not yet announced.
    ///
    /// # Errors
    /// The database's, and that it does not answer within two seconds.
    pub async fn outbox_backlog(&self) -> Result<OutboxBacklog> {
        let db = self.clone();
        in_time(async move { outbox::backlog(&db).await }).await
    }

    /// Each pool of connections: on MySQL one, on SQLite those that write and those that read.
    #[must_use]
    pub fn pools(&self) -> Vec<PoolState> {
        match self.reader.get_database_backend() {
            DbBackend::MySql => vec![dialect::mysql_pool("all", &self.reader)],
            _ => vec![
                dialect::sqlite_pool("writer", &self.writer),
                dialect::sqlite_pool("readers", &self.reader),
            ],
        }
    }

    /// Closes all connections, once those in use are given back.
    ///
    /// # Errors
    /// The database's.
    pub async fn close(&self) -> Result<()> {
        self.writer.close_by_ref().await?;
        self.reader.close_by_ref().await?;
        Ok(())
    }

    /// Begins a transaction that may write. It sees what others commit while it runs (READ COMMITTED); on
    /// SQLite it waits its turn here, as there is one writer at a time.
    ///
    /// # Errors
    /// The database's.
    pub async fn begin(&self) -> Result<Tx> {
        // The isolation level is the session's, which saves a round trip (see `dialect`).
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Tx(self.writer.begin_with_options(options).await?))
    }

    /// Begins to read from one unchanging state of the database.
    ///
    /// # Errors
    /// The database's.
    pub async fn read(&self) -> Result<Snapshot> {
        let options = match self.reader.get_database_backend() {
            DbBackend::MySql => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                sqlite_transaction_mode: None,
            },
            _ => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
                ..TransactionOptions::default()
            },
        };
        Ok(Snapshot(self.reader.begin_with_options(options).await?))
    }

    pub(crate) fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }
}

/// Waits for an answer for two seconds only.
async fn in_time<T: Send + 'static>(
    question: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    // A question that is broken off would leave its answer to whoever uses the connection next.
    let asked = tokio::spawn(question);
    match tokio::time::timeout(ANSWERS_WITHIN, asked).await {
        Ok(Ok(answered)) => answered,
        Ok(Err(_)) | Err(_) => Err(Error::silent()),
    }
}
