//! Everything in which the databases differ.

pub(crate) mod full_text;

use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::mysql::{MySqlConnectOptions, MySqlDatabaseError};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, Executor};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr};

use crate::{DatabaseOptions, Error, PoolState, Result, Unique};

/// Opens the pool that writes and the pool that reads; they may be the same.
pub(crate) async fn connect(
    options: &DatabaseOptions,
) -> Result<(DatabaseConnection, DatabaseConnection)> {
    let url = options.url.as_str();
    if url.starts_with("sqlite:") {
        connect_sqlite(options).await
    } else if url.starts_with("mysql:") || url.starts_with("mariadb:") {
        connect_mysql(options).await
    } else {
        Err(malformed())
    }
}

fn malformed() -> Error {
    Error::options(
        "the database URL must be mysql://user:password@host:port/database or sqlite://file",
    )
}

fn pool(options: &DatabaseOptions, url: &'static str) -> ConnectOptions {
    // The real URL stays out of SeaORM, which prints it in traces and errors.
    let mut pool = ConnectOptions::new(url);
    pool.max_connections(options.max_connections)
        .acquire_timeout(options.acquire_timeout)
        .test_before_acquire_if_idle_for(options.test_after_idle)
        .idle_timeout(options.idle_timeout)
        .max_lifetime(options.max_lifetime)
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    pool
}

async fn connect_mysql(
    options: &DatabaseOptions,
) -> Result<(DatabaseConnection, DatabaseConnection)> {
    let server: MySqlConnectOptions = options.url.parse().map_err(|_| malformed())?;
    // The modes and the time zone that sqlx would set are set below or do not matter.
    let server = server
        .pipes_as_concat(false)
        .no_engine_substitution(false)
        .timezone(None)
        .statement_cache_capacity(256);
    // Strict, whatever the server's default is. READ COMMITTED: what a transaction reads after it has
    // locked a ticket is what was committed before, and no gaps are locked.
    let session = format!(
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ENGINE_SUBSTITUTION', \
         SESSION innodb_lock_wait_timeout = {}",
        options.lock_timeout.as_secs().max(1)
    );
    let mut pool = pool(options, "mysql://server");
    pool.map_sqlx_mysql_opts(move |_| server.clone());
    pool.map_sqlx_mysql_pool_opts(move |pool| {
        let session = session.clone();
        pool.after_connect(move |connection, _| {
            let session = session.clone();
            Box::pin(async move {
                connection.execute(sqlx::AssertSqlSafe(session)).await?;
                connection
                    .execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
                    .await?;
                Ok(())
            })
        })
    });
    let database = Database::connect(pool).await?;
    Ok((database.clone(), database))
}

async fn connect_sqlite(
    options: &DatabaseOptions,
) -> Result<(DatabaseConnection, DatabaseConnection)> {
    let file: SqliteConnectOptions = options.url.parse().map_err(|_| malformed())?;
    let path = file.get_filename().to_owned();
    // sqlx names databases in memory like this; the pools would not share them.
    let name = path.to_string_lossy();
    if name.contains(":memory:") || name.starts_with("file:sqlx-in-memory") {
        return Err(Error::options("an SQLite database must be a file"));
    }
    if let Some(folder) = path.parent().filter(|folder| *folder != Path::new("")) {
        std::fs::create_dir_all(folder).map_err(|error| {
            Error::options(format!(
                "the folder of the database cannot be made: {error}"
            ))
        })?;
    }
    let file = file
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(options.lock_timeout)
        .statement_cache_capacity(256);

    // The writer first: it is what turns a new file to WAL.
    let mut writer = pool(options, "sqlite::memory:");
    let writing = file.clone();
    writer
        .max_connections(1)
        .map_sqlx_sqlite_opts(move |_| writing.clone());
    let writer = open_sqlite(writer, options.lock_timeout).await?;

    let mut reader = pool(options, "sqlite::memory:");
    let reading = file.pragma("query_only", "ON");
    reader.map_sqlx_sqlite_opts(move |_| reading.clone());
    let reader = open_sqlite(reader, options.lock_timeout).await?;
    Ok((writer, reader))
}

