//! Configuration: flags, then environment, then `.env`; one struct per concern.

mod error;
mod origin;
mod secrets;
mod source;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use auth::RedisOptions;
use contract::socket::HELLO_WITHIN;
use ipnet::IpNet;
use services::DatabaseOptions;
use url::Url;

pub use error::ConfigError;
pub use origin::Origin;
pub use secrets::Secrets;
pub use source::Source;

/// `info`, without what libraries say about their own work.
const QUIET: &str = "info,actix_server=warn,sea_orm_migration=warn";

/// Everything that can be configured.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the process listens and what it is called from outside.
    pub server: ServerConfig,
    /// Where data is kept.
    pub storage: StorageConfig,
    /// Keys, never printed.
    pub secrets: Secrets,
    /// bcrypt's cost; each step doubles the time of a hash.
    pub password_cost: u32,
    /// How much one client may do.
    pub limits: LimitsConfig,
    /// How long sockets go on without a look at their session.
    pub sockets: SocketConfig,
    /// Logging.
    pub log: LogConfig,
}

/// Where the process listens and what it is called from outside.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// What browsers call it.
    pub public_url: Url,
    /// Web origins that may call it, exactly.
    pub allowed_origins: Vec<Origin>,
    /// Whether the refresh cookie is sent over plain http too, for browsers that refuse Secure cookies there.
    pub insecure_cookie: bool,
    /// The networks of the proxies whose X-Forwarded-For is believed.
    pub trusted_proxies: Vec<IpNet>,
}

impl ServerConfig {
    /// The link to the page that makes the first admin. Tokens of links stand in the fragment, which browsers
    /// send to nobody.
    #[must_use]
    pub fn setup_link(&self, token: &str) -> String {
        format!("{}setup#token={token}", self.public_url)
    }

    /// The link to the page that sets a new password.
    #[must_use]
    pub fn reset_link(&self, token: &str) -> String {
        format!("{}reset#token={token}", self.public_url)
    }
}

/// How much one client may do.
#[derive(Clone, Debug)]
pub struct LimitsConfig {
    /// Sign-ins, sign-ups and resets that one address (one /64 for IPv6) may try in a minute.
    pub auth_per_minute: u32,
    /// Commands that one socket may send in a minute.
    pub commands_per_minute: u32,
}

/// How long sockets go on without a look at their session.
#[derive(Clone, Debug)]
pub struct SocketConfig {
    /// The session is looked up again this often, besides with every command.
    pub revalidate_every: Duration,
    /// A hello must come within this time.
    pub hello_within: Duration,
    /// A session that could not be looked up for this long ends the socket.
    pub valid_for: Duration,
}

impl Default for SocketConfig {
    /// 15, 5 and 30 seconds.
    fn default() -> SocketConfig {
        SocketConfig {
            revalidate_every: Duration::from_secs(15),
            hello_within: HELLO_WITHIN,
            valid_for: Duration::from_secs(30),
        }
    }
}

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

/// Logging.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// A filter as in `info` or `deskwire=debug,warn`.
    pub filter: String,
    /// How lines look; none: readable on a terminal, JSON elsewhere.
    pub format: Option<LogFormat>,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

impl Config {
    /// Reads the configuration. On the embedded default missing secrets are made in the data folder.
    ///
    /// # Errors
    /// The first variable that is wrong, in one line.
    pub fn load(source: &Source) -> Result<Config, ConfigError> {
        let storage = storage(source)?;
        let secrets = Secrets::load(source, &storage)?;
        Ok(Config {
            server: server(source)?,
            secrets,
            password_cost: source.parsed(
                "DESKWIRE_PASSWORD_COST",
                "a whole number from 10 to 14",
                |text| text.parse().ok().filter(|cost| (10..=14).contains(cost)),
                || 12,
            )?,
            limits: LimitsConfig {
                auth_per_minute: limit(source, "DESKWIRE_LIMIT_AUTH_PER_MINUTE", 10)?,
                commands_per_minute: limit(source, "DESKWIRE_LIMIT_COMMANDS_PER_MINUTE", 120)?,
            },
            sockets: SocketConfig::default(),
            log: log(source)?,
            storage,
        })
    }

    /// Reads only what is needed to reach the database, without making anything.
    ///
    /// # Errors
    /// The first variable that is wrong, in one line.
    pub fn load_storage(source: &Source) -> Result<StorageConfig, ConfigError> {
        storage(source)
    }

    /// Reads only how to log.
    ///
    /// # Errors
    /// The first variable that is wrong, in one line.
    pub fn load_log(source: &Source) -> Result<LogConfig, ConfigError> {
        log(source)
    }
}

