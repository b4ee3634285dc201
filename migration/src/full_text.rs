//! Indexes of words on MySQL and MariaDB.

use sea_orm_migration::SchemaManager;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr};

/// Makes an index of words by this statement, unless it is there. Every word counts: by default those that are
/// frequent in English are left out.
pub(crate) async fn add(
    manager: &SchemaManager<'_>,
    table: &str,
    index: &str,
    sql: &str,
) -> Result<(), DbErr> {
    if manager.has_index(table, index).await? {
        return Ok(());
    }
    with_every_word(manager, sql).await
}

/// Changes a table that has, or gets, such an index: some changes make its indexes anew.
pub(crate) async fn with_every_word(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let stopwords = |on: &str| format!("SET SESSION innodb_ft_enable_stopword = {on}");
    connection.execute_unprepared(&stopwords("OFF")).await?;
    connection.execute_unprepared(sql).await?;
    connection.execute_unprepared(&stopwords("DEFAULT")).await?;
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
