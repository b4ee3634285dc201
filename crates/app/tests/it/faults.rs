//! Redis and the database refused, cut and silent: an answer in time that signs nobody out, and back by itself.

mod resurrection;

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::clock::SystemClock;
use auth::RedisOptions;
use reqwest::Method;
use serde_json::{Value, json};
use services::DatabaseOptions;
use testkit::database::{ThrowawayDatabase, on_mysql};
use testkit::http::{Answer, Caller, PASSWORD};
use testkit::redis::{self, Gate};
use testkit::socket::Handshake;

use crate::attacks::document::operations;
use crate::attacks::headers::is_guarded;
use crate::desk::Desk;

/// Against hanging; how fast it really is, is no matter for a test on a busy machine.
const IN_TIME: Duration = Duration::from_secs(10);
/// A dependency that is back is used again within this time.
const BACK_WITHIN: Duration = Duration::from_secs(30);

/// A desk whose Redis is at this address, with time-outs three times as long as those of a real one.
async fn desk_with_redis(database: ThrowawayDatabase, url: &str, prefix: &str) -> Desk {
    let options = RedisOptions {
        key_prefix: prefix.to_owned(),
        ..RedisOptions::new(url.into()).patient_for(Duration::from_millis(750))
    };
    let clock = Arc::new(SystemClock);
    Desk::configured(database, clock, |config| {
        config.storage.redis = Some(options);
    })
    .await
}

/// A desk whose line to the database a test can break, with the time-outs of a real one.
pub(crate) async fn desk_with_a_line_to_its_database(
    database: ThrowawayDatabase,
    change: impl FnOnce(&mut app::config::Config),
) -> (Gate, Desk) {
    let (before, path) = database.url().rsplit_once('/').unwrap();
    let server = before.rsplit(['@', '/']).next().unwrap();
    let gate = Gate::to(server).await.unwrap();
    let begin = before.strip_suffix(server).unwrap();
    let url = format!("{begin}{}/{path}", gate.address());
    let through_the_gate = |config: &mut app::config::Config| {
        config.storage.database = DatabaseOptions::new(url);
        change(config);
    };
    let desk = Desk::configured(database, Arc::new(SystemClock), through_the_gate).await;
    (gate, desk)
}

/// That it is a 503 that says when to come back.
fn is_unavailable(label: &str, answer: &Answer) {
    assert_eq!(
        (answer.status.as_u16(), answer.code()),
        (503, "unavailable"),
        "{label}: {}",
        answer.text
    );
    answer.refused(503, "unavailable");
    assert!(
        answer.retry_after().is_some_and(|seconds| seconds > 0),
        "{label}"
    );
    assert_eq!(answer.cookies().count(), 0, "{label} takes the cookie away");
    assert_eq!(answer.headers["cache-control"], "no-store", "{label}");
    is_guarded(label, &answer.headers);
}

/// Every request that needs the session store, each by itself, and how long the slowest took.
async fn all_are_unavailable(label: &str, desk: &Desk, ada: &Caller) -> Duration {
    let mut slowest = Duration::ZERO;
    let needed = ["refresh", "log_in", "register"];
    for operation in operations() {
        if !operation.needs_session() && !needed.contains(&operation.name.as_str()) {
            continue;
        }
        let begun = Instant::now();
        let answer = operation.call(ada, "1").await;
        slowest = slowest.max(begun.elapsed());
        is_unavailable(&format!("{label}: {}", operation.name), &answer);
    }
    let handshake = Handshake::new(&desk.base, ada).open().await;
    assert_eq!(handshake.err(), Some(503), "{label}");
    slowest
}

async fn readiness(desk: &Desk, dependency: &str) -> Option<bool> {
    let stranger = desk.stranger();
    assert_eq!(stranger.get("livez").await.status, 204);
    let ready = stranger.get("readyz").await;
    assert!(matches!(ready.status.as_u16(), 200 | 503), "{}", ready.text);
    assert_eq!(
        ready.status == 200,
        ready.json["ready"] == true,
        "{}",
        ready.text
    );
    let dependencies = ready.json["dependencies"].as_array().unwrap();
    let found = dependencies
        .iter()
        .find(|found| found["name"] == dependency)?;
    found["ok"].as_bool()
}