/// Connects, again if another process is turning the file to WAL: SQLite does not wait for that itself.
async fn open_sqlite(pool: ConnectOptions, patience: Duration) -> Result<DatabaseConnection> {
    let begin = tokio::time::Instant::now();
    loop {
        match Database::connect(pool.clone()).await.map_err(Error::from) {
            Err(error) if error.is_retryable() && begin.elapsed() < patience => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            outcome => return outcome,
        }
    }
}

/// A table that is read by this index, whatever the planner takes for better.
pub(crate) fn by_index(backend: DbBackend, table: &str, index: &str) -> String {
    match backend {
        DbBackend::MySql => format!("{table} FORCE INDEX ({index})"),
        _ => format!("{table} INDEXED BY {index}"),
    }
}

/// The connections of a pool on MySQL.
pub(crate) fn mysql_pool(name: &'static str, database: &DatabaseConnection) -> PoolState {
    state(name, database.get_mysql_connection_pool())
}

/// The connections of a pool on SQLite.
pub(crate) fn sqlite_pool(name: &'static str, database: &DatabaseConnection) -> PoolState {
    state(name, database.get_sqlite_connection_pool())
}

fn state<D: sqlx::Database>(name: &'static str, pool: &sqlx::Pool<D>) -> PoolState {
    PoolState {
        name,
        open: pool.size(),
        idle: pool.num_idle(),
        max: pool.options().get_max_connections(),
    }
}

/// What a failure means to those who called.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The database cannot be reached or has no connection to spare.
    Unavailable,
    /// It went away while it committed: what it was told may be done or not.
    Undetermined,
    /// Another transaction was in the way; the code says how.
    Conflict(u16),
    /// A unique key is taken.
    Duplicate(Unique),
    /// A constraint or a type refused a value, which the database's message may quote.
    Refused(u16),
    /// Anything else.
    Other,
}

/// What an error of the database means.
pub(crate) fn failure(error: &DbErr) -> Failure {
    let error = match error {
        DbErr::ConnectionAcquire(_) => return Failure::Unavailable,
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => &**error,
        _ => return Failure::Other,
    };
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Failure::Unavailable,
        sqlx::Error::Database(error) => {
            if let Some(error) = error.try_downcast_ref::<MySqlDatabaseError>() {
                return mysql_failure(error.number(), error.message());
            }
            let code = error.code().and_then(|code| code.parse().ok());
            code.map_or(Failure::Other, |code| sqlite_failure(code, error.message()))
        }
        _ => Failure::Other,
    }
}

/// What an error of the database means that came in answer to COMMIT, or instead of it.
pub(crate) fn commit_failure(error: &DbErr) -> Failure {
    match failure(error) {
        // TiDB, too, ends the connection when it cannot tell itself.
        Failure::Unavailable | Failure::Conflict(INTERRUPTED) => Failure::Undetermined,
        failure => failure,
    }
}

/// MySQL: a statement was killed.
const INTERRUPTED: u16 = 1317;

