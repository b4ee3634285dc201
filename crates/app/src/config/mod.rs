//! Configuration: flags, then environment, then `.env`; one struct per concern.

mod alerts;
mod error;
mod limits;
mod log;
mod origin;
mod secrets;
mod server;
mod source;
mod storage;

pub use error::ConfigError;
pub use limits::{LimitsConfig, SocketConfig};
pub use log::{LogConfig, LogFormat};
pub use origin::Origin;
pub use secrets::Secrets;
pub use server::ServerConfig;
pub use source::Source;
pub use storage::StorageConfig;

use std::time::Duration;

use realtime::HubOptions;

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
    /// An alert that nobody acknowledges is repeated after this time; none: never.
    pub alert_after: Option<Duration>,
    /// Sizes and times of the hub.
    pub hub: HubOptions,
    /// Logging.
    pub log: LogConfig,
}

impl Config {
    /// Reads the configuration. On the embedded default missing secrets are made in the data folder.
    ///
    /// # Errors
    /// The first variable that is wrong, in one line.
    pub fn load(source: &Source) -> Result<Config, ConfigError> {
        let storage = storage::load(source)?;
        let secrets = Secrets::load(source, &storage)?;
        Ok(Config {
            server: server::load(source, storage.is_embedded())?,
            secrets,
            password_cost: source.parsed(
                "DESKWIRE_PASSWORD_COST",
                "a whole number from 10 to 14",
                |text| text.parse().ok().filter(|cost| (10..=14).contains(cost)),
                || 12,
            )?,
            limits: limits::load(source)?,
            sockets: SocketConfig::default(),
            alert_after: alerts::load(source)?,
            hub: HubOptions::default(),
            log: log::load(source)?,
            storage,
        })
    }

    /// Reads only what is needed to reach the database, without making anything.
    ///
    /// # Errors
    /// The first variable that is wrong, in one line.
    pub fn load_storage(source: &Source) -> Result<StorageConfig, ConfigError> {
        storage::load(source)
    }

    /// Reads only how to log.
    ///
    /// # Errors
    /// The first variable that is wrong, in one line.
    pub fn load_log(source: &Source) -> Result<LogConfig, ConfigError> {
        log::load(source)
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
        assert_eq!(config.server.metrics_listen, None);
    }

    #[test]
    fn only_a_node_among_others_waits_for_load_balancers_to_notice_its_end() {
        let seconds = |variables: &[_]| load(variables).unwrap().server.drain.as_secs();
        assert_eq!(seconds(&[]), 0);
        assert_eq!(seconds(&KEYS), 5);
        assert_eq!(seconds(&[("DESKWIRE_DRAIN_SECONDS", "12")]), 12);
    }

    #[test]
    fn alerts_are_repeated_after_two_minutes_or_as_set_or_never() {
        let after = |variables: &[_]| load(variables).unwrap().alert_after;
        let set = |seconds| after(&[("DESKWIRE_ALERT_AFTER_SECONDS", seconds)]);
        assert_eq!(after(&[]), Some(Duration::from_secs(120)));
        assert_eq!(set("7"), Some(Duration::from_secs(7)));
        assert_eq!(set("0"), None);
    }

    #[test]
    fn redis_is_waited_for_as_long_as_it_says() {
        let redis = |more: &[_]| {
            let more = [&[("REDIS_URL", "redis://localhost")], more].concat();
            let redis = load(&more).unwrap().storage.redis.unwrap();
            let both = [redis.wait_timeout, redis.command_timeout];
            (
                redis.connect_timeout.as_millis(),
                both.map(|it| it.as_millis()),
            )
        };
        assert_eq!(redis(&[]), (500, [250, 250]));
        assert_eq!(
            redis(&[("DESKWIRE_REDIS_TIMEOUT_MS", "800")]),
            (1600, [800, 800])
        );
    }

    #[test]
    fn metrics_never_share_the_public_address() {
        let metrics = |address| load(&[("DESKWIRE_METRICS_LISTEN", address)]);
        let listen = metrics("127.0.0.1:9090").unwrap().server.metrics_listen;
        assert_eq!(listen, Some(([127, 0, 0, 1], 9090).into()));
        let error = metrics("127.0.0.1:8080").unwrap_err();
        assert!(error.contains("DESKWIRE_METRICS_LISTEN"), "{error}");
        assert!(
            error.contains("another address than DESKWIRE_LISTEN"),
            "{error}"
        );
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
            ("DESKWIRE_METRICS_LISTEN", "9090", "an address and a port"),
            ("DESKWIRE_DRAIN_SECONDS", "301", "from 0 to 300"),
            ("DESKWIRE_ALERT_AFTER_SECONDS", "86401", "from 0 to 86400"),
            ("DESKWIRE_ALERT_AFTER_SECONDS", "-1", "from 0 to 86400"),
            ("DESKWIRE_REDIS_TIMEOUT_MS", "49", "from 50 to 5000"),
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
