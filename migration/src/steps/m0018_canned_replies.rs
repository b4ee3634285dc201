//! Texts that admins insert into their answers.

use sea_orm_migration::prelude::*;

use crate::table;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = table::table(manager, "canned_replies");
        table
            .col(table::id())
            // None: shared by all admins.
            .col(table::whole("owner_id"))
            .col(table::prose(manager, "name", 80))
            // TEXT holds 65,535 bytes, and the longest body takes 40,000.
            .col(ColumnDef::new("body").text().not_null())
            .col(table::whole("created_at").not_null())
            .col(table::whole("updated_at").not_null())
            .check(table::length(manager, "ck_canned_replies_name", "name", 80))
            .check(table::length(
                manager,
                "ck_canned_replies_body",
                "body",
                10_000,
            ))
            .foreign_key(&mut table::refers(
                "fk_canned_replies_owner",
                "canned_replies",
                "owner_id",
                "users",
            ));
        let indexes = vec![table::index(
            "ix_canned_replies_owner",
            &["owner_id", "name"],
        )];
        table::create(manager, "canned_replies", table, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(table::drop_table("canned_replies"))
            .await
    }
}
