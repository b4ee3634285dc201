//! Sockets whose session ends, runs out, or cannot be looked up any more.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use app::clock::SystemClock;
use app::config::SocketConfig;
use auth::RedisOptions;
use serde_json::json;
use testkit::clock::ManualClock;
use testkit::database::{ThrowawayDatabase, on_mysql};
use testkit::http::Caller;
use testkit::on_every_database;
use testkit::redis::Gate;
use testkit::socket::{Handshake, SocketClient};
use uuid::Uuid;

use super::still_serves;
use crate::desk::Desk;

/// A look at the session store that is under way ends first, within three quarters of a second; the rest is for a
/// machine that is busy with other tests.
const SLACK: Duration = Duration::from_secs(8);

async fn joined(desk: &Desk, caller: &Caller, ticket: i64) -> SocketClient {
    let mut socket = desk.socket(caller).await;
    assert_eq!(socket.join(ticket, None).await["type"], "joined");
    socket
}

/// What an account's own clients and its admins can do to end a session, all of which close its sockets.
async fn take_away(how: &str, desk: &Desk, ada: &Caller, mira: &Caller) {
    let user = format!("/users/{}", ada.user_id);
    let status = match how {
        "disabled" => mira.patch(&user, json!({"disabled": true})).await.status,
        "another role" => mira.patch(&user, json!({"role": "admin"})).await.status,
        "ended by an admin" => mira.delete(&format!("{user}/sessions")).await.status,
        "ended elsewhere" => {
            let other = Caller::log_in(&desk.base, &ada.email).await;
            other.delete("/auth/sessions").await.status
        }
        _ => ada.post_empty("/auth/logout").await.status,
    };
    assert!(status.is_success(), "{how}: {status}");
}

const WAYS: [&str; 5] = [
    "disabled",
    "another role",
    "ended by an admin",
    "ended elsewhere",
    "signed out",
];

on_every_database! {
    async fn rights_taken_away_end_the_socket_and_its_commands(desk: Desk) {
        let mira = desk.admin("Mira").await;
        for how in WAYS {
            let ada = desk.customer("Ada").await;
            let ticket = ada.open_ticket("Printer").await;
            let mut socket = joined(&desk, &ada, ticket).await;
            take_away(how, &desk, &ada, &mira).await;
            // At once, while the close is on its way: no command is served any more, nothing is heard.
            let send = json!({"type": "message.send", "client_id": Uuid::new_v4(), "body": "Still here"});
            let id = socket.command(send).await;
            mira.say(ticket, "Not for Ada").await;
            assert_eq!(socket.closed().await, 4403, "{how}");
            let heard = json!(socket.others()).to_string();
            assert!(!heard.contains("Not for Ada"), "{how}: {heard}");
            assert!(socket.others().iter().all(|frame| frame["id"] != id), "{how}: {heard}");
            let timeline = mira.timeline(ticket).await;
            assert!(timeline.iter().all(|entry| entry["body"] != "Still here"), "{how}");
        }
        still_serves(&desk, &mira).await;
        desk.stop().await;
    }

    async fn a_session_that_ends_during_the_hello_leaves_no_socket(desk: Desk) {
        for _ in 0..12 {
            let ada = desk.customer("Ada").await;
            let mut socket = Handshake::new(&desk.base, &ada).open().await.unwrap();
            let hello = json!({"type": "hello", "token": ada.access_token});
            let ending = ada.post_empty("/auth/logout");
            let (_, ended) = tokio::join!(socket.command(hello), ending);
            assert_eq!(ended.status, 204);
            // Welcome or not, it ends now and not at the next look at the session.
            let begun = Instant::now();
            assert_eq!(socket.closed().await, 4403);
            assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
        }
        desk.state.hub.emptied().await;
        desk.stop().await;
    }

    async fn a_fresh_token_keeps_the_socket_and_none_ends_it(database: ThrowawayDatabase) {
        let clock = ManualClock::new();
        // A clock that a test turns wakes nobody, so the socket looks at it often.
        let often = |config: &mut app::config::Config| {
            config.sockets.revalidate_every = Duration::from_millis(20);
        };
        let desk = Desk::configured(database, Arc::new(clock.clone()), often).await;
        let mut ada = desk.customer("Ada").await;
        let mut socket = desk.socket(&ada).await;
        let leave = || json!({"type": "ticket.leave"});

        clock.advance(Duration::from_secs(239));
        for _ in 0..10 {
            assert_eq!(socket.ask(leave()).await["type"], "ok");
        }
        assert!(socket.others().iter().all(|frame| frame["type"] != "auth.expiring"));
        clock.advance(Duration::from_secs(1));
        let told = socket.expect("auth.expiring").await;
        assert_eq!(told["expires_at"], "2026-01-01T00:05:00.000000Z", "{told}");

        let fresh = ada.post_empty("/auth/refresh").await;
        ada.keep(&fresh);
        let auth = json!({"type": "auth", "token": ada.access_token});
        assert_eq!(socket.ask(auth.clone()).await["type"], "ok");
        clock.advance(Duration::from_secs(70));
        assert_eq!(socket.ask(leave()).await["type"], "ok");

        // The next time nobody brings one: the end of the leeway is the end.
        clock.advance(Duration::from_secs(180));
        socket.expect("auth.expiring").await;
        clock.advance(Duration::from_secs(54));
        assert_eq!(socket.ask(leave()).await["type"], "ok");
        clock.advance(Duration::from_secs(1));
        assert_eq!(socket.closed().await, 4401);
        assert!(socket.others().iter().all(|frame| frame["type"] != "auth.expiring"), "told twice");
        desk.stop().await;
    }
}

