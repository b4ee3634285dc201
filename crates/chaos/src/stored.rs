//! What the database has of some tickets, read past the application.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use sqlx::mysql::MySqlConnection;
use sqlx::{AssertSqlSafe, Row as _};
use uuid::Uuid;

/// An entry as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct StoredEntry {
    pub(crate) kind: String,
    pub(crate) actor: i64,
    pub(crate) body: Option<String>,
    pub(crate) client_id: Option<Uuid>,
}

/// Everything about some tickets.
#[derive(Debug, Default)]
pub(crate) struct Stored {
    /// The head that each ticket's row names.
    pub(crate) heads: BTreeMap<i64, i64>,
    /// Entries by ticket and seq.
    pub(crate) entries: BTreeMap<(i64, i64), StoredEntry>,
    /// Who was told of an entry, by ticket and seq; each as often as it was.
    pub(crate) told: BTreeMap<(i64, i64), Vec<i64>>,
    /// Read cursors by user and ticket.
    pub(crate) cursors: BTreeMap<(i64, i64), i64>,
    /// The enabled admins.
    pub(crate) admins: BTreeSet<i64>,
    /// Entries of any ticket that are not announced.
    pub(crate) outbox: i64,
}

impl Stored {
    /// Reads everything about these tickets.
    pub(crate) async fn read(connection: &mut MySqlConnection, tickets: &[i64]) -> Result<Stored> {
        let ids: Vec<String> = tickets.iter().map(ToString::to_string).collect();
        let ids = ids.join(", ");
        let mut stored = Stored::default();
        let sql = format!("SELECT id, last_seq FROM tickets WHERE id IN ({ids})");
        for row in rows(connection, sql).await? {
            stored.heads.insert(row.try_get(0)?, row.try_get(1)?);
        }
        let sql = format!(
            "SELECT ticket_id, seq, kind, actor_id, body, client_id FROM timeline WHERE ticket_id IN ({ids})"
        );
        for row in rows(connection, sql).await? {
            let client_id: Option<Vec<u8>> = row.try_get(5)?;
            let entry = StoredEntry {
                kind: row.try_get(2)?,
                actor: row.try_get(3)?,
                body: row.try_get(4)?,
                client_id: client_id.map(|id| Uuid::from_slice(&id)).transpose()?,
            };
            let place = (row.try_get(0)?, row.try_get(1)?);
            stored.entries.insert(place, entry);
        }
        let sql =
            format!("SELECT ticket_id, seq, user_id FROM notifications WHERE ticket_id IN ({ids})");
        for row in rows(connection, sql).await? {
            let place = (row.try_get(0)?, row.try_get(1)?);
            let told = stored.told.entry(place).or_default();
            told.push(row.try_get(2)?);
        }
        let sql =
            format!("SELECT user_id, ticket_id, seq FROM read_cursors WHERE ticket_id IN ({ids})");
        for row in rows(connection, sql).await? {
            let place = (row.try_get(0)?, row.try_get(1)?);
            stored.cursors.insert(place, row.try_get(2)?);
        }
        let sql = "SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL";
        for row in rows(connection, sql.to_owned()).await? {
            stored.admins.insert(row.try_get(0)?);
        }
        stored.outbox = outbox(connection).await?;
        Ok(stored)
    }
}

/// Entries that are not announced, or whose row is not removed yet.
pub(crate) async fn outbox(connection: &mut MySqlConnection) -> Result<i64> {
    let counted = rows(connection, "SELECT COUNT(*) FROM outbox".to_owned()).await?;
    let row = counted.first().context("no count")?;
    Ok(row.try_get(0)?)
}

async fn rows(connection: &mut MySqlConnection, sql: String) -> Result<Vec<sqlx::mysql::MySqlRow>> {
    Ok(sqlx::query(AssertSqlSafe(sql))
        .fetch_all(connection)
        .await?)
}
