//! Sessions that were ended and epochs that were raised, as long as a session could live.

use sea_orm_migration::prelude::*;

use crate::table;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = table::table(manager, "revocations");
        table
            .col(table::id())
            .col(table::whole("user_id").not_null())
            .col(ColumnDef::new("session_id").string_len(64))
            .col(table::whole("epoch"))
            .col(table::whole("created_at").not_null())
            .col(table::whole("expires_at").not_null())
            .check(table::check(
                "ck_revocations_form",
                "(session_id IS NULL) <> (epoch IS NULL)",
            ))
            .check(table::length(
                manager,
                "ck_revocations_session_id",
                "session_id",
                64,
            ))
            .foreign_key(&mut table::refers(
                "fk_revocations_user",
                "revocations",
                "user_id",
                "users",
            ));
        let indexes = vec![
            table::unique("uq_revocations_session", &["session_id"]),
            table::index("ix_revocations_created", &["created_at"]),
            table::index("ix_revocations_expires", &["expires_at"]),
        ];
        table::create(manager, "revocations", table, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(table::drop_table("revocations")).await
    }
}
