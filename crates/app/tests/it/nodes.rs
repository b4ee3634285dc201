//! Two nodes on one database and one Redis: what one of them ends is over on both.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::database::{ThrowawayDatabase, on_mysql};
use testkit::http::{Caller, PASSWORD};
use testkit::redis::Gate;

use crate::desk::{Desk, Node};

/// A session ends and its sockets close on every node within this time.
const AT_ONCE: Duration = Duration::from_secs(1);

/// The same person at another node.
fn at(node: &Node, caller: &Caller) -> Caller {
    let mut there = node.stranger();
    there.access_token = caller.access_token.clone();
    there.cookie = caller.cookie.clone();
    there.user_id = caller.user_id;
    there.email = caller.email.clone();
    there
}

#[test]
fn what_one_node_ends_is_over_on_the_other() {
    on_mysql(|database: ThrowawayDatabase| async move {
        let desk = Desk::start_with(database, std::sync::Arc::new(app::clock::SystemClock)).await;
        let other = desk.another_node().await;
        let mira = desk.admin("Mira").await;
        heard(&desk, &other).await;

        for way in [
            "log-out",
            "role",
            "disabling",
            "sessions of a user",
            "other sessions",
            "password",
        ] {
            let ada = desk.customer("Ada").await;
            let laptop = Caller::log_in(&desk.base, &ada.email).await;
            let mut socket = other.socket(&at(&other, &ada)).await;
            let account = format!("/users/{}", ada.user_id);
            let begun = Instant::now();
            let answer = match way {
                "log-out" => ada.post_empty("/auth/logout").await,
                "role" => mira.patch(&account, json!({"role": "admin"})).await,
                "disabling" => mira.patch(&account, json!({"disabled": true})).await,
                "sessions of a user" => mira.delete(&format!("{account}/sessions")).await,
                "other sessions" => laptop.delete("/auth/sessions").await,
                _ => {
                    let new = "seven green otters whistle";
                    let change = json!({"current_password": PASSWORD, "password": new});
                    laptop.put("/me/password", change).await
                }
            };
            assert!(answer.status.is_success(), "{way}: {}", answer.text);
            at(&other, &ada)
                .get("/me")
                .await
                .refused(401, "unauthenticated");
            assert_eq!(socket.closed().await, 4403, "{way}");
            assert!(
                begun.elapsed() < AT_ONCE + PATIENCE,
                "{way}: {:?}",
                begun.elapsed()
            );
        }
        other.stop().await;
        desk.stop().await;
    });
}

/// What a busy test machine may add.
const PATIENCE: Duration = Duration::from_secs(4);

/// Waits until the other node hears what this one ends; the line is opened in the background.
async fn heard(desk: &Desk, other: &Node) {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let eve = desk.customer("Eve").await;
        let mut socket = other.socket(&at(other, &eve)).await;
        eve.post_empty("/auth/logout").await;
        let closed = tokio::time::timeout(Duration::from_secs(2), socket.closed()).await;
        if closed.is_ok() {
            return;
        }
        assert!(Instant::now() < deadline, "the other node hears nothing");
    }
}

#[test]
fn refreshes_on_two_nodes_make_one_generation() {
    on_mysql(|database: ThrowawayDatabase| async move {
        let desk = Desk::start_with(database, std::sync::Arc::new(app::clock::SystemClock)).await;
        let other = desk.another_node().await;
        let ada = desk.customer("Ada").await;
        let refreshes: Vec<_> = (0..20)
            .map(|n| {
                let tab = if n % 2 == 0 {
                    ada.clone()
                } else {
                    at(&other, &ada)
                };
                tokio::spawn(async move { (tab.post_empty("/auth/refresh").await, tab) })
            })
            .collect();
        let mut generations = std::collections::BTreeSet::new();
        for refresh in refreshes {
            let (answer, mut tab) = refresh.await.unwrap();
            assert_eq!(answer.status, 200, "{}", answer.text);
            tab.keep(&answer);
            tab.get("/me").await.expect(200);
            generations.insert(generation(&tab));
        }
        assert_eq!(generations.into_iter().collect::<Vec<_>>(), [2]);
        other.stop().await;
        desk.stop().await;
    });
}

/// The generation that a refresh cookie names.
fn generation(caller: &Caller) -> i64 {
    use base64::Engine as _;
    let token = caller
        .cookie
        .as_deref()
        .unwrap()
        .split('=')
        .next_back()
        .unwrap();
    let claims = token.split('.').nth(1).unwrap();
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(claims)
        .unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    claims["gen"].as_i64().unwrap()
}

