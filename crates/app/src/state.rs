//! What every request can reach.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use auth::Authenticator;
use contract::socket::CloseCode;
use domain::{Clock, SessionId};
use realtime::Hub;
use services::{Database, Services, SetupToken};

use crate::config::Config;
use crate::http::cookie::CookiePolicy;

/// Shared by all requests and sockets of the process.
pub struct State {
    /// The configuration.
    pub config: Config,
    /// The use cases.
    pub services: Services,
    /// Verifies tokens and sessions.
    pub authenticator: Arc<Authenticator>,
    /// Connections and rooms.
    pub hub: Hub,
    /// Asked for its health only.
    pub database: Database,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The refresh cookie.
    pub cookie: CookiePolicy,
    /// Makes the first admin.
    pub setup: SetupToken,
    /// Whether the process is about to end: no longer ready.
    pub draining: AtomicBool,
}

impl State {
    /// Closes the sockets of a session that has ended.
    pub fn close_session(&self, session: &SessionId) {
        self.hub.close_session(session, CloseCode::Revoked);
    }
}
