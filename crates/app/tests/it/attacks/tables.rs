//! Everything that the database holds, so that a test can show that nothing of it has changed.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Connection as _, MySqlConnection, Row as _, SqliteConnection};
use testkit::database::ThrowawayDatabase;

/// Every row of every table, as text, in order. The outbox is left out: it is emptied behind every write.
pub(super) async fn contents(database: &ThrowawayDatabase) -> BTreeMap<String, Vec<String>> {
    if database.is_mysql() {
        let mut connection = MySqlConnection::connect(database.url()).await.unwrap();
        let columns = "SELECT CAST(table_name AS CHAR), CAST(column_name AS CHAR) FROM information_schema.columns \
             WHERE table_schema = DATABASE() ORDER BY 1, 2";
        let columns = sqlx::query(columns).fetch_all(&mut connection).await;
        let columns = columns.unwrap();
        let columns = columns.iter().map(|row| (row.get(0), row.get(1)));
        let mut found = BTreeMap::new();
        for (table, columns) in by_table(columns) {
            let texts = columns
                .iter()
                .map(|name| format!("COALESCE(HEX(`{name}`), 'null')"));
            let texts = texts.collect::<Vec<_>>().join(", ");
            let rows = format!("SELECT CONCAT_WS('|', {texts}) FROM `{table}`");
            let rows = sqlx::query_scalar(AssertSqlSafe(rows));
            found.insert(table, sorted(rows.fetch_all(&mut connection).await));
        }
        return found;
    }
    let mut connection = SqliteConnection::connect(database.url()).await.unwrap();
    let columns = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2";
    let columns = sqlx::query(columns).fetch_all(&mut connection).await;
    let columns = columns.unwrap();
    let columns = columns.iter().map(|row| (row.get(0), row.get(1)));
    let mut found = BTreeMap::new();
    for (table, columns) in by_table(columns) {
        let texts = columns.iter().map(|name| format!("quote(\"{name}\")"));
        let texts = texts.collect::<Vec<_>>().join(" || '|' || ");
        let rows = format!("SELECT {texts} FROM \"{table}\"");
        let rows = sqlx::query_scalar(AssertSqlSafe(rows));
        found.insert(table, sorted(rows.fetch_all(&mut connection).await));
    }
    found
}

fn by_table(columns: impl Iterator<Item = (String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut tables = BTreeMap::<String, Vec<String>>::new();
    for (table, column) in columns.filter(|(table, _)| table != "outbox") {
        tables.entry(table).or_default().push(column);
    }
    assert!(tables.len() > 5, "{:?}", tables.keys());
    tables
}

fn sorted(rows: sqlx::Result<Vec<String>>) -> Vec<String> {
    let mut rows = rows.unwrap();
    rows.sort();
    rows
}
