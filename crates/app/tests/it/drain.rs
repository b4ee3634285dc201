//! The end of a node: what it has accepted it finishes, and everybody is told in time to go elsewhere.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use testkit::database::{ThrowawayDatabase, on_sqlite};
use testkit::http::Caller;
use testkit::socket::{Handshake, SocketClient};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::binary::Logged;

const WRITERS: usize = 4;
/// Answers that come before the word to end.
const BEFORE: u32 = 40;
/// Against hanging.
const END_WITHIN: Duration = Duration::from_secs(40);

/// Messages into one ticket without a pause, over one pool of connections.
struct Writers {
    answers: Arc<Semaphore>,
    tasks: JoinSet<Answers>,
}

/// What a writer came to.
#[derive(Default)]
struct Answers {
    /// Client ids of the messages that were acknowledged.
    acknowledged: Vec<Value>,
    /// Those of the messages to which no answer came.
    unanswered: Vec<Value>,
}

impl Writers {
    /// They stop as a load balancer does, when the node is not ready any more, or when nobody answers.
    fn start(caller: &Caller, ticket: i64) -> Writers {
        let answers = Arc::new(Semaphore::new(0));
        let mut tasks = JoinSet::new();
        for _ in 0..WRITERS {
            tasks.spawn(write(caller.clone(), ticket, Arc::clone(&answers)));
        }
        Writers { answers, tasks }
    }

    /// Waits until they have got so many answers more.
    async fn answered(&self, count: u32) {
        self.answers.acquire_many(count).await.unwrap().forget();
    }

    async fn end(self) -> Answers {
        let all = self.tasks.join_all().await;
        let mut sum = Answers::default();
        for one in all {
            sum.acknowledged.extend(one.acknowledged);
            sum.unanswered.extend(one.unanswered);
        }
        sum
    }
}

async fn write(caller: Caller, ticket: i64, answers: Arc<Semaphore>) -> Answers {
    let path = format!("/tickets/{ticket}/messages");
    let mut sum = Answers::default();
    loop {
        let id = json!(Uuid::new_v4());
        let message = json!({"client_id": id, "body": "Hello?"});
        let request = caller.request(Method::POST, &path).json(&message);
        let Ok(answer) = request.send().await else {
            sum.unanswered.push(id);
            return sum;
        };
        let closes = answer.headers().get(header::CONNECTION).cloned();
        assert_eq!(answer.status(), StatusCode::CREATED);
        answer.bytes().await.unwrap();
        sum.acknowledged.push(id);
        answers.add_permits(1);
        if closes.is_some_and(|value| value == "close") && !is_ready(&caller).await {
            return sum;
        }
    }
}

/// Whether a load balancer would go on to send requests there.
async fn is_ready(caller: &Caller) -> bool {
    let asked = caller.request(Method::GET, "readyz").send().await;
    asked.is_ok_and(|answer| answer.status() == StatusCode::OK)
}

/// Waits until the node says that it is about to end.
async fn noticed(caller: &Caller) {
    while is_ready(caller).await {
        tokio::task::yield_now().await;
    }
}

/// The client ids in a ticket, read from the file when the process has gone.
async fn stored(database: &ThrowawayDatabase, ticket: i64) -> Vec<Value> {
    let pool = sqlx::SqlitePool::connect(database.url()).await.unwrap();
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT client_id FROM timeline WHERE ticket_id = ? AND kind = 'message'",
    )
    .bind(ticket)
    .fetch_all(&pool)
    .await
    .unwrap();
    pool.close().await;
    ids.into_iter().map(|id| json!(id)).collect()
}

async fn is_told_to_come_back(mut socket: SocketClient) {
    let draining = socket.expect("draining").await;
    let pause = draining["retry_after_ms"].as_u64().unwrap();
    assert!((500..=1500).contains(&pause), "{draining}");
    assert_eq!(socket.closed().await, 4501);
}

#[test]
fn a_node_that_ends_serves_until_the_load_balancers_have_noticed() {
    on_sqlite(|database: ThrowawayDatabase| async move {
        let settings = [("DESKWIRE_DRAIN_SECONDS", "8")];
        let mut server = Logged::configured(&database, "info", &settings);
        let ada = Caller::register(&server.base, "Ada").await;
        let ticket = ada.open_ticket("Printer").await;
        let mut sockets = Vec::new();
        for _ in 0..3 {
            let mut socket = SocketClient::connect(&server.base, &ada).await;
            assert_eq!(socket.join(ticket, None).await["type"], "joined");
            sockets.push(socket);
        }
        let writers = Writers::start(&ada, ticket);
        writers.answered(BEFORE).await;

        server.terminate();
        noticed(&ada).await;
        // Over a new connection too, and each answer says not to come back on it.
        let answer = Caller::new(&server.base).get("livez").await;
        assert_eq!(answer.status, 204);
        assert_eq!(answer.headers[header::CONNECTION], "close");
        let late = Handshake::new(&server.base, &ada).open().await;
        let mut late = late.unwrap();
        let hello = json!({"type": "hello", "token": ada.access_token});
        late.command(hello).await;
        assert_eq!(late.closed().await, 4501);
        for socket in sockets {
            is_told_to_come_back(socket).await;
        }
        let answers = writers.end().await;
        assert!(answers.unanswered.is_empty(), "{:?}", answers.unanswered);

        let ended = tokio::task::spawn_blocking(move || server.ended_within(END_WITHIN));
        assert_eq!(ended.await.unwrap().code(), Some(0));
        let mut stored = stored(&database, ticket).await;
        let mut acknowledged = answers.acknowledged;
        for ids in [&mut stored, &mut acknowledged] {
            ids.sort_by_key(Value::to_string);
        }
        assert_eq!(stored, acknowledged);
    });
}

#[test]
fn what_a_node_has_begun_to_work_on_is_answered_even_if_it_ends_at_once() {
    on_sqlite(|database: ThrowawayDatabase| async move {
        let settings = [("DESKWIRE_DRAIN_SECONDS", "0")];
        let mut server = Logged::configured(&database, "info", &settings);
        let ada = Caller::register(&server.base, "Ada").await;
        let ticket = ada.open_ticket("Printer").await;
        let writers = Writers::start(&ada, ticket);
        writers.answered(BEFORE).await;
        server.terminate();
        let answers = writers.end().await;
        let ended = tokio::task::spawn_blocking(move || server.ended_within(END_WITHIN));
        assert_eq!(ended.await.unwrap().code(), Some(0));
        // A request that nobody took leaves nothing behind.
        let stored = stored(&database, ticket).await;
        for id in &answers.unanswered {
            assert!(!stored.contains(id), "stored, and not acknowledged: {id}");
        }
        assert_eq!(stored.len(), answers.acknowledged.len());
    });
}

#[test]
fn a_second_signal_ends_it_at_once() {
    on_sqlite(|database: ThrowawayDatabase| async move {
        let settings = [("DESKWIRE_DRAIN_SECONDS", "300")];
        let mut server = Logged::configured(&database, "info", &settings);
        let stranger = Caller::new(&server.base);
        server.terminate();
        noticed(&stranger).await;
        server.terminate();
        let ended = tokio::task::spawn_blocking(move || server.ended_within(END_WITHIN));
        // As of a process that the signal itself has ended.
        assert_eq!(ended.await.unwrap().code(), Some(128 + 15));
    });
}