#[test]
fn nodes_share_the_limits() {
    on_mysql(|database: ThrowawayDatabase| async move {
        let clock = std::sync::Arc::new(testkit::clock::ManualClock::new());
        let desk =
            Desk::configured(database, clock, |config| config.limits.auth_per_minute = 10).await;
        let other = desk.another_node().await;
        for n in 0..10 {
            let node = if n % 2 == 0 {
                desk.stranger()
            } else {
                other.stranger()
            };
            node.try_log_in(&format!("user{n}@example.org"), "not the passphrase")
                .await
                .refused(401, "invalid_credentials");
        }
        for node in [desk.stranger(), other.stranger()] {
            node.try_log_in("ada@example.org", PASSWORD)
                .await
                .refused(429, "rate_limited");
        }
        other.stop().await;
        desk.stop().await;
    });
}

#[test]
fn what_one_node_commits_reaches_the_sockets_of_the_other() {
    on_mysql(|database: ThrowawayDatabase| async move {
        let desk = Desk::start_with(database, std::sync::Arc::new(app::clock::SystemClock)).await;
        let other = desk.another_node().await;
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let mut far = other.socket(&at(&other, &mira)).await;
        let mut near = desk.socket(&ada).await;

        // A new ticket, its message, a status and who has read it: each at once, and in order.
        let ticket = ada.open_ticket("The printer is on fire").await;
        let told = far
            .find(|frame| frame["type"] == "ticket" && frame["ticket"]["id"] == ticket)
            .await;
        assert_eq!(told["ticket"]["head_seq"], 1);
        far.expect("notification").await;
        far.join(ticket, None).await;
        near.join(ticket, None).await;
        for n in 0..20 {
            let (from, body) = match n % 2 {
                0 => (&mut near, "from the customer"),
                _ => (&mut far, "from the admin"),
            };
            let sent = from
                .ask(json!({"type": "message.send", "client_id": uuid::Uuid::new_v4(), "body": body}))
                .await;
            assert_eq!(sent["type"], "ok", "{sent}");
        }
        for socket in [&mut near, &mut far] {
            for seq in 2..=21 {
                assert_eq!(socket.expect("entry").await["seq"], seq);
            }
        }
        let close = json!({"status": "closed", "client_id": uuid::Uuid::new_v4()});
        at(&other, &mira)
            .put(&format!("/tickets/{ticket}/status"), close)
            .await
            .expect(200);
        assert_eq!(near.expect("entry").await["entry"]["to"], "closed");
        far.ask(json!({"type": "ticket.read", "seq": 22})).await;
        let read = near
            .find(|frame| frame["type"] == "read" && frame["seq"] == 22)
            .await;
        assert_eq!(read["user_id"], mira.user_id);

        // Who is there and who types.
        let both = |frame: &Value| {
            frame["type"] == "presence" && frame["people"].as_array().unwrap().len() == 2
        };
        near.find(both).await;
        far.find(both).await;
        far.command(json!({"type": "typing"})).await;
        assert_eq!(near.expect("typing").await["person"]["id"], mira.user_id);
        drop(far);
        near.find(|frame| frame["type"] == "presence" && !both(frame))
            .await;
        other.stop().await;
        desk.stop().await;
    });
}

#[test]
fn what_was_committed_while_redis_was_away_reaches_the_other_node() {
    on_mysql(|database: ThrowawayDatabase| async move {
        let gate = Gate::open().await.unwrap();
        let url = gate.url().to_owned();
        let desk = Desk::start_with(database, std::sync::Arc::new(app::clock::SystemClock)).await;
        let mut config = desk.state.config.clone();
        config.storage.redis.as_mut().unwrap().url = url.into();
        let cut_off = desk.node_with(config).await;
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let ticket = ada.open_ticket("The printer is on fire").await;
        let mut watcher = cut_off.socket(&at(&cut_off, &mira)).await;
        watcher.join(ticket, None).await;

        // The line to Redis breaks: sockets endure it, but nothing is heard.
        gate.cut();
        hears(&cut_off, false).await;
        let missed = ada.say(ticket, "Do you hear me?").await["seq"].clone();
        while desk.state.database.outbox_backlog().await.unwrap().rows > 0 {
            tokio::task::yield_now().await;
        }
        gate.restore();
        hears(&cut_off, true).await;
        let entry = watcher.expect("entry").await;
        assert_eq!(entry["seq"], missed);
        let told =
            |frame: &Value| frame["type"] == "ticket" && frame["ticket"]["head_seq"] == missed;
        watcher.find(told).await;
        cut_off.stop().await;
        desk.stop().await;
    });
}

/// Waits until a node hears the others, or knows that it does not.
async fn hears(node: &Node, wanted: bool) {
    let noticed = async {
        while (node.state.hub.counts().fanout_up == 1) != wanted {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), noticed)
        .await
        .unwrap();
}
