//! How to reach the database.

use std::path::Path;
use std::time::Duration;

/// Where the database is and how its connections are pooled.
#[derive(Clone)]
pub struct DatabaseOptions {
    /// `mysql://user:password@host:port/database`, or `sqlite://file`, which is created if it is missing.
    pub url: String,
    /// Most connections at once; on SQLite those that read, besides the one that writes.
    pub max_connections: u32,
    /// Longest wait for a connection, connecting included.
    pub acquire_timeout: Duration,
    /// A connection that was idle for longer is tested before it is used.
    pub test_after_idle: Duration,
    /// A connection that was idle for longer is closed.
    pub idle_timeout: Duration,
    /// A connection that is older is replaced.
    pub max_lifetime: Duration,
    /// Longest wait for a lock of a row (MySQL) or of the file (SQLite).
    pub lock_timeout: Duration,
}

impl Default for DatabaseOptions {
    fn default() -> Self {
        DatabaseOptions {
            url: "sqlite://data/deskwire.db".into(),
            max_connections: 16,
            acquire_timeout: Duration::from_secs(3),
            test_after_idle: Duration::from_secs(5),
            idle_timeout: Duration::from_secs(10 * 60),
            max_lifetime: Duration::from_secs(30 * 60),
            lock_timeout: Duration::from_secs(5),
        }
    }
}

impl DatabaseOptions {
    /// The defaults for a database of this URL.
    #[must_use]
    pub fn new(url: impl Into<String>) -> DatabaseOptions {
        DatabaseOptions {
            url: url.into(),
            ..DatabaseOptions::default()
        }
    }

    /// The defaults for an SQLite file, whatever characters its path has.
    #[must_use]
    pub fn sqlite(file: &Path) -> DatabaseOptions {
        let path = file.to_string_lossy();
        let path = path
            .replace('%', "%25")
            .replace('?', "%3F")
            .replace('#', "%23");
        DatabaseOptions::new(format!("sqlite://{path}"))
    }
}

impl std::fmt::Debug for DatabaseOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The URL may hold a password.
        f.debug_struct("DatabaseOptions")
            .field("max_connections", &self.max_connections)
            .field("acquire_timeout", &self.acquire_timeout)
            .finish_non_exhaustive()
    }
}
