//! Keeps the views of the lists cheap, however many tickets there are: each is one range of an index, in order.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::table;

/// By what the lists are narrowed, and by what they are sorted. "All but closed" is a range of an index only as
/// a column of its own, which nobody writes: the database does.
const INDEXES: [(&str, &[&str]); 11] = [
    ("ix_tickets_closed_updated", &["closed", "updated_at", "id"]),
    ("ix_tickets_closed_created", &["closed", "created_at", "id"]),
    ("ix_tickets_closed_priority", &["closed", "priority", "id"]),
    (
        "ix_tickets_assignee_closed_updated",
        &["assignee_id", "closed", "updated_at", "id"],
    ),
    (
        "ix_tickets_assignee_closed_created",
        &["assignee_id", "closed", "created_at", "id"],
    ),
    (
        "ix_tickets_assignee_closed_priority",
        &["assignee_id", "closed", "priority", "id"],
    ),
    (
        "ix_tickets_requester_closed_updated",
        &["requester_id", "closed", "updated_at", "id"],
    ),
    (
        "ix_tickets_requester_closed_created",
        &["requester_id", "closed", "created_at", "id"],
    ),
    (
        "ix_tickets_requester_closed_priority",
        &["requester_id", "closed", "priority", "id"],
    ),
    (
        "ix_tickets_waiting_on_created",
        &["waiting_on", "created_at", "id"],
    ),
    (
        "ix_tickets_waiting_on_priority",
        &["waiting_on", "priority", "id"],
    ),
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if is_done(manager).await? {
            return Ok(());
        }
        if manager.get_database_backend() == DbBackend::MySql {
            let indexes = INDEXES.map(|(name, columns)| {
                let columns = columns.join(", ");
                format!("ADD INDEX {name} ({columns})")
            });
            // One statement: the table is rewritten once, and all is there or nothing. Stored, since indexes of
            // columns that are not have a history of faults in InnoDB.
            let sql = format!(
                "ALTER TABLE tickets ADD COLUMN closed TINYINT \
                 GENERATED ALWAYS AS (status = 'closed') STORED, {}",
                indexes.join(", ")
            );
            manager.get_connection().execute_unprepared(&sql).await?;
            return Ok(());
        }
        let sql = "ALTER TABLE tickets ADD COLUMN closed TINYINT \
                   GENERATED ALWAYS AS (status = 'closed') VIRTUAL";
        manager.get_connection().execute_unprepared(sql).await?;
        for (name, columns) in INDEXES {
            let mut index = table::index(name, columns);
            manager.create_index(index.table("tickets").take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if !is_done(manager).await? {
            return Ok(());
        }
        let names = INDEXES.map(|(name, _)| format!("DROP INDEX {name}"));
        let column = "ALTER TABLE tickets DROP COLUMN closed";
        let connection = manager.get_connection();
        if manager.get_database_backend() == DbBackend::MySql {
            let sql = format!("{column}, {}", names.join(", "));
            connection.execute_unprepared(&sql).await?;
            return Ok(());
        }
        for sql in names {
            connection.execute_unprepared(&sql).await?;
        }
        connection.execute_unprepared(column).await?;
        Ok(())
    }
}

/// All of it comes and goes at once: on MySQL in one statement, on SQLite in one transaction.
async fn is_done(manager: &SchemaManager<'_>) -> Result<bool, DbErr> {
    let (index, _) = INDEXES[0];
    manager.has_index("tickets", index).await
}