#[test]
fn without_an_answer_of_the_session_store_nothing_is_heard_for_long() {
    on_mysql(|database: ThrowawayDatabase| async {
        let gate = Gate::open().await.unwrap();
        let url = gate.url().to_owned();
        let valid_for = Duration::from_secs(2);
        let behind_the_gate = move |config: &mut app::config::Config| {
            config.storage.redis = Some(RedisOptions {
                key_prefix: testkit::redis::key_prefix(),
                ..RedisOptions::new(url.into()).patient_for(Duration::from_millis(750))
            });
            config.sockets = SocketConfig {
                revalidate_every: Duration::from_millis(200),
                valid_for,
                ..SocketConfig::default()
            };
        };
        let desk = Desk::configured(database, Arc::new(SystemClock), behind_the_gate).await;
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let ticket = ada.open_ticket("Printer").await;
        let mut socket = joined(&desk, &ada, ticket).await;
        let refresh = mira
            .cookie
            .clone()
            .unwrap()
            .split_once('=')
            .unwrap()
            .1
            .to_owned();
        let authenticator = &desk.state.authenticator;
        let access = mira.access_token.clone().unwrap();
        let verified = authenticator.authenticate(&access, &refresh).await.unwrap();

        gate.silence();
        let begun = Instant::now();
        // Mira's session was verified before, so her messages need no session store.
        let tickets = desk.state.services.tickets.clone();
        let spoken = Arc::new(Mutex::new(Vec::new()));
        let said = Arc::clone(&spoken);
        let writing = tokio::spawn(async move {
            loop {
                let body = domain::Body::parse("Still there?").unwrap();
                said.lock().unwrap().push(Instant::now());
                let message = services::NewMessage {
                    client_id: domain::ClientId(Uuid::new_v4()),
                    body,
                    internal: false,
                    seen: None,
                };
                tickets
                    .send(&verified, domain::TicketId(ticket), message)
                    .await
                    .unwrap();
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        // A command is refused as temporary in the meantime, not as signed out.
        let answer = socket.ask(json!({"type": "typing"})).await;
        assert!(
            matches!(answer["code"].as_str(), Some("unavailable")),
            "{answer}"
        );
        assert_eq!(socket.closed().await, 4503);
        let lasted = begun.elapsed();
        assert!(lasted < valid_for + SLACK, "{lasted:?}");
        let frames = socket.others().into_iter();
        let heard = frames.filter(|frame| frame["type"] == "entry").count();
        assert!(
            heard > 0,
            "what was said while the session was known is heard"
        );
        let last = spoken.lock().unwrap()[heard - 1].duration_since(begun);
        assert!(last < valid_for + SLACK, "{last:?}");
        writing.abort();

        gate.restore();
        let mut again = joined(&desk, &ada, ticket).await;
        assert_eq!(
            again.ask(json!({"type": "ticket.leave"})).await["type"],
            "ok"
        );
        still_serves(&desk, &ada).await;
        desk.stop().await;
    });
}
