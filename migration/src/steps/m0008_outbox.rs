//! Entries that are committed and not yet announced.

use sea_orm_migration::prelude::*;

use crate::table;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = table::table(manager, "outbox");
        table
            .col(table::whole("ticket_id").not_null())
            .col(table::whole("seq").not_null())
            .col(table::whole("created_at").not_null())
            .primary_key(Index::create().col("ticket_id").col("seq"))
            .foreign_key(&mut table::refers_to_entry("fk_outbox_entry", "outbox"));
        let indexes = vec![table::index("ix_outbox_created", &["created_at"])];
        table::create(manager, "outbox", table, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(table::drop_table("outbox")).await
    }
}
