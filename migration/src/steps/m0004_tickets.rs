//! Tickets as they stand; what happened to them is in the timeline.

use sea_orm_migration::prelude::*;

use crate::table;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = table::table(manager, "tickets");
        table
            .col(table::id())
            .col(table::whole("requester_id").not_null())
            .col(table::whole("assignee_id"))
            .col(table::whole("category_id"))
            .col(table::whole("follows_id"))
            .col(table::prose(manager, "title", 200))
            .col(table::name_of("status"))
            // A rank, 0 the least urgent: names would not sort, so an index could not give the order.
            .col(ColumnDef::new("priority").small_integer().not_null())
            .col(table::name_of("waiting_on"))
            .col(table::whole("last_seq").not_null())
            // The latest message as a list shows it, so that a list does not read the timeline.
            // Without keys: the timeline has them, and each would cost every message an index write.
            .col(table::whole("last_message_seq").not_null())
            .col(table::whole("last_message_author_id").not_null())
            .col(table::prose(manager, "last_message_preview", 160))
            .col(table::whole("last_message_at").not_null())
            .col(table::whole("created_at").not_null())
            .col(table::whole("updated_at").not_null())
            .col(table::whole("closed_at"))
            .check(table::length(manager, "ck_tickets_title", "title", 200))
            .check(table::check(
                "ck_tickets_status",
                table::one_of(
                    "status",
                    &["open", "in_progress", "pending", "resolved", "closed"],
                ),
            ))
            .check(table::check(
                "ck_tickets_priority",
                "priority BETWEEN 0 AND 3",
            ))
            .check(table::check(
                "ck_tickets_waiting_on",
                table::one_of("waiting_on", &["staff", "customer", "nobody"]),
            ))
            .check(table::check("ck_tickets_last_seq", "last_seq >= 1"))
            .check(table::check(
                "ck_tickets_last_message_seq",
                "last_message_seq BETWEEN 1 AND last_seq",
            ))
            .check(table::length(
                manager,
                "ck_tickets_last_message_preview",
                "last_message_preview",
                160,
            ))
            .check(table::check(
                "ck_tickets_closed_at",
                "(closed_at IS NULL) = (status <> 'closed')",
            ))
            .foreign_key(&mut table::refers(
                "fk_tickets_requester",
                "tickets",
                "requester_id",
                "users",
            ))
            .foreign_key(&mut table::refers(
                "fk_tickets_assignee",
                "tickets",
                "assignee_id",
                "users",
            ))
            .foreign_key(&mut table::refers(
                "fk_tickets_category",
                "tickets",
                "category_id",
                "categories",
            ))
            .foreign_key(&mut table::refers(
                "fk_tickets_follows",
                "tickets",
                "follows_id",
                "tickets",
            ));
        let indexes = vec![
            // Every list is ordered by one of these and the identifier.
            table::index("ix_tickets_updated", &["updated_at", "id"]),
            table::index("ix_tickets_created", &["created_at", "id"]),
            table::index("ix_tickets_priority", &["priority", "id"]),
            // The filters that leave few of many tickets.
            table::index(
                "ix_tickets_requester",
                &["requester_id", "updated_at", "id"],
            ),
            table::index("ix_tickets_assignee", &["assignee_id", "updated_at", "id"]),
            table::index("ix_tickets_status", &["status", "updated_at", "id"]),
            table::index("ix_tickets_waiting_on", &["waiting_on", "updated_at", "id"]),
            table::index("ix_tickets_category", &["category_id"]),
            table::index("ix_tickets_follows", &["follows_id"]),
        ];
        table::create(manager, "tickets", table, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(table::drop_table("tickets")).await
    }
}
