//! Where the process listens and what it is called from outside.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use ipnet::IpNet;
use url::Url;

use super::{ConfigError, Origin, Source, origin};

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
    /// Where metrics are exposed, without authentication; none: nowhere.
    pub metrics_listen: Option<SocketAddr>,
    /// How long the listener stays open after the word to end, so that load balancers notice.
    pub drain: Duration,
}

/// The time that load balancers with the usual intervals take to notice.
const DRAIN_BEHIND_A_BALANCER: Duration = Duration::from_secs(5);

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

/// Reads it.
pub(super) fn load(source: &Source, embedded: bool) -> Result<ServerConfig, ConfigError> {
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
    let metrics_listen = metrics_listen(source, listen)?;
    let drain = source.parsed(
        "DESKWIRE_DRAIN_SECONDS",
        "a whole number from 0 to 300",
        |text| {
            let seconds = text.parse().ok().filter(|seconds| *seconds <= 300);
            seconds.map(Duration::from_secs)
        },
        || {
            if embedded {
                Duration::ZERO
            } else {
                DRAIN_BEHIND_A_BALANCER
            }
        },
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
        metrics_listen,
        drain,
    })
}

/// Metrics are for operators, so they never share the public port.
fn metrics_listen(source: &Source, listen: SocketAddr) -> Result<Option<SocketAddr>, ConfigError> {
    let metrics: Option<SocketAddr> = source.parsed(
        "DESKWIRE_METRICS_LISTEN",
        "an address and a port, as in 127.0.0.1:9090",
        |text| text.parse().ok().map(Some),
        || None,
    )?;
    match metrics {
        Some(address) if address == listen && listen.port() != 0 => Err(ConfigError::Wrong {
            variable: "DESKWIRE_METRICS_LISTEN".to_owned(),
            value: address.to_string(),
            allowed: "another address than DESKWIRE_LISTEN".to_owned(),
        }),
        metrics => Ok(metrics),
    }
}

/// A network, or an address as the network of one.
fn network(text: &str) -> Option<IpNet> {
    let address = text.parse::<IpAddr>().map(IpNet::from);
    address.or_else(|_| text.parse()).ok()
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
            metrics_listen: None,
            drain: Duration::ZERO,
        }
    }
}
