//! One request through the log of the real binary: from the id that the client sees to the announcement.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use testkit::database::{ThrowawayDatabase, on_sqlite};
use testkit::http::Caller;
use testkit::socket::SocketClient;
use uuid::Uuid;

use crate::binary::Logged;

const FILTER: &str = "info,services=debug";

/// Lines with this message about this entry, or about any.
fn lines<'l>(log: &'l [Value], message: &str, seq: Option<i64>) -> Vec<&'l Value> {
    let mut lines: Vec<&Value> = log
        .iter()
        .filter(|line| line["message"] == message)
        .collect();
    if let Some(seq) = seq.map(|seq| seq.to_string()) {
        lines.retain(|line| line["seq"] == seq);
    }
    lines
}

fn message() -> Value {
    json!({"client_id": Uuid::new_v4(), "body": "Hello?"})
}

/// Waits until all was announced: only then its rows go.
async fn outbox_emptied(database: &ThrowawayDatabase) {
    let pool = sqlx::SqlitePool::connect(database.url()).await.unwrap();
    let waiting = || sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM outbox").fetch_one(&pool);
    while waiting().await.unwrap() > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    pool.close().await;
}

#[test]
fn what_a_request_led_to_is_found_by_the_id_that_the_client_saw() {
    on_sqlite(|database: ThrowawayDatabase| async move {
        let server = Logged::start(&database, FILTER);
        let ada = Caller::register(&server.base, "Ada").await;
        let ticket = ada.open_ticket("Printer").await;
        let mut socket = SocketClient::connect(&server.base, &ada).await;
        socket.join(ticket, None).await;

        // A client's own id counts for nothing.
        let path = format!("/tickets/{ticket}/messages");
        let request = ada.request(Method::POST, &path).json(&message());
        let answer = ada.send(request.header("x-request-id", "mine")).await;
        assert_eq!(answer.status, 201);
        let id = answer.headers["x-request-id"].to_str().unwrap().to_owned();
        assert!(Uuid::parse_str(&id).is_ok(), "{id}");
        let refused = ada.get("/tickets/999999").await;
        let named = refused.json["request_id"].as_str().unwrap().to_owned();
        assert_eq!(refused.headers["x-request-id"], *named);

        // It was announced when it is here.
        socket.expect("entry").await;
        let mut send = message();
        send["type"] = "message.send".into();
        assert_eq!(socket.ask(send).await["type"], "ok");
        socket.expect("entry").await;
        drop(socket);
        outbox_emptied(&database).await;
        let log = server.end();

        let of_request = |line: &&Value| line["span"]["id"] == *id;
        let served = lines(&log, "Served", None);
        assert_eq!(served.iter().filter(|line| of_request(line)).count(), 1);
        let announced = lines(&log, "Announced an entry", Some(2));
        assert_eq!(announced.len(), 1, "{announced:?}");
        assert!(announced.iter().all(of_request), "{announced:?}");
        assert_eq!(announced[0]["ticket.id"], ticket.to_string());
        let missed = served.iter().find(|line| line["span"]["id"] == *named);
        assert_eq!(missed.unwrap()["status"], 404);

        // A command of a socket has an id too, in the span of its socket.
        let announced = lines(&log, "Announced an entry", Some(3));
        let spans = announced[0]["spans"].as_array().unwrap();
        let names: Vec<_> = spans.iter().map(|span| span["name"].as_str()).collect();
        assert_eq!(names, [Some("socket"), Some("command")]);
        assert_eq!(spans[0]["user.id"], ada.user_id.to_string());
        let command = spans[1]["id"].as_str().unwrap();
        assert!(Uuid::parse_str(command).is_ok_and(|id| id.get_version_num() == 7));
    });
}
