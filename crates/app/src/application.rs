//! The application: built once from its configuration, the same for the binary and for tests.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_cors::Cors;
use actix_web::dev::{Server, ServerHandle};
use actix_web::http::{Method, header};
use actix_web::middleware::from_fn;
use actix_web::{App, web};
use auth::limits::{InProcessLimits, Limits};
use auth::{
    Authenticator, InProcessSessions, PasswordOptions, Passwords, RedisSessions, RevocationSource,
    SessionStore, TokenKeys, Tokens,
};
use domain::Clock;
use realtime::{Bus, Hub, HubParts, RedisBus, RedisBusOptions};
use secrecy::ExposeSecret as _;
use services::{
    Database, DatabaseError, Foundation, ReplayService, RevocationLog, Services, SetupToken,
};
use thiserror::Error;
use tokio::task::JoinSet;
use tracing::info;
use utoipa_actix_web::AppExt as _;
use utoipa_swagger_ui::SwaggerUi;

use crate::config::{Config, ServerConfig};
use crate::export;
use crate::http::client::TrustedProxies;
use crate::http::context;
use crate::http::cookie::CookiePolicy;
use crate::http::headers::SecurityHeaders;
use crate::http::method::KnownPaths;
use crate::listener::Listener;
use crate::metrics::{self, Metrics};
use crate::realtime_bridge::{DatabaseBacklog, HubSink};
use crate::socket::endings::close_ended;
use crate::state::State;
use crate::wire::line;
use crate::{openapi, routes, web_app};

/// Nobody waits for the line to the other nodes, so it is not given up as soon as the session store.
const BUS_ANSWERS_WITHIN: Duration = Duration::from_secs(1);
/// Requests that run may finish within this time at the end, in seconds.
const SHUTDOWN_WITHIN_S: u64 = 10;
/// The database may finish what it does within this time at the end.
const CLOSE_WITHIN: Duration = Duration::from_secs(5);
/// Sockets come back after about this time when the process ends.
const COME_BACK_AFTER: Duration = Duration::from_secs(1);

