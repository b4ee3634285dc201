//! One migrator at a time.
//!
//! SQLite: the whole run is one `BEGIN IMMEDIATE` transaction, so that a second migrator waits for it and
//! an interrupted run leaves nothing. MySQL: an advisory lock of the session, since DDL commits by itself;
//! the transaction is there only to hold on to the connection that owns the lock.

use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

/// Seconds that a migrator waits for another one.
const PATIENCE_S: u32 = 120;

/// Lock names belong to the whole server, so the database is part of it; 64 characters at most.
const NAME: &str = "CONCAT('deskwire:', LEFT(SHA2(DATABASE(), 256), 40))";

pub(crate) struct Lock(DatabaseTransaction);

pub(crate) async fn take(database: &DatabaseConnection) -> Result<Lock, DbErr> {
    let connection = database
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        })
        .await?;
    if connection.get_database_backend() == DbBackend::MySql {
        let sql = format!("SELECT GET_LOCK({NAME}, {PATIENCE_S}) AS taken");
        let row = connection.query_one_raw(statement(sql)).await?;
        let taken: Option<i64> = row.map(|row| row.try_get("", "taken")).transpose()?;
        if taken != Some(1) {
            return Err(DbErr::Migration(format!(
                "another migration has been running for {PATIENCE_S} s"
            )));
        }
        // For every step: a change of a table can make its indexes of words anew, and they would lose the words that
        // are frequent in English.
        connection
            .execute_unprepared("SET SESSION innodb_ft_enable_stopword = OFF")
            .await?;
    }
    Ok(Lock(connection))
}

impl Lock {
    pub(crate) fn connection(&self) -> &DatabaseTransaction {
        &self.0
    }

    /// Ends the run and gives its outcome, or the failure to end it.
    pub(crate) async fn release(self, outcome: Result<(), DbErr>) -> Result<(), DbErr> {
        if self.0.get_database_backend() == DbBackend::MySql {
            let stopwords = "SET SESSION innodb_ft_enable_stopword = DEFAULT";
            let reset = self.0.execute_unprepared(stopwords).await.map(drop);
            let sql = format!("SELECT RELEASE_LOCK({NAME})");
            // A connection that is lost has lost its locks too.
            let released = self.0.query_one_raw(statement(sql)).await.map(drop);
            return outcome.and(reset).and(released).and(self.0.commit().await);
        }
        match outcome {
            Ok(()) => self.0.commit().await,
            Err(error) => {
                self.0.rollback().await?;
                Err(error)
            }
        }
    }
}

fn statement(sql: String) -> Statement {
    Statement::from_string(DbBackend::MySql, sql)
}
