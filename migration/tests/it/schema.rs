//! A connection to a throwaway database, and statements on it.

use migration::{DatabaseConnection, DbErr};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};
use testkit::database::{Fixture, ThrowawayDatabase};

pub(crate) struct Schema {
    pub(crate) connection: DatabaseConnection,
    pub(crate) database: ThrowawayDatabase,
}

impl Fixture for Schema {
    async fn start(database: ThrowawayDatabase) -> Schema {
        let connection = migration::connect(database.url()).await.unwrap();
        Schema {
            connection,
            database,
        }
    }
}

impl Schema {
    pub(crate) async fn execute(&self, sql: &str) -> Result<(), DbErr> {
        self.connection.execute_unprepared(sql).await.map(drop)
    }

    /// The tables, indexes and constraints there are, as text that two schemas can be compared by.
    pub(crate) async fn objects(&self) -> Vec<String> {
        let sql = match self.connection.get_database_backend() {
            DbBackend::MySql => {
                "SELECT CONCAT_WS(' ', table_name, column_name, column_type, is_nullable, \
                 collation_name) AS object FROM information_schema.columns \
                 WHERE table_schema = DATABASE() \
                 UNION ALL SELECT CONCAT_WS(' ', table_name, index_name, seq_in_index, column_name, \
                 non_unique) FROM information_schema.statistics WHERE table_schema = DATABASE() \
                 UNION ALL SELECT CONCAT_WS(' ', table_name, constraint_name, constraint_type) \
                 FROM information_schema.table_constraints WHERE table_schema = DATABASE() \
                 ORDER BY object"
            }
            _ => {
                "SELECT COALESCE(sql, name) AS object FROM sqlite_schema \
                 WHERE name <> 'sqlite_sequence' ORDER BY object"
            }
        };
        let statement = Statement::from_string(self.connection.get_database_backend(), sql);
        let rows = self.connection.query_all_raw(statement).await.unwrap();
        rows.iter()
            .map(|row| row.try_get("", "object").unwrap())
            .collect()
    }

    /// Whole numbers, by the names of their columns.
    pub(crate) async fn rows<const N: usize>(
        &self,
        sql: &str,
        columns: [&str; N],
    ) -> Vec<[Option<i64>; N]> {
        let backend = self.connection.get_database_backend();
        let statement = Statement::from_string(backend, sql);
        let rows = self.connection.query_all_raw(statement).await.unwrap();
        rows.iter()
            .map(|row| columns.map(|column| row.try_get("", column).unwrap()))
            .collect()
    }

    pub(crate) async fn count(&self, table: &str) -> i64 {
        let statement = Statement::from_string(
            self.connection.get_database_backend(),
            format!("SELECT COUNT(*) AS n FROM {table}"),
        );
        let row = self
            .connection
            .query_one_raw(statement)
            .await
            .unwrap()
            .unwrap();
        row.try_get("", "n").unwrap()
    }
}
