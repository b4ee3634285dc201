//! When a ticket was first answered and when it was resolved, and how long each took, for statistics.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

const TABLE: &str = "tickets";

/// Columns with the CHECK of each. What an older node of the same desk writes must pass them too, so they say
/// nothing of the status. The order is that in which SQLite, which adds one at a time, can have them.
const COLUMNS: [(&str, &str, &str); 4] = [
    (
        "first_response_at",
        "ck_tickets_first_response_at",
        "first_response_at >= created_at",
    ),
    (
        "first_response_s",
        "ck_tickets_first_response_s",
        "first_response_s IS NULL OR (first_response_s >= 0 AND first_response_at IS NOT NULL)",
    ),
    (
        "resolved_at",
        "ck_tickets_resolved_at",
        "resolved_at >= created_at",
    ),
    (
        "resolution_s",
        "ck_tickets_resolution_s",
        "resolution_s IS NULL OR (resolution_s >= 0 AND resolved_at IS NOT NULL)",
    ),
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        if manager.get_database_backend() == DbBackend::MySql {
            if manager.has_column(TABLE, COLUMNS[0].0).await? {
                return Ok(());
            }
            // One statement, which is all or nothing.
            let parts: Vec<String> = COLUMNS
                .iter()
                .map(|(column, name, check)| {
                    format!(
                        "ADD COLUMN {column} BIGINT NULL, ADD CONSTRAINT {name} CHECK ({check})"
                    )
                })
                .collect();
            let sql = format!("ALTER TABLE {TABLE} {}", parts.join(", "));
            connection.execute_unprepared(&sql).await?;
            return Ok(());
        }
        for (column, name, check) in COLUMNS {
            if !manager.has_column(TABLE, column).await? {
                let sql = format!(
                    "ALTER TABLE {TABLE} ADD COLUMN {column} bigint CONSTRAINT {name} CHECK ({check})"
                );
                connection.execute_unprepared(&sql).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        if manager.get_database_backend() == DbBackend::MySql {
            if !manager.has_column(TABLE, COLUMNS[0].0).await? {
                return Ok(());
            }
            let parts: Vec<String> = COLUMNS
                .iter()
                .map(|(column, name, _)| format!("DROP CONSTRAINT {name}, DROP COLUMN {column}"))
                .collect();
            let sql = format!("ALTER TABLE {TABLE} {}", parts.join(", "));
            connection.execute_unprepared(&sql).await?;
            return Ok(());
        }
        for (column, ..) in COLUMNS.into_iter().rev() {
            if manager.has_column(TABLE, column).await? {
                let sql = format!("ALTER TABLE {TABLE} DROP COLUMN {column}");
                connection.execute_unprepared(&sql).await?;
            }
        }
        Ok(())
    }
}
