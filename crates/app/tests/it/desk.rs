//! A desk under test: the whole application with a database, and in production with a Redis, of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use app::application::Application;
use app::clock::SystemClock;
use app::config::{Config, LogConfig, Origin, Secrets, ServerConfig, StorageConfig};
use app::state::State;
use auth::RedisOptions;
use domain::{Clock, Email, PersonName};
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

pub(crate) struct Desk {
    pub(crate) base: String,
    pub(crate) state: web::Data<State>,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<std::io::Result<()>>,
    // Dropped last: the application uses it to its end.
    pub(crate) database: ThrowawayDatabase,
}

impl Fixture for Desk {
    async fn start(database: ThrowawayDatabase) -> Desk {
        Desk::start_with(database, Arc::new(SystemClock)).await
    }
}

impl Desk {
    pub(crate) async fn start_with(database: ThrowawayDatabase, clock: Arc<dyn Clock>) -> Desk {
        let application = Application::build(config(&database), clock, true)
            .await
            .unwrap();
        let base = format!("http://{}", application.address());
        let state = application.state().clone();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(application.run_until(async move {
            let _ = stopped.await;
        }));
        Desk {
            base,
            state,
            stop: Some(stop),
            running,
            database,
        }
    }

    /// Ends the application in good order and gives its database.
    pub(crate) async fn stop(mut self) -> ThrowawayDatabase {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        tokio::time::timeout(END_WITHIN, self.running)
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        self.database
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
                wait_timeout: PATIENCE,
                command_timeout: PATIENCE,
                connect_timeout: PATIENCE,
                ..RedisOptions::new(testkit::redis::url().into())
            }),
        },
        secrets: Secrets {
            access: "kT8mQ2vX9rL4nB7cH1jF6wZ3yD5sG0aE".to_owned().into(),
            refresh: "pW3xN8bV5mK1qR9tC7hJ2fL6gS4dY0uZ".to_owned().into(),
            pepper: "zA6sD1fG8hJ3kL9qW4eR7tY2uI5oP0xC".to_owned().into(),
        },
        password_cost: COST,
        commands_per_minute: 120,
        log: LogConfig {
            filter: "warn".to_owned(),
            format: None,
        },
    }
}
