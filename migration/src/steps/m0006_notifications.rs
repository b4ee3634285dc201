//! What people are told of: one row per person and entry.

use sea_orm_migration::prelude::*;

use crate::table;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = table::table(manager, "notifications");
        table
            .col(table::id())
            .col(table::whole("user_id").not_null())
            .col(table::name_of("kind"))
            .col(table::whole("ticket_id"))
            .col(table::whole("seq"))
            .col(table::whole("actor_id"))
            .col(table::whole("created_at").not_null())
            .col(table::whole("read_at"))
            .check(table::check(
                "ck_notifications_kind",
                table::one_of(
                    "kind",
                    &[
                        "ticket_created",
                        "message",
                        "note",
                        "status_changed",
                        "assigned",
                        "category_changed",
                        "priority_changed",
                        "title_changed",
                        "session_reused",
                    ],
                ),
            ))
            .check(table::check(
                "ck_notifications_entry",
                "(ticket_id IS NULL) = (seq IS NULL)",
            ))
            .foreign_key(&mut table::refers(
                "fk_notifications_user",
                "notifications",
                "user_id",
                "users",
            ))
            .foreign_key(&mut table::refers(
                "fk_notifications_actor",
                "notifications",
                "actor_id",
                "users",
            ))
            .foreign_key(&mut table::refers_to_entry(
                "fk_notifications_entry",
                "notifications",
            ));
        let indexes = vec![
            // The person last: MySQL 9.7 does not check a reference whose index has a NULL further on.
            table::unique("uq_notifications_entry", &["ticket_id", "seq", "user_id"]),
            table::index("ix_notifications_latest", &["user_id", "id"]),
            // Both answer from the index alone.
            table::index("ix_notifications_unread", &["user_id", "read_at"]),
            table::index(
                "ix_notifications_group",
                &["user_id", "ticket_id", "kind", "read_at"],
            ),
        ];
        table::create(manager, "notifications", table, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(table::drop_table("notifications")).await
    }
}