fn limit(source: &Source, variable: &str, default: u32) -> Result<u32, ConfigError> {
    source.parsed(
        variable,
        "a whole number from 1 to 1000000",
        |text| {
            let limit = text.parse().ok();
            limit.filter(|limit| (1..=1_000_000).contains(limit))
        },
        || default,
    )
}

fn server(source: &Source) -> Result<ServerConfig, ConfigError> {
    let listen: SocketAddr = source.parsed(
        "DESKWIRE_LISTEN",
        "an address and a port, as in 127.0.0.1:8080",
        |text| text.parse().ok(),
        || SocketAddr::from(([127, 0, 0, 1], 8080)),
    )?;
    let public_url = source.parsed(
        "DESKWIRE_PUBLIC_URL",
        "an http or https URL without a path, as in https://desk.example.org",
        origin::public_url,
        || origin::localhost(listen.port()),
    )?;
    let own = Origin::of(&public_url);
    let allowed_origins = source.parsed(
        "DESKWIRE_ALLOWED_ORIGINS",
        "http or https origins separated by commas, without paths",
        |text| {
            text.split(',')
                .map(|origin| Origin::parse(origin.trim()))
                .collect()
        },
        Vec::new,
    )?;
    let insecure_cookie = source.parsed(
        "DESKWIRE_INSECURE_COOKIE",
        "true or false",
        |text| text.parse().ok(),
        || false,
    )?;
    if insecure_cookie && public_url.scheme() == "https" {
        return Err(ConfigError::Wrong {
            variable: "DESKWIRE_INSECURE_COOKIE".to_owned(),
            value: "true".to_owned(),
            allowed: "false where DESKWIRE_PUBLIC_URL is https".to_owned(),
        });
    }
    let trusted_proxies = source.parsed(
        "DESKWIRE_TRUSTED_PROXIES",
        "addresses or networks separated by commas, as in 10.0.0.7, 192.168.0.0/16",
        |text| text.split(',').map(|net| network(net.trim())).collect(),
        Vec::new,
    )?;
    Ok(ServerConfig {
        listen,
        allowed_origins: std::iter::once(own).chain(allowed_origins).collect(),
        public_url,
        insecure_cookie,
        trusted_proxies,
    })
}

/// A network, or an address as the network of one.
fn network(text: &str) -> Option<IpNet> {
    let address = text.parse::<IpAddr>().map(IpNet::from);
    address.or_else(|_| text.parse()).ok()
}

fn storage(source: &Source) -> Result<StorageConfig, ConfigError> {
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
        url => url.map(|url| RedisOptions::new(url.into())),
    };
    let key_prefix = source.text("DESKWIRE_REDIS_PREFIX");
    Ok(StorageConfig {
        data_dir,
        database: DatabaseOptions {
            max_connections,
            ..database
        },
        redis: redis.map(|redis| RedisOptions {
            key_prefix: key_prefix.unwrap_or(redis.key_prefix),
            ..redis
        }),
    })
}

fn names_a_database(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| url.scheme() == "mysql" && url.path().len() > 1)
}

fn log(source: &Source) -> Result<LogConfig, ConfigError> {
    let filter = source.parsed(
        "DESKWIRE_LOG",
        "a filter, as in info or deskwire=debug,warn",
        |text| {
            tracing_subscriber::EnvFilter::try_new(text)
                .ok()
                .map(|_| text.to_owned())
        },
        || QUIET.to_owned(),
    )?;
    let format = source.parsed(
        "DESKWIRE_LOG_FORMAT",
        "pretty or json",
        |text| match text {
            "pretty" => Some(Some(LogFormat::Pretty)),
            "json" => Some(Some(LogFormat::Json)),
            _ => None,
        },
        || None,
    )?;
    Ok(LogConfig { filter, format })
}

impl StorageConfig {
    /// Whether this is the embedded default: an SQLite file.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.database.url.starts_with("sqlite:")
    }
}

