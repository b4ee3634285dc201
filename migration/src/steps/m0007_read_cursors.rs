//! How far each person has read each ticket; only ever forwards.

use sea_orm_migration::prelude::*;

use crate::table;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = table::table(manager, "read_cursors");
        table
            .col(table::whole("user_id").not_null())
            .col(table::whole("ticket_id").not_null())
            .col(table::whole("seq").not_null())
            .col(table::whole("updated_at").not_null())
            .primary_key(Index::create().col("user_id").col("ticket_id"))
            .foreign_key(&mut table::refers(
                "fk_read_cursors_user",
                "read_cursors",
                "user_id",
                "users",
            ))
            // The entry rather than the ticket: reading need not wait for those who write.
            .foreign_key(&mut table::refers_to_entry(
                "fk_read_cursors_entry",
                "read_cursors",
            ));
        let indexes = vec![table::index("ix_read_cursors_entry", &["ticket_id", "seq"])];
        table::create(manager, "read_cursors", table, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(table::drop_table("read_cursors")).await
    }
}
