//! Where data is kept.

use std::path::PathBuf;
use std::time::Duration;

use auth::RedisOptions;
use services::DatabaseOptions;
use url::Url;

use super::{ConfigError, Source};

/// Where data is kept.
#[derive(Clone, Debug)]
pub struct StorageConfig {
    /// The folder of the SQLite file and the generated secrets.
    pub data_dir: PathBuf,
    /// The database.
    pub database: DatabaseOptions,
    /// Redis; none: sessions in this process.
    pub redis: Option<RedisOptions>,
}

impl StorageConfig {
    /// Whether this is the embedded default: an SQLite file.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.database.url.starts_with("sqlite:")
    }
}

/// Reads it.
pub(super) fn load(source: &Source) -> Result<StorageConfig, ConfigError> {
    let data_dir = PathBuf::from(
        source
            .text("DESKWIRE_DATA_DIR")
            .unwrap_or_else(|| "./data".into()),
    );
    let database = match source.secret("DATABASE_URL")? {
        None => DatabaseOptions::sqlite(&data_dir.join("deskwire.db")),
        Some(url) if url.starts_with("sqlite:") || names_a_database(&url) => {
            DatabaseOptions::new(url)
        }
        Some(_) => {
            return Err(ConfigError::secret(
                "DATABASE_URL",
                "a URL such as mysql://user:password@host:3306/database or sqlite://file",
            ));
        }
    };
    let max_connections = source.parsed(
        "DESKWIRE_DATABASE_CONNECTIONS",
        "a whole number from 2 to 1000",
        |text| text.parse().ok().filter(|count| (2..=1000).contains(count)),
        || database.max_connections,
    )?;
    let redis = match source.secret("REDIS_URL")? {
        Some(url) if !url.starts_with("redis://") => {
            return Err(ConfigError::secret(
                "REDIS_URL",
                "a URL that begins with redis://",
            ));
        }
        url => url,
    };
    let key_prefix = source.text("DESKWIRE_REDIS_PREFIX");
    let answers_within = source.parsed(
        "DESKWIRE_REDIS_TIMEOUT_MS",
        "a whole number from 50 to 5000",
        |text| {
            let millis = text.parse().ok();
            let millis = millis.filter(|millis| (50..=5000).contains(millis));
            millis.map(Duration::from_millis)
        },
        || RedisOptions::ANSWERS_WITHIN,
    )?;
    let redis = redis.map(|url| {
        let mut options = RedisOptions::new(url.into()).patient_for(answers_within);
        options.key_prefix = key_prefix.unwrap_or(options.key_prefix);
        options
    });
    Ok(StorageConfig {
        data_dir,
        database: DatabaseOptions {
            max_connections,
            ..database
        },
        redis,
    })
}

fn names_a_database(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| url.scheme() == "mysql" && url.path().len() > 1)
}
