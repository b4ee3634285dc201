//! Takes, of the cursors that are there, the latest reading for the first: nothing earlier is known.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::Statement;

/// Tickets of one statement, so that none holds its locks for long.
const BATCH: i64 = 5_000;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let last = Statement::from_string(
            manager.get_database_backend(),
            "SELECT MAX(ticket_id) AS last FROM read_cursors",
        );
        let last: Option<i64> = match connection.query_one_raw(last).await? {
            Some(row) => row.try_get("", "last")?,
            None => None,
        };
        let mut from = 0;
        while from < last.unwrap_or(0) {
            let sql = format!(
                "UPDATE read_cursors SET first_at = updated_at WHERE first_at IS NULL \
                 AND ticket_id > {from} AND ticket_id <= {}",
                from + BATCH
            );
            connection.execute_unprepared(&sql).await?;
            from += BATCH;
        }
        Ok(())
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        // The step before drops the column.
        Ok(())
    }
}
