//! Finds titles by their words; on SQLite the step before does.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::full_text;

const INDEX: &str = "ft_tickets_title";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::MySql {
            return Ok(());
        }
        // The other one is for what is too short to be in an index of words.
        let change = "ALTER TABLE tickets ADD FULLTEXT INDEX ft_tickets_title (title), \
                      ADD INDEX ix_tickets_title (title)";
        full_text::add(manager, "tickets", INDEX, change).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::MySql {
            return Ok(());
        }
        let change = "ALTER TABLE tickets DROP INDEX ft_tickets_title, DROP INDEX ix_tickets_title";
        full_text::drop(manager, "tickets", INDEX, change).await
    }
}
