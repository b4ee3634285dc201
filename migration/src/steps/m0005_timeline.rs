//! Everything that happens to a ticket, one entry each, only ever added.

use sea_orm_migration::prelude::*;

use crate::table;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = table::table(manager, "timeline");
        table
            .col(table::whole("ticket_id").not_null())
            .col(table::whole("seq").not_null())
            .col(table::name_of("kind"))
            .col(table::whole("actor_id").not_null())
            // TEXT holds 65,535 bytes, and the longest body takes 40,000.
            .col(ColumnDef::new("body").text())
            .col(ColumnDef::new("payload").text())
            .col(ColumnDef::new("client_id").binary_len(16))
            .col(table::whole("created_at").not_null())
            .primary_key(Index::create().col("ticket_id").col("seq"))
            .check(table::check("ck_timeline_seq", "seq >= 1"))
            .check(table::check(
                "ck_timeline_kind",
                table::one_of(
                    "kind",
                    &[
                        "created",
                        "message",
                        "note",
                        "status_changed",
                        "assigned",
                        "category_changed",
                        "priority_changed",
                        "title_changed",
                    ],
                ),
            ))
            .check(table::check(
                "ck_timeline_body",
                format!(
                    "(body IS NOT NULL) = ({})",
                    table::one_of("kind", &["created", "message", "note"])
                ),
            ))
            .check(table::check(
                "ck_timeline_payload",
                format!(
                    "(payload IS NULL) = ({})",
                    table::one_of("kind", &["created", "message", "note"])
                ),
            ))
            .check(table::length(
                manager,
                "ck_timeline_body_length",
                "body",
                10_000,
            ))
            .foreign_key(&mut table::refers(
                "fk_timeline_ticket",
                "timeline",
                "ticket_id",
                "tickets",
            ))
            .foreign_key(&mut table::refers(
                "fk_timeline_actor",
                "timeline",
                "actor_id",
                "users",
            ));
        let indexes = vec![
            // The actor second: MySQL 9.7 does not check a reference whose index has a NULL further on.
            table::unique("uq_timeline_client_id", &["client_id", "actor_id"]),
            table::index("ix_timeline_actor", &["actor_id"]),
        ];
        table::create(manager, "timeline", table, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(table::drop_table("timeline")).await
    }
}
