//! A connection for running migrations alone, without the application.

use std::path::Path;
use std::time::Duration;

use sea_orm_migration::sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DbErr, RuntimeErr, sqlx,
};
use sqlx::mysql::MySqlConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

/// How long a server may take to accept a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens `mysql://user:password@host:port/database`, or `sqlite://file`, which is created if it is missing.
///
/// # Errors
/// A URL of another form (the error does not repeat it: it may hold a password), or the database's.
pub async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options;
    if url.starts_with("sqlite:") {
        let file: SqliteConnectOptions = url.parse().map_err(|_| malformed())?;
        if let Some(folder) = file.get_filename().parent().filter(|p| *p != Path::new("")) {
            std::fs::create_dir_all(folder)
                .map_err(|error| DbErr::Conn(RuntimeErr::Internal(error.to_string())))?;
        }
        let file = file.create_if_missing(true);
        options = ConnectOptions::new("sqlite::memory:");
        options.map_sqlx_sqlite_opts(move |_| file.clone());
    } else if url.starts_with("mysql://") {
        let server: MySqlConnectOptions = url.parse().map_err(|_| malformed())?;
        options = ConnectOptions::new("mysql://server");
        options.map_sqlx_mysql_opts(move |_| server.clone());
    } else {
        return Err(malformed());
    }
    options
        .max_connections(1)
        .acquire_timeout(PATIENCE)
        .sqlx_logging(false);
    Database::connect(options).await
}

fn malformed() -> DbErr {
    DbErr::Conn(RuntimeErr::Internal(
        "DATABASE_URL must be mysql://user:password@host:port/database or sqlite://file".into(),
    ))
}