/// Codes of MySQL, MariaDB, Galera, Group Replication and TiDB.
fn mysql_failure(code: u16, message: &str) -> Failure {
    match code {
        // Too many connections, shutting down, network, killed, read-only after a fail-over, Galera's "not
        // yet prepared", Group Replication without a majority, closed for idleness; TiDB's placement driver and
        // storage not answering.
        1040
        | 1047
        | 1053
        | 1077
        | 1079
        | 1158..=1161
        | 1203
        | 1226
        | 1290
        | 1836
        | 1927
        | 3100
        | 3169
        | 4031
        | 9001..=9003
        | 9005 => Failure::Unavailable,
        // Lock wait, deadlock (of Galera also at COMMIT, for what another node wrote), changed since read (MariaDB
        // 11.6), interrupted, refused by Group Replication; TiDB's write conflicts and changed schema.
        1020 | 1205 | 1213 | INTERRUPTED | 3101 | 8002 | 8005 | 8022 | 8028 | 9004 | 9007 => {
            Failure::Conflict(code)
        }
        // "Got error 149 - 'Lock deadlock; Retry transaction' during COMMIT": Group Replication between primaries.
        1180 if message.contains("error 149 ") => Failure::Conflict(code),
        1022 | 1062 | 1169 | 1586 => {
            // "Duplicate entry 'x' for key 'users.uq_users_email'": the value may hold anything.
            let key = message.rsplit("for key ").next().unwrap_or_default();
            Failure::Duplicate(if key.contains("uq_users_email") {
                Unique::Email
            } else if key.contains("uq_timeline_client_id") {
                Unique::ClientId
            } else if key.contains("uq_categories_name") {
                Unique::CategoryName
            } else {
                Unique::Other
            })
        }
        // NOT NULL, foreign keys, CHECK, ranges, lengths, encodings.
        1048 | 1216 | 1217 | 1264 | 1265 | 1292 | 1364 | 1366 | 1406 | 1451 | 1452 | 3819
        | 3988 | 4025 => Failure::Refused(code),
        _ => Failure::Other,
    }
}

/// Extended result codes; their lowest byte is the primary one.
fn sqlite_failure(code: u16, message: &str) -> Failure {
    match (code, code & 0xff) {
        // UNIQUE, PRIMARY KEY, ROWID.
        (2067 | 1555 | 2579, _) => Failure::Duplicate(match message.rsplit(": ").next() {
            Some("users.email") => Unique::Email,
            Some("timeline.client_id, timeline.actor_id") => Unique::ClientId,
            Some("categories.name") => Unique::CategoryName,
            _ => Unique::Other,
        }),
        // BUSY, LOCKED.
        (_, 5 | 6) => Failure::Conflict(code),
        // IOERR, FULL, CANTOPEN.
        (_, 10 | 13 | 14) => Failure::Unavailable,
        // TOOBIG, CONSTRAINT, MISMATCH, RANGE.
        (_, 18..=20 | 25) => Failure::Refused(code),
        _ => Failure::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duplicate_value_that_imitates_another_key_does_not_deceive() {
        let message = "Duplicate entry 'for key 'uq_users_email'' for key 'uq_categories_name'";
        assert_eq!(
            mysql_failure(1062, message),
            Failure::Duplicate(Unique::CategoryName)
        );
    }

    #[test]
    fn what_clusters_refuse_for_the_writes_of_another_node_may_be_repeated() {
        // Galera, Group Replication, TiDB.
        for code in [1213, 3101, 8005, 8022, 9007] {
            assert_eq!(mysql_failure(code, ""), Failure::Conflict(code));
        }
        let deadlock = "Got error 149 - 'Lock deadlock; Retry transaction' during COMMIT";
        assert_eq!(mysql_failure(1180, deadlock), Failure::Conflict(1180));
        let full = "Got error 28 - 'No space left on device' during COMMIT";
        assert_eq!(mysql_failure(1180, full), Failure::Other);
    }

    #[test]
    fn only_a_commit_can_have_an_unknown_outcome() {
        let broken = || {
            let cause = std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
            DbErr::Exec(RuntimeErr::SqlxError(sqlx::Error::Io(cause).into()))
        };
        assert_eq!(failure(&broken()), Failure::Unavailable);
        assert_eq!(commit_failure(&broken()), Failure::Undetermined);
    }

    #[test]
    fn extended_codes_of_sqlite_count_as_their_primary_ones() {
        assert_eq!(sqlite_failure(517, ""), Failure::Conflict(517));
        assert_eq!(sqlite_failure(275, ""), Failure::Refused(275));
    }
}
