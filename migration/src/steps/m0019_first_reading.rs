//! When somebody first read a ticket: the time of their cursor moves with each later reading.

use sea_orm_migration::prelude::*;

const TABLE: &str = "read_cursors";
const COLUMN: &str = "first_at";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.has_column(TABLE, COLUMN).await? {
            return Ok(());
        }
        // None: an older node of the same desk wrote it, and it has not been read on since.
        let sql = format!("ALTER TABLE {TABLE} ADD COLUMN {COLUMN} BIGINT NULL");
        manager.get_connection().execute_unprepared(&sql).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if !manager.has_column(TABLE, COLUMN).await? {
            return Ok(());
        }
        let sql = format!("ALTER TABLE {TABLE} DROP COLUMN {COLUMN}");
        manager.get_connection().execute_unprepared(&sql).await?;
        Ok(())
    }
}
