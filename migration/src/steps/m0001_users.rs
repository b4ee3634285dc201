//! Accounts: customers and admins.

use sea_orm_migration::prelude::*;

use crate::table;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = table::table(manager, "users");
        table
            .col(table::id())
            .col(ColumnDef::new("email").string_len(254).not_null())
            .col(table::prose(manager, "name", 80))
            .col(ColumnDef::new("password_hash").string_len(255).not_null())
            .col(table::name_of("role"))
            .col(table::whole("session_epoch").not_null().default(0))
            .col(table::whole("disabled_at"))
            .col(table::whole("created_at").not_null())
            .col(table::whole("updated_at").not_null())
            .check(table::length(manager, "ck_users_email", "email", 254))
            .check(table::length(manager, "ck_users_name", "name", 80))
            .check(table::length(
                manager,
                "ck_users_password_hash",
                "password_hash",
                255,
            ))
            .check(table::check(
                "ck_users_role",
                table::one_of("role", &["user", "admin"]),
            ))
            .check(table::check("ck_users_session_epoch", "session_epoch >= 0"));
        let indexes = vec![
            table::unique("uq_users_email", &["email"]),
            table::index("ix_users_role", &["role", "disabled_at"]),
        ];
        table::create(manager, "users", table, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(table::drop_table("users")).await
    }
}