/// Asks until the answer is this one; for what comes back by itself.
async fn becomes(status: u16, mut ask: impl AsyncFnMut() -> Answer) -> Duration {
    let begun = Instant::now();
    loop {
        let answer = ask().await;
        if answer.status == status {
            return begun.elapsed();
        }
        assert_eq!(answer.status, 503, "{}", answer.text);
        assert!(begun.elapsed() < BACK_WITHIN, "still {}", answer.text);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[test]
fn without_redis_nobody_is_signed_out_and_with_it_all_goes_on() {
    on_mysql(|database: ThrowawayDatabase| async {
        let gate = Gate::open().await.unwrap();
        let desk = desk_with_redis(database, gate.url(), &redis::key_prefix()).await;
        let ada = desk.customer("Ada").await;
        let ticket = ada.open_ticket("Printer").await;
        for (label, break_it) in [("cut", Gate::cut as fn(&Gate)), ("silent", Gate::silence)] {
            let leaver = Caller::log_in(&desk.base, &ada.email).await;
            break_it(&gate);
            let begun = Instant::now();
            is_unavailable(label, &leaver.post_empty("/auth/logout").await);
            assert!(begun.elapsed() < IN_TIME, "{label}: {:?}", begun.elapsed());
            let slowest = all_are_unavailable(label, &desk, &ada).await;
            assert!(slowest < IN_TIME, "{label}: {slowest:?}");
            assert_eq!(readiness(&desk, "sessions").await, Some(false), "{label}");
            assert_eq!(readiness(&desk, "database").await, Some(true), "{label}");

            gate.restore();
            becomes(200, async || ada.get("/me").await).await;
            assert_eq!(readiness(&desk, "sessions").await, Some(true), "{label}");
            // Whoever asked for the end of a session gets it, for it was stored before Redis was told.
            leaver.get("/me").await.refused(401, "unauthenticated");
            ada.say(ticket, label).await;
            let mut socket = desk.socket(&ada).await;
            assert_eq!(socket.join(ticket, None).await["type"], "joined", "{label}");
            Caller::log_in(&desk.base, &ada.email).await;
        }
        // What was asked in vain was not done either.
        assert_eq!(ada.get("/me").await.expect(200)["name"], "Ada");
        assert_eq!(ada.timeline(ticket).await.len(), 3);
        desk.stop().await;
    });
}

#[test]
fn a_redis_that_was_never_there_is_a_503_too() {
    on_mysql(|database: ThrowawayDatabase| async {
        // Tokens of another desk with the same secrets: genuine, but for the session behind them.
        let prefix = redis::key_prefix();
        let desk = desk_with_redis(database, &redis::url(), &prefix).await;
        let ada = desk.customer("Ada").await;
        let database = desk.stop().await;

        let nowhere = redis::refusing_url().await.unwrap();
        let desk = desk_with_redis(database, &nowhere, &prefix).await;
        let ada = moved(&ada, &desk.base);
        let slowest = all_are_unavailable("refused", &desk, &ada).await;
        assert!(slowest < IN_TIME, "{slowest:?}");
        assert_eq!(readiness(&desk, "sessions").await, Some(false));
        // What no session store could make right is still wrong.
        let mut forged = ada.clone();
        forged.access_token = Some("x".to_owned());
        forged.get("/me").await.refused(401, "unauthenticated");
        desk.stop().await;
    });
}

#[test]
fn without_the_database_answers_say_so_and_with_it_all_goes_on() {
    on_mysql(|database: ThrowawayDatabase| async {
        let (gate, desk) = desk_with_a_line_to_its_database(database, |_| {}).await;
        let ada = desk.customer("Ada").await;
        let ticket = ada.open_ticket("Printer").await;
        let mut socket = desk.socket(&ada).await;
        socket.join(ticket, None).await;
        for round in 0..2 {
            gate.cut();
            let say = json!({"client_id": uuid::Uuid::new_v4(), "body": "x"});
            for (method, path, body) in [
                (Method::GET, "/me".to_owned(), Value::Null),
                (Method::GET, "/tickets".to_owned(), Value::Null),
                (
                    Method::POST,
                    format!("/tickets/{ticket}/messages"),
                    say.clone(),
                ),
                (Method::PATCH, "/me".to_owned(), json!({"name": "Eve"})),
                (
                    Method::POST,
                    "/auth/login".to_owned(),
                    json!({"email": ada.email, "password": PASSWORD}),
                ),
                (Method::POST, "/auth/logout".to_owned(), Value::Null),
            ] {
                let begun = Instant::now();
                let request = ada.request(method, &path);
                let request = if body.is_null() {
                    request
                } else {
                    request.json(&body)
                };
                is_unavailable(&format!("{round} {path}"), &ada.send(request).await);
                assert!(
                    begun.elapsed() < Duration::from_secs(10),
                    "{path}: {:?}",
                    begun.elapsed()
                );
            }
            let answer = socket
                .ask(
                    json!({"type": "message.send", "client_id": uuid::Uuid::new_v4(), "body": "x"}),
                )
                .await;
            assert_eq!(answer["code"], "unavailable", "{answer}");
            assert_eq!(readiness(&desk, "database").await, Some(false));

            gate.restore();
            becomes(200, async || ada.get("/tickets").await).await;
            assert_eq!(readiness(&desk, "database").await, Some(true));
            // What was not acknowledged can be sent again, and is there once.
            let sent = ada
                .post(&format!("/tickets/{ticket}/messages"), say.clone())
                .await
                .expect(201);
            let again = ada
                .post(&format!("/tickets/{ticket}/messages"), say)
                .await
                .expect(201);
            assert_eq!(sent, again);
            assert_eq!(ada.timeline(ticket).await.len(), 2 + round);
        }
        assert_eq!(ada.get("/me").await.expect(200)["name"], "Ada");
        desk.stop().await;
    });
}

#[test]
fn a_database_that_falls_silent_keeps_nobody_waiting() {
    on_mysql(|database: ThrowawayDatabase| async {
        let (gate, desk) = desk_with_a_line_to_its_database(database, |_| {}).await;
        let ada = desk.customer("Ada").await;
        gate.silence();
        // The first to notice: what has a connection already is not helped by the time to get one.
        let patience = Duration::from_secs(40);
        let (me, tickets, ready) = tokio::join!(
            tokio::time::timeout(patience, ada.get("/me")),
            tokio::time::timeout(patience, ada.get("/tickets")),
            tokio::time::timeout(patience, readiness(&desk, "database")),
        );
        gate.restore();
        assert_eq!(ready, Ok(Some(false)), "/readyz");
        is_unavailable("/me", &me.unwrap());
        is_unavailable("/tickets", &tickets.unwrap());
        becomes(200, async || ada.get("/tickets").await).await;
        assert_eq!(readiness(&desk, "database").await, Some(true));
        desk.stop().await;
    });
}

/// The same caller at another server.
fn moved(caller: &Caller, base: &str) -> Caller {
    let mut there = Caller::new(base);
    there.access_token = caller.access_token.clone();
    there.cookie = caller.cookie.clone();
    there.device = caller.device.clone();
    there.user_id = caller.user_id;
    there.email = caller.email.clone();
    there
}
