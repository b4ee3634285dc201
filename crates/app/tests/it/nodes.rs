//! Two nodes on one database and one Redis: what one of them ends is over on both.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::database::{ThrowawayDatabase, on_mysql};
use testkit::http::{Caller, PASSWORD};

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