/// Why the application cannot start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The database cannot be opened or migrated.
    #[error("DATABASE_URL: {0}")]
    Database(#[from] DatabaseError),
    /// The session store cannot be set up.
    #[error("REDIS_URL: {0}")]
    Redis(#[from] auth::RedisSetupError),
    /// The line to the other nodes cannot be set up.
    #[error("REDIS_URL: {0}")]
    Bus(#[from] realtime::RedisBusError),
    /// The token keys cannot be used.
    #[error("JWT_ACCESS_SECRET, JWT_REFRESH_SECRET: {0}")]
    Keys(#[from] auth::KeyError),
    /// The password settings cannot be used.
    #[error("PASSWORD_PEPPER: {0}")]
    Passwords(#[from] auth::PasswordSetupError),
    /// An address cannot be listened on.
    #[error("{variable}: {address}: {cause}")]
    Listen {
        /// Where the address comes from.
        variable: &'static str,
        /// The address.
        address: SocketAddr,
        /// Why not.
        cause: io::Error,
    },
    /// The first query failed.
    #[error("{0}")]
    Accounts(#[from] services::AccountError),
}

/// Everything but the listener: for the command line, which needs no port.
pub struct Parts {
    /// The use cases.
    pub services: Services,
    /// The open database.
    pub database: Database,
    /// Verifies tokens and sessions.
    pub authenticator: Arc<Authenticator>,
    limits: Arc<dyn Limits>,
    revocations: RevocationLog,
    hub: Hub,
    clock: Arc<dyn Clock>,
}

impl Parts {
    /// Opens the database, migrating it if asked, and builds the services on it.
    ///
    /// # Errors
    /// What is wrong, by the variable to change.
    pub async fn build(
        config: &Config,
        clock: Arc<dyn Clock>,
        migrate: bool,
    ) -> Result<Parts, StartError> {
        let database = Database::connect(&config.storage.database).await?;
        if migrate {
            database.migrate().await?;
        }
        let revocations = RevocationLog::new(&database, Arc::clone(&clock));
        let (sessions, limits) = session_store(config, &clock, &revocations)?;
        let keys = TokenKeys::new(&config.secrets.access, &config.secrets.refresh)?;
        let tokens = Tokens::new(keys, Arc::clone(&clock));
        let authenticator = Arc::new(Authenticator::new(tokens, sessions, Arc::clone(&clock)));
        let options = PasswordOptions::of_cost(config.password_cost);
        let passwords = Arc::new(Passwords::new(config.secrets.pepper.clone(), options)?);

        let backlog = DatabaseBacklog(ReplayService::new(&database));
        let hub = Hub::start(HubParts {
            options: config.hub.clone(),
            backlog: Arc::new(backlog),
            bus: bus(config)?,
            node: rand::random(),
            clock: Arc::clone(&clock),
        });
        let services = Services::new(Foundation {
            database: database.clone(),
            authenticator: Arc::clone(&authenticator),
            passwords,
            limits: Arc::clone(&limits),
            events: Arc::new(HubSink(hub.clone())),
            clock: Arc::clone(&clock),
            alert_after: config.alert_after,
        });
        Ok(Parts {
            services,
            database,
            authenticator,
            limits,
            revocations,
            hub,
            clock,
        })
    }
}

type SessionParts = (Arc<dyn SessionStore>, Arc<dyn Limits>);

fn session_store(
    config: &Config,
    clock: &Arc<dyn Clock>,
    revocations: &RevocationLog,
) -> Result<SessionParts, StartError> {
    let clock = || Arc::clone(clock);
    Ok(match &config.storage.redis {
        Some(options) => {
            let source: Arc<dyn RevocationSource> = Arc::new(revocations.clone());
            let sessions = RedisSessions::new(options, clock(), Some(source))?;
            let limits = sessions.limits();
            (Arc::new(sessions), Arc::new(limits))
        }
        None => (
            Arc::new(InProcessSessions::new(clock())),
            Arc::new(InProcessLimits::new(clock())),
        ),
    })
}

/// The line to the other nodes: where sessions are shared, there may be some.
fn bus(config: &Config) -> Result<Option<Arc<dyn Bus>>, StartError> {
    let Some(redis) = &config.storage.redis else {
        return Ok(None);
    };
    let bus = RedisBus::new(RedisBusOptions {
        url: redis.url.expose_secret().to_owned(),
        channel: format!("{}events", redis.key_prefix),
        connect_timeout: redis.connect_timeout,
        command_timeout: BUS_ANSWERS_WITHIN,
    })?;
    Ok(Some(Arc::new(bus)))
}

/// An application that listens.
pub struct Application {
    state: web::Data<State>,
    revocations: RevocationLog,
    address: SocketAddr,
    server: Server,
    metrics_address: Option<SocketAddr>,
    metrics: Option<Server>,
}

impl Application {
    /// Builds everything and listens. Port 0 takes a free one.
    ///
    /// # Errors
    /// What is wrong, by the variable to change.
    pub async fn build(
        config: Config,
        clock: Arc<dyn Clock>,
        migrate: bool,
    ) -> Result<Application, StartError> {
        let parts = Parts::build(&config, clock, migrate).await?;
        let setup = if parts.services.accounts.has_admin().await? {
            SetupToken::none()
        } else {
            SetupToken::generate()
        };
        let listener = Listener::bind("DESKWIRE_LISTEN", config.server.listen)?;
        let metrics_listen = config.server.metrics_listen;
        let metrics_listener = metrics_listen
            .map(|address| Listener::bind("DESKWIRE_METRICS_LISTEN", address))
            .transpose()?;
        let state = web::Data::new(State {
            cookie: CookiePolicy::new(&config.server),
            services: parts.services,
            authenticator: parts.authenticator,
            limits: parts.limits,
            proxies: TrustedProxies::new(config.server.trusted_proxies.clone()),
            waiting: Arc::default(),
            metrics: Metrics::new(parts.clock.now()),
            hub: parts.hub,
            database: parts.database,
            clock: parts.clock,
            setup,
            draining: AtomicBool::new(false),
            config,
        });
        let address = listener.address;
        let server = listener.serve(state.clone(), serve)?;
        let metrics_address = metrics_listener.as_ref().map(|listener| listener.address);
        let metrics = metrics_listener
            .map(|listener| listener.serve(state.clone(), metrics::listener::serve))
            .transpose()?;
        Ok(Application {
            state,
            revocations: parts.revocations,
            address,
            server,
            metrics_address,
            metrics,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the metrics are.
    #[must_use]
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics_address
    }

    /// What the requests share.
    #[must_use]
    pub fn state(&self) -> &web::Data<State> {
        &self.state
    }

    /// A handle that ends it from elsewhere.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Serves until `stop` resolves. Then it is not ready any more and lets sockets go, but serves on for as long as
    /// load balancers take to notice; at last it lets requests finish and closes the database.
    ///
    /// # Errors
    /// When the server fails.
    pub async fn run_until(self, stop: impl Future<Output = ()>) -> io::Result<()> {
        let Application {
            state,
            revocations,
            server,
            metrics,
            ..
        } = self;
        let handle = server.handle();
        let metrics_handle = metrics.as_ref().map(Server::handle);
        if let Some(metrics) = metrics {
            tokio::spawn(metrics);
        }
        let tickets = state.services.tickets.clone();
        let endings = state.authenticator.sessions().endings();
        let mut chores = JoinSet::new();
        chores.spawn(async move { tickets.relay_outbox().await });
        let tickets = state.services.tickets.clone();
        chores.spawn(async move { tickets.keep_releasing().await });
        let alerts = state.services.alerts.clone();
        chores.spawn(async move { alerts.repeat_alerts().await });
        let sessions = state.services.sessions.clone();
        chores.spawn(async move { revocations.keep_tidy().await });
        chores.spawn(async move { sessions.keep_revoking().await });
        chores.spawn(close_ended(endings, state.hub.clone()));
        let serving = tokio::spawn(server);
        let ended = tokio::select! {
            () = stop => None,
            ended = serving => Some(ended),
        };
        info!("Stopping");
        state.draining.store(true, Ordering::Relaxed);
        let unnoticed = match ended {
            None => state.config.server.drain,
            Some(_) => Duration::ZERO,
        };
        tokio::join!(
            state.hub.drain(COME_BACK_AFTER),
            tokio::time::sleep(unnoticed),
        );
        if ended.is_none() {
            handle.stop(true).await;
        }
        // Not earlier: what the last requests commit is announced too.
        chores.shutdown().await;
        if let Some(handle) = metrics_handle {
            handle.stop(false).await;
        }
        // A statement that hangs must not keep the process from ending.
        let _ = tokio::time::timeout(CLOSE_WITHIN, state.database.clone().close()).await;
        match ended {
            Some(Ok(result)) => result,
            Some(Err(cause)) => Err(io::Error::other(cause)),
            None => Ok(()),
        }
    }
}

fn serve(state: web::Data<State>, listener: TcpListener) -> io::Result<Server> {
    let document = openapi::document();
    let known = web::Data::new(KnownPaths::new(&document));
    let headers = web::Data::new(SecurityHeaders::new(&state.config.server));
    line::serve(listener, SHUTDOWN_WITHIN_S, move || {
        let reader = SwaggerUi::new("/api/docs/{_:.*}").url("/api/openapi.json", document.clone());
        let (app, _) = App::new()
            .into_utoipa_app()
            .map(|app| {
                app.wrap(cors(&state.config.server))
                    .wrap(from_fn(context::wrap))
                    .app_data(state.clone())
                    .app_data(known.clone())
                    .app_data(headers.clone())
            })
            .configure(routes::configure)
            .split_for_parts();
        app.service(web::redirect("/api/docs", "/api/docs/"))
            .service(reader)
            .default_service(web::to(web_app::serve))
    })
}

/// Exactly the configured origins, with credentials; nothing is reflected.
fn cors(server: &ServerConfig) -> Cors {
    let cors = Cors::default()
        .allowed_methods([
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ])
        .allowed_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([
            header::RETRY_AFTER,
            header::HeaderName::from_static("x-request-id"),
            header::HeaderName::from_static(export::TRUNCATED),
        ])
        .supports_credentials()
        .max_age(600)
        .block_on_origin_mismatch(false);
    let origins = server.allowed_origins.iter();
    origins.fold(cors, |cors, origin| cors.allowed_origin(origin.as_str()))
}
