//! A desk under test: the whole application with a database, and in production with a Redis, of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use app::application::Application;
use app::clock::SystemClock;
use app::config::{
    Config, LimitsConfig, LogConfig, Origin, Secrets, ServerConfig, SocketConfig, StorageConfig,
};
use app::state::State;
use auth::RedisOptions;
use domain::{Clock, Email, PersonName};
use realtime::HubOptions;
use services::{DatabaseOptions, NewAccount};
use testkit::database::{Fixture, ThrowawayDatabase};
use testkit::http::{Caller, PASSWORD};
use testkit::socket::SocketClient;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// The cheapest hash; its cost is not under test here.
const COST: u32 = 4;
/// A machine that is busy with other tests is no fault of the application.
const PATIENCE: Duration = Duration::from_secs(30);
const END_WITHIN: Duration = Duration::from_secs(30);

/// An application that serves.
pub(crate) struct Node {
    pub(crate) base: String,
    /// Where its metrics are, if it has any.
    pub(crate) metrics: Option<String>,
    pub(crate) state: web::Data<State>,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<std::io::Result<()>>,
}

/// A node with a database of its own.
pub(crate) struct Desk {
    node: Node,
    // Dropped last: the application uses it to its end.
    pub(crate) database: ThrowawayDatabase,
}

impl std::ops::Deref for Desk {
    type Target = Node;

    fn deref(&self) -> &Node {
        &self.node
    }
}

impl Fixture for Desk {
    async fn start(database: ThrowawayDatabase) -> Desk {
        Desk::start_with(database, Arc::new(SystemClock)).await
    }
}

impl Desk {
    pub(crate) async fn start_with(database: ThrowawayDatabase, clock: Arc<dyn Clock>) -> Desk {
        Desk::configured(database, clock, |_| {}).await
    }

    /// A desk that differs in its configuration.
    pub(crate) async fn configured(
        database: ThrowawayDatabase,
        clock: Arc<dyn Clock>,
        change: impl FnOnce(&mut Config),
    ) -> Desk {
        let mut config = config(&database);
        change(&mut config);
        let node = Node::start(config, clock).await;
        Desk { node, database }
    }

    /// Another node on the same database and Redis.
    pub(crate) async fn another_node(&self) -> Node {
        Node::start(self.state.config.clone(), Arc::clone(&self.state.clock)).await
    }

    /// Another node on the same database that differs in its configuration.
    pub(crate) async fn node_with(&self, config: Config) -> Node {
        Node::start(config, Arc::clone(&self.state.clock)).await
    }

    /// Commits a message and announces nothing, as a process does that is killed in between.
    pub(crate) async fn commit_and_die(&self, ticket: i64, seq: i64, author: i64, body: &str) {
        let then = SystemClock.now().minus(Duration::from_secs(5)).0;
        for sql in [
            format!(
                "INSERT INTO timeline (ticket_id, seq, kind, actor_id, body, created_at) \
                 VALUES ({ticket}, {seq}, 'message', {author}, '{body}', {then})"
            ),
            format!(
                "UPDATE tickets SET last_seq = {seq}, last_message_seq = {seq}, last_message_preview = '{body}' \
                 WHERE id = {ticket}"
            ),
            format!(
                "INSERT INTO outbox (ticket_id, seq, created_at) VALUES ({ticket}, {seq}, {then})"
            ),
        ] {
            self.database.execute(&sql).await;
        }
    }

    /// Ends the application in good order and gives its database.
    pub(crate) async fn stop(self) -> ThrowawayDatabase {
        self.node.stop().await;
        self.database
    }
}

impl Node {
    async fn start(config: Config, clock: Arc<dyn Clock>) -> Node {
        let application = Application::build(config, clock, true).await.unwrap();
        let base = format!("http://{}", application.address());
        let metrics = application.metrics_address();
        let state = application.state().clone();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(application.run_until(async move {
            let _ = stopped.await;
        }));
        Node {
            base,
            metrics: metrics.map(|address| format!("http://{address}")),
            state,
            stop: Some(stop),
            running,
        }
    }

    /// Ends it in good order.
    pub(crate) async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        tokio::time::timeout(END_WITHIN, self.running)
            .await
            .unwrap()
            .unwrap()
            .unwrap();
    }

    /// A customer, signed in.
    pub(crate) async fn customer(&self, name: &str) -> Caller {
        Caller::register(&self.base, name).await
    }

    /// An admin, made as at the command line, and signed in.
    pub(crate) async fn admin(&self, name: &str) -> Caller {
        let email = format!("{}@example.org", Uuid::new_v4().simple());
        let account = NewAccount {
            email: Email::parse(&email).unwrap(),
            name: PersonName::parse(name).unwrap(),
            password: PASSWORD.to_owned().into(),
        };
        self.state
            .services
            .accounts
            .create_admin(account)
            .await
            .unwrap();
        Caller::log_in(&self.base, &email).await
    }

    pub(crate) fn stranger(&self) -> Caller {
        Caller::new(&self.base)
    }

    pub(crate) async fn socket(&self, caller: &Caller) -> SocketClient {
        SocketClient::connect(&self.base, caller).await
    }
}

fn config(database: &ThrowawayDatabase) -> Config {
    let production = database.is_mysql();
    let public_url = "http://localhost:8080/".parse().unwrap();
    Config {
        server: ServerConfig {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            allowed_origins: vec![
                Origin::of(&public_url),
                Origin::parse("https://portal.example.org").unwrap(),
            ],
            public_url,
            insecure_cookie: false,
            trusted_proxies: Vec::new(),
            metrics_listen: None,
            drain: Duration::ZERO,
        },
        storage: StorageConfig {
            data_dir: "./data".into(),
            database: DatabaseOptions {
                acquire_timeout: PATIENCE,
                lock_timeout: PATIENCE,
                ..DatabaseOptions::new(database.url())
            },
            redis: production.then(|| RedisOptions {
                key_prefix: testkit::redis::key_prefix(),
                ..RedisOptions::new(testkit::redis::url().into()).patient_for(PATIENCE)
            }),
        },
        secrets: Secrets {
            access: "kT8mQ2vX9rL4nB7cH1jF6wZ3yD5sG0aE".to_owned().into(),
            refresh: "pW3xN8bV5mK1qR9tC7hJ2fL6gS4dY0uZ".to_owned().into(),
            pepper: "zA6sD1fG8hJ3kL9qW4eR7tY2uI5oP0xC".to_owned().into(),
        },
        password_cost: COST,
        limits: LimitsConfig {
            // All the people of a test sign in from one address.
            auth_per_minute: 10_000,
            commands_per_minute: 120,
        },
        sockets: SocketConfig::default(),
        alert_after: Some(Duration::from_secs(120)),
        hub: HubOptions::default(),
        log: LogConfig {
            filter: "warn".to_owned(),
            format: None,
        },
    }
}
