//! Fills in, from the timelines, when the tickets that are there were answered and resolved.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DbBackend, Statement};

/// Tickets of one statement, so that none holds its locks for long.
const BATCH: i64 = 5_000;

/// Durations below this many seconds are exact; longer ones lose their lowest binary digits.
const EXACT_BELOW: i64 = 128;
/// More doublings of that than any duration has.
const DOUBLINGS: u32 = 40;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let backend = manager.get_database_backend();
        let last = Statement::from_string(backend, "SELECT MAX(id) AS last FROM tickets");
        let last = connection.query_one_raw(last).await?;
        let last: Option<i64> = match last {
            Some(row) => row.try_get("", "last")?,
            None => None,
        };
        let statements = [
            first_responses(),
            resolutions(backend),
            duration("first_response_s", "first_response_at"),
            duration("resolution_s", "resolved_at"),
        ];
        let mut from = 0;
        while from < last.unwrap_or(0) {
            for sql in &statements {
                let sql = format!("{sql} AND id > {from} AND id <= {}", from + BATCH);
                connection.execute_unprepared(&sql).await?;
            }
            from += BATCH;
        }
        Ok(())
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        // The step before drops the columns.
        Ok(())
    }
}

/// An entry's time, which is not before the ticket's even if a clock was set back.
const NOT_BEFORE: &str =
    "CASE WHEN e.created_at < tickets.created_at THEN tickets.created_at ELSE e.created_at END";

fn first_responses() -> String {
    format!(
        "UPDATE tickets SET first_response_at = (SELECT {NOT_BEFORE} FROM timeline e \
         JOIN users u ON u.id = e.actor_id WHERE e.ticket_id = tickets.id AND e.kind = 'message' \
         AND e.actor_id <> tickets.requester_id AND u.role = 'admin' ORDER BY e.seq LIMIT 1) \
         WHERE first_response_at IS NULL"
    )
}

fn resolutions(backend: DbBackend) -> String {
    let from = match backend {
        DbBackend::MySql => "JSON_UNQUOTE(JSON_EXTRACT(e.payload, '$.from'))",
        _ => "json_extract(e.payload, '$.from')",
    };
    let to = from.replace("$.from", "$.to");
    format!(
        "UPDATE tickets SET resolved_at = (SELECT {NOT_BEFORE} FROM timeline e \
         WHERE e.ticket_id = tickets.id AND e.kind = 'status_changed' \
         AND {from} NOT IN ('resolved', 'closed') AND {to} IN ('resolved', 'closed') \
         ORDER BY e.seq DESC LIMIT 1) \
         WHERE resolved_at IS NULL AND status IN ('resolved', 'closed')"
    )
}

/// Whole seconds from the opening, rounded down to seven significant binary digits.
fn duration(column: &str, until: &str) -> String {
    let micros = format!("({until} - created_at)");
    let seconds = format!("(({micros} - {micros} % 1000000) / 1000000)");
    let mut cases = String::new();
    for doubling in 0..DOUBLINGS {
        let (below, step) = (EXACT_BELOW << doubling, 1_i64 << doubling);
        cases += &format!(" WHEN {seconds} < {below} THEN {seconds} - {seconds} % {step}");
    }
    format!(
        "UPDATE tickets SET {column} = CASE{cases} END WHERE {column} IS NULL AND {until} IS NOT NULL"
    )
}
