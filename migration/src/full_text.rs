//! Indexes of words on MySQL and MariaDB.

use sea_orm_migration::SchemaManager;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};

/// Makes an index of words by this statement, unless it is there. Every word counts, as long as the run of the
/// migration says so: see [`crate::lock`].
pub(crate) async fn add(
    manager: &SchemaManager<'_>,
    table: &str,
    index: &str,
    sql: &str,
) -> Result<(), DbErr> {
    if manager.has_index(table, index).await? {
        return Ok(());
    }
    manager.get_connection().execute_unprepared(sql).await?;
    Ok(())
}

/// Takes an index of words back by this statement, if it is there.
pub(crate) async fn drop(
    manager: &SchemaManager<'_>,
    table: &str,
    index: &str,
    sql: &str,
) -> Result<(), DbErr> {
    if manager.has_index(table, index).await? {
        manager.get_connection().execute_unprepared(sql).await?;
    }
    Ok(())
}
