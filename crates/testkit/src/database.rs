//! A database for one test, on every server that Deskwire runs on.

use std::future::Future;
use std::path::PathBuf;

use sqlx::mysql::MySqlConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};
use tempfile::TempDir;
use uuid::Uuid;

/// Names the MySQL-compatible server for tests: `mysql://user:password@host:port`.
const SERVER: &str = "TEST_DATABASE_URL";

/// An empty database that is gone after the test.
pub struct ThrowawayDatabase {
    url: String,
    kind: Kind,
}

enum Kind {
    MySql { server: String, name: String },
    Sqlite { folder: TempDir },
}

impl ThrowawayDatabase {
    /// A new database on the server that `TEST_DATABASE_URL` names.
    ///
    /// # Panics
    /// Without that server: a test that silently does nothing would be worse.
    pub async fn mysql() -> ThrowawayDatabase {
        let server = std::env::var(SERVER).unwrap_or_default();
        if server.is_empty() {
            panic!(
                "{SERVER} is not set. `npx -y rust-just test` starts a server and sets it; or give it \
                 one as mysql://user:password@host:port, whose user may create databases"
            );
        }
        let server = server.trim_end_matches('/').to_owned();
        let name = format!("deskwire_test_{}", Uuid::new_v4().simple());
        if let Err(error) = execute(&server, &format!("CREATE DATABASE {name}")).await {
            panic!("the server of {SERVER} cannot be used: {error}");
        }
        ThrowawayDatabase {
            url: format!("{server}/{name}"),
            kind: Kind::MySql { server, name },
        }
    }

    /// A new SQLite file in a folder of its own.
    ///
    /// # Panics
    /// If there is no place for it.
    pub fn sqlite() -> ThrowawayDatabase {
        let folder = match TempDir::with_prefix("deskwire-test-") {
            Ok(folder) => folder,
            Err(error) => panic!("no folder for a database: {error}"),
        };
        let file = folder.path().join("deskwire.db");
        ThrowawayDatabase {
            url: format!("sqlite://{}", file.display()),
            kind: Kind::Sqlite { folder },
        }
    }

    /// What to connect to.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether it is on a MySQL-compatible server, rather than an SQLite file.
    #[must_use]
    pub fn is_mysql(&self) -> bool {
        matches!(self.kind, Kind::MySql { .. })
    }

    /// The file, if it is one.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        match &self.kind {
            Kind::MySql { .. } => None,
            Kind::Sqlite { folder } => Some(folder.path().join("deskwire.db")),
        }
    }
}

impl ThrowawayDatabase {
    /// Runs a statement past the application, to bring about what it never does by itself.
    ///
    /// # Panics
    /// If the database refuses it.
    pub async fn execute(&self, sql: &str) {
        let done = match &self.kind {
            Kind::MySql { .. } => execute(&self.url, sql).await,
            Kind::Sqlite { .. } => {
                let done = async {
                    let mut connection = SqliteConnection::connect(&self.url).await?;
                    connection.execute(AssertSqlSafe(sql.to_owned())).await?;
                    connection.close().await
                };
                done.await
            }
        };
        if let Err(error) = done {
            panic!("the database refused {sql:?}: {error}");
        }
    }
}

async fn execute(server: &str, sql: &str) -> sqlx::Result<()> {
    let mut connection = MySqlConnection::connect(server).await?;
    // A transaction that a failed test left open must not hold up the clean-up for long.
    connection.execute("SET lock_wait_timeout = 5").await?;
    connection.execute(AssertSqlSafe(sql.to_owned())).await?;
    connection.close().await
}

impl Drop for ThrowawayDatabase {
    fn drop(&mut self) {
        let Kind::MySql { server, name } = &self.kind else {
            return;
        };
        let server = server.clone();
        let sql = format!("DROP DATABASE IF EXISTS {name}");
        // A thread of its own, since a runtime cannot be entered from within another. A database that
        // stays behind is no reason to fail a test.
        let clean_up = std::thread::spawn(move || block_on(execute(&server, &sql)));
        let _ = clean_up.join();
    }
}

/// What a test needs on its database: a repository, a set of services, a whole application.
pub trait Fixture: Sized {
    /// Sets it up. It keeps the database, which is dropped with it.
    fn start(database: ThrowawayDatabase) -> impl Future<Output = Self>;
}

impl Fixture for ThrowawayDatabase {
    async fn start(database: ThrowawayDatabase) -> Self {
        database
    }
}

/// Runs a test on MySQL; [`on_every_database!`](crate::on_every_database) calls it.
pub fn on_mysql<T: Fixture, F: Future<Output = ()>>(test: impl FnOnce(T) -> F) {
    block_on(async { test(T::start(ThrowawayDatabase::mysql().await).await).await });
}

/// Runs a test on SQLite; [`on_every_database!`](crate::on_every_database) calls it.
pub fn on_sqlite<T: Fixture, F: Future<Output = ()>>(test: impl FnOnce(T) -> F) {
    block_on(async { test(T::start(ThrowawayDatabase::sqlite()).await).await });
}

fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(future),
        Err(error) => panic!("no runtime: {error}"),
    }
}

/// Makes of each function two tests, `name::mysql` and `name::sqlite`. The argument is any [`Fixture`], such
/// as [`ThrowawayDatabase`] itself.
///
/// ```ignore
/// testkit::on_every_database! {
///     async fn closing_is_recorded(desk: Desk) {
///         // ...
///     }
/// }
/// ```
///
/// [`Fixture`]: crate::database::Fixture
/// [`ThrowawayDatabase`]: crate::database::ThrowawayDatabase
#[macro_export]
macro_rules! on_every_database {
    ($($(#[$attribute:meta])* async fn $name:ident($fixture:ident: $type:ty) $body:block)+) => {
        $(mod $name {
            use super::*;

            $(#[$attribute])*
            async fn body($fixture: $type) $body

            #[test]
            fn mysql() {
                $crate::database::on_mysql(body);
            }

            #[test]
            fn sqlite() {
                $crate::database::on_sqlite(body);
            }
        })+
    };
}
