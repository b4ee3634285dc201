//! One-time links that set a new password: at most one of each account.

use sea_orm_migration::prelude::*;

use crate::table;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = table::table(manager, "password_resets");
        table
            .col(table::whole("user_id").not_null().primary_key())
            .col(ColumnDef::new("token_hash").string_len(64).not_null())
            .col(table::whole("created_by"))
            .col(table::whole("created_at").not_null())
            .col(table::whole("expires_at").not_null())
            .check(table::length(
                manager,
                "ck_password_resets_token_hash",
                "token_hash",
                64,
            ))
            .check(table::check(
                "ck_password_resets_expires",
                "expires_at > created_at",
            ))
            .foreign_key(&mut table::refers(
                "fk_password_resets_user",
                "password_resets",
                "user_id",
                "users",
            ))
            .foreign_key(&mut table::refers(
                "fk_password_resets_created_by",
                "password_resets",
                "created_by",
                "users",
            ));
        let indexes = vec![
            table::unique("uq_password_resets_token_hash", &["token_hash"]),
            table::index("ix_password_resets_created_by", &["created_by"]),
            table::index("ix_password_resets_expires", &["expires_at"]),
        ];
        table::create(manager, "password_resets", table, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(table::drop_table("password_resets"))
            .await
    }
}
