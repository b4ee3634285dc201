//! Lists of one status in the orders other than the first, which would read all tickets where few have it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

const TABLE: &str = "tickets";

const INDEXES: [(&str, &str); 2] = [
    ("ix_tickets_status_created", "status, created_at, id"),
    ("ix_tickets_status_priority", "status, priority, id"),
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        if manager.get_database_backend() != DbBackend::MySql {
            for (name, columns) in INDEXES {
                let sql = format!("CREATE INDEX IF NOT EXISTS {name} ON {TABLE} ({columns})");
                connection.execute_unprepared(&sql).await?;
            }
            return Ok(());
        }
        if manager.has_index(TABLE, INDEXES[0].0).await? {
            return Ok(());
        }
        // One statement, which is all or nothing, and reads the table once.
        let parts: Vec<String> = INDEXES
            .iter()
            .map(|(name, columns)| format!("ADD INDEX {name} ({columns})"))
            .collect();
        let sql = format!("ALTER TABLE {TABLE} {}", parts.join(", "));
        connection.execute_unprepared(&sql).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        if manager.get_database_backend() != DbBackend::MySql {
            for (name, _) in INDEXES {
                let sql = format!("DROP INDEX IF EXISTS {name}");
                connection.execute_unprepared(&sql).await?;
            }
            return Ok(());
        }
        if !manager.has_index(TABLE, INDEXES[0].0).await? {
            return Ok(());
        }
        let parts: Vec<String> = INDEXES
            .iter()
            .map(|(name, _)| format!("DROP INDEX {name}"))
            .collect();
        let sql = format!("ALTER TABLE {TABLE} {}", parts.join(", "));
        connection.execute_unprepared(&sql).await?;
        Ok(())
    }
}
