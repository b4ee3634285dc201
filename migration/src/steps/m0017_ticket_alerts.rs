//! Which new tickets somebody has taken notice of, and when the others are to be alerted of again.

use sea_orm_migration::prelude::*;

use crate::table;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = table::table(manager, "ticket_alerts");
        table
            .col(table::whole("ticket_id").not_null().primary_key())
            .col(table::whole("raised_at").not_null())
            .col(ColumnDef::new("level").small_integer().not_null())
            // When it is repeated; none: never.
            .col(table::whole("next_at"))
            .col(table::whole("acknowledged_by"))
            .col(table::whole("acknowledged_at"))
            // Acknowledged, or closed before anybody was there.
            .col(table::whole("ended_at"))
            .check(table::check(
                "ck_ticket_alerts_level",
                "level BETWEEN 0 AND 5",
            ))
            .check(table::check(
                "ck_ticket_alerts_acknowledged",
                "(acknowledged_by IS NULL) = (acknowledged_at IS NULL)",
            ))
            .check(table::check(
                "ck_ticket_alerts_ended",
                "ended_at IS NOT NULL OR acknowledged_at IS NULL",
            ))
            .check(table::check(
                "ck_ticket_alerts_next",
                "next_at IS NULL OR ended_at IS NULL",
            ))
            .foreign_key(&mut table::refers(
                "fk_ticket_alerts_ticket",
                "ticket_alerts",
                "ticket_id",
                "tickets",
            ))
            .foreign_key(&mut table::refers(
                "fk_ticket_alerts_acknowledged_by",
                "ticket_alerts",
                "acknowledged_by",
                "users",
            ));
        let indexes = vec![
            table::index("ix_ticket_alerts_next", &["next_at"]),
            table::index("ix_ticket_alerts_ended", &["ended_at", "ticket_id"]),
            table::index("ix_ticket_alerts_acknowledged_by", &["acknowledged_by"]),
        ];
        table::create(manager, "ticket_alerts", table, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(table::drop_table("ticket_alerts")).await
    }
}