#[cfg(test)]
impl ServerConfig {
    /// A server that browsers call by this URL.
    pub(crate) fn called(public_url: &str, insecure_cookie: bool) -> ServerConfig {
        let public_url = origin::public_url(public_url).unwrap();
        ServerConfig {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            allowed_origins: vec![Origin::of(&public_url)],
            public_url,
            insecure_cookie,
            trusted_proxies: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(variables: &[(&str, &str)]) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().to_str().unwrap();
        let own = [("DESKWIRE_DATA_DIR", folder)];
        let variables = variables.iter().chain(&own);
        let source = Source::fixed(variables.map(|(k, v)| ((*k).into(), (*v).into())));
        Config::load(&source).map_err(|error| error.to_string())
    }

    const KEYS: [(&str, &str); 4] = [
        ("DATABASE_URL", "mysql://desk@localhost/desk"),
        ("JWT_ACCESS_SECRET", "kT8mQ2vX9rL4nB7cH1jF6wZ3yD5sG0aE"),
        ("JWT_REFRESH_SECRET", "pW3xN8bV5mK1qR9tC7hJ2fL6gS4dY0uZ"),
        ("PASSWORD_PEPPER", "zA6sD1fG8hJ3kL9qW4eR7tY2uI5oP0xC"),
    ];

    #[test]
    fn nothing_configured_is_the_embedded_default() {
        let config = load(&[]).unwrap();
        assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.server.public_url.as_str(), "http://localhost:8080/");
        assert!(config.storage.is_embedded());
        assert!(config.storage.redis.is_none());
    }

    #[test]
    fn a_wrong_value_is_one_line_with_variable_value_and_what_is_allowed() {
        let cases = [
            ("DESKWIRE_LISTEN", "8080", "an address and a port"),
            ("DESKWIRE_PUBLIC_URL", "ftp://x", "an http or https URL"),
            ("DESKWIRE_PUBLIC_URL", "https://x/desk", "without a path"),
            (
                "DESKWIRE_ALLOWED_ORIGINS",
                "https://a,*",
                "origins separated by commas",
            ),
            ("DESKWIRE_PASSWORD_COST", "9", "from 10 to 14"),
            ("DESKWIRE_LOG_FORMAT", "xml", "pretty or json"),
            (
                "DESKWIRE_TRUSTED_PROXIES",
                "10.0.0.1, proxy",
                "addresses or networks",
            ),
            ("DESKWIRE_LIMIT_AUTH_PER_MINUTE", "0", "from 1 to 1000000"),
        ];
        for (variable, value, allowed) in cases {
            let error = load(&[(variable, value)]).unwrap_err();
            assert!(error.contains(variable), "{error}");
            assert!(error.contains(value), "{error}");
            assert!(error.contains(allowed), "{error}");
            assert!(!error.contains('\n'), "{error}");
        }
    }

    #[test]
    fn a_wrong_secret_is_named_but_not_shown() {
        for (variable, value) in [
            ("DATABASE_URL", "http://user:hunter2@host"),
            ("DATABASE_URL", "mysql://user:hunter2@host:3306"),
            (
                "DATABASE_URL",
                "mysql://user:hunter2@host/?ssl-ca=/etc/ca.pem",
            ),
            ("REDIS_URL", "http://user:hunter2@host"),
        ] {
            let error = load(&[(variable, value)]).unwrap_err();
            assert!(error.contains(variable), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn production_needs_every_secret_and_refuses_weak_ones() {
        assert!(load(&KEYS).is_ok());
        let mut tls = KEYS.to_vec();
        tls[0].1 = "mysql://desk@localhost/desk?ssl-ca=/etc/ssl/";
        assert!(load(&tls).is_ok());
        for missing in 1..KEYS.len() {
            let mut keys = KEYS.to_vec();
            let (name, _) = keys.remove(missing);
            assert!(load(&keys).unwrap_err().contains(name));

            let mut keys = KEYS.to_vec();
            keys[missing].1 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
            let error = load(&keys).unwrap_err();
            assert!(error.contains(name) && !error.contains("aaaa"), "{error}");
        }
    }

    #[test]
    fn the_cookie_cannot_be_made_insecure_on_https() {
        let insecure = ("DESKWIRE_INSECURE_COOKIE", "true");
        assert!(load(&[insecure]).is_ok());
        let error = load(&[
            insecure,
            ("DESKWIRE_PUBLIC_URL", "https://desk.example.org"),
        ]);
        assert!(error.unwrap_err().contains("DESKWIRE_INSECURE_COOKIE"));
    }

    #[test]
    fn the_public_origin_is_always_allowed() {
        let config = load(&[
            ("DESKWIRE_PUBLIC_URL", "https://desk.example.org"),
            ("DESKWIRE_ALLOWED_ORIGINS", "https://app.example.org"),
        ])
        .unwrap();
        let origins: Vec<_> = config
            .server
            .allowed_origins
            .iter()
            .map(Origin::as_str)
            .collect();
        assert_eq!(
            origins,
            ["https://desk.example.org", "https://app.example.org"]
        );
    }
}
