//! Finds the latest entries of all tickets, which nodes compare with what they heard of each other.

use sea_orm_migration::prelude::*;

use crate::table;

const INDEX: &str = "ix_timeline_created_at";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // MySQL has no IF NOT EXISTS for indexes, and the step may have been interrupted after it.
        if manager.has_index("timeline", INDEX).await? {
            return Ok(());
        }
        let mut index = table::index(INDEX, &["created_at"]);
        manager.create_index(index.table("timeline").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if !manager.has_index("timeline", INDEX).await? {
            return Ok(());
        }
        let index = Index::drop().name(INDEX).table("timeline").to_owned();
        manager.drop_index(index).await
    }
}
