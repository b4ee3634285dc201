//! What tickets are sorted under.

use sea_orm_migration::prelude::*;

use crate::table;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = table::table(manager, "categories");
        table
            .col(table::id())
            .col(table::prose(manager, "name", 80))
            .col(ColumnDef::new("position").integer().not_null())
            .col(
                ColumnDef::new("retired")
                    .boolean()
                    .not_null()
                    .default(false),
            )
            .check(table::length(manager, "ck_categories_name", "name", 80));
        let indexes = vec![table::unique("uq_categories_name", &["name"])];
        table::create(manager, "categories", table, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(table::drop_table("categories")).await
    }
}
