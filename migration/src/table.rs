//! What every step needs to create a table on each database.

use sea_orm_migration::SchemaManager;
use sea_orm_migration::sea_orm::{DbBackend, DbErr};
use sea_orm_migration::sea_query::{
    ColumnDef, Expr, ForeignKey, ForeignKeyCreateStatement, Index, IndexCreateStatement, Table,
    TableCreateStatement, TableDropStatement,
};

/// Length in characters, not bytes.
pub(crate) fn chars(manager: &SchemaManager<'_>, column: &str) -> String {
    match manager.get_database_backend() {
        DbBackend::MySql => format!("CHAR_LENGTH({column})"),
        _ => format!("LENGTH({column})"),
    }
}

/// A CHECK on a text's length in characters.
pub(crate) fn length(
    manager: &SchemaManager<'_>,
    name: &'static str,
    column: &str,
    max: usize,
) -> (&'static str, Expr) {
    let chars = chars(manager, column);
    (name, Expr::cust(format!("{chars} BETWEEN 1 AND {max}")))
}

/// A CHECK given as SQL.
pub(crate) fn check(name: &'static str, sql: impl Into<String>) -> (&'static str, Expr) {
    (name, Expr::cust(sql.into()))
}

/// The condition that a column has one of these names.
pub(crate) fn one_of(column: &str, names: &[&str]) -> String {
    format!("{column} IN ('{}')", names.join("', '"))
}

/// A column of a whole number of 64 bits: an identifier, a place, or microseconds since the epoch.
pub(crate) fn whole(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().take()
}

/// The identifier that the database gives out.
pub(crate) fn id() -> ColumnDef {
    whole("id").not_null().auto_increment().primary_key().take()
}

/// A name of an enumeration.
pub(crate) fn name_of(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).string_len(20).not_null().take()
}

/// Text that people read and search: compared without regard to case.
pub(crate) fn prose(manager: &SchemaManager<'_>, name: &'static str, max: u32) -> ColumnDef {
    let collation = match manager.get_database_backend() {
        // Known to MySQL and MariaDB alike, and tells emoji apart.
        DbBackend::MySql => "COLLATE utf8mb4_unicode_520_ci",
        _ => "COLLATE NOCASE",
    };
    let mut column = ColumnDef::new(name);
    column.string_len(max).not_null().extra(collation).take()
}

/// A table that is created unless it is there.
pub(crate) fn table(manager: &SchemaManager<'_>, name: &'static str) -> TableCreateStatement {
    let mut table = Table::create().table(name).if_not_exists().take();
    if manager.get_database_backend() == DbBackend::MySql {
        table
            .engine("InnoDB")
            .character_set("utf8mb4")
            .collate("utf8mb4_bin");
    }
    table
}

/// A reference to `parent`'s identifier.
pub(crate) fn refers(
    name: &'static str,
    table: &'static str,
    column: &'static str,
    parent: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(name)
        .from(table, column)
        .to(parent, "id")
        .take()
}

/// A reference to an entry of the timeline.
pub(crate) fn refers_to_entry(
    name: &'static str,
    table: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(name)
        .from(table, ("ticket_id", "seq"))
        .to("timeline", ("ticket_id", "seq"))
        .take()
}

/// An index.
pub(crate) fn index(name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(name).take();
    for column in columns {
        index.col(*column);
    }
    index
}

/// An index that allows each combination once.
pub(crate) fn unique(name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index(name, columns).unique().take()
}

/// Creates a table with its indexes: one statement on MySQL, where it is all or nothing.
pub(crate) async fn create(
    manager: &SchemaManager<'_>,
    name: &'static str,
    mut table: TableCreateStatement,
    indexes: Vec<IndexCreateStatement>,
) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::MySql {
        for mut index in indexes {
            table.index(&mut index);
        }
        return manager.create_table(table).await;
    }
    manager.create_table(table).await?;
    for mut index in indexes {
        manager
            .create_index(index.table(name).if_not_exists().take())
            .await?;
    }
    Ok(())
}

/// Drops a table if it is there.
pub(crate) fn drop_table(name: &'static str) -> TableDropStatement {
    Table::drop().table(name).if_exists().take()
}
