//! The categories that a new desk starts with; its admins change them as they like.

use sea_orm_migration::prelude::*;

const NAMES: [&str; 6] = [
    "General question",
    "Account and sign-in",
    "Billing",
    "Technical problem",
    "Feature request",
    "Other",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut insert = Query::insert()
            .into_table("categories")
            .columns(["name", "position", "retired"])
            .on_conflict(OnConflict::column("name").do_nothing_on(["id"]).to_owned())
            .to_owned();
        for (position, name) in (1..).zip(NAMES) {
            insert.values_panic([name.into(), Expr::value(position), false.into()]);
        }
        manager.execute(insert).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        // Tickets may be sorted under them, and the next step back drops the table.
        Ok(())
    }
}
