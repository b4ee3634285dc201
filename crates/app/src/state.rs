//! What every request can reach.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use auth::Authenticator;
use auth::limits::Limits;
use domain::Clock;
use realtime::Hub;
use services::{Database, Services, SetupToken};

use crate::config::Config;
use crate::http::client::TrustedProxies;
use crate::http::cookie::CookiePolicy;
use crate::metrics::Metrics;
use crate::socket::waiting::Waiting;

/// Shared by all requests and sockets of the process.
pub struct State {
    /// The configuration.
    pub config: Config,
    /// The use cases.
    pub services: Services,
    /// Verifies tokens and sessions.
    pub authenticator: Arc<Authenticator>,
    /// How often one may try.
    pub limits: Arc<dyn Limits>,
    /// Whose word on a client's address counts.
    pub proxies: TrustedProxies,
    /// Sockets that have not said hello.
    pub waiting: Arc<Waiting>,
    /// What operators watch.
    pub metrics: Metrics,
    /// Connections and rooms.
    pub hub: Hub,
    /// Asked for its health only.
    pub database: Database,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The cookies.
    pub cookie: CookiePolicy,
    /// Makes the first admin.
    pub setup: SetupToken,
    /// Whether the process is about to end: no longer ready.
    pub draining: AtomicBool,
}
