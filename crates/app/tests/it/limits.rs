//! Guessing is slowed down: by address, and by account.

use std::sync::Arc;
use std::time::Duration;

use app::config::Config;
use reqwest::Method;
use serde_json::json;
use testkit::clock::ManualClock;
use testkit::database::ThrowawayDatabase;
use testkit::http::{Answer, Caller, PASSWORD};
use testkit::on_every_database;

use crate::desk::Desk;

/// A desk with the limits of production and a clock that stands still.
async fn limited(
    database: ThrowawayDatabase,
    change: impl FnOnce(&mut Config),
) -> (Desk, ManualClock) {
    let clock = ManualClock::new();
    let shared = Arc::new(clock.clone());
    let desk = Desk::configured(database, shared, |config| {
        config.limits.auth_per_minute = 10;
        change(config);
    });
    (desk.await, clock)
}

async fn from(caller: &Caller, address: &str, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    let request = caller
        .request(Method::POST, "/auth/login")
        .header("x-forwarded-for", address);
    caller.send(request.json(&body)).await
}

on_every_database! {
    async fn an_address_may_try_ten_times_a_minute(database: ThrowawayDatabase) {
        let (desk, clock) = limited(database, |_| {}).await;
        let eve = desk.stranger();
        for n in 0..10 {
            let email = format!("user{n}@example.org");
            eve.try_log_in(&email, "not the passphrase").await.refused(401, "invalid_credentials");
        }
        // The next one waits, whatever it is, and learns nothing about its input.
        let routes = [("/auth/login", json!({})), ("/auth/register", json!([])), ("/auth/reset", json!({"token": 1})), ("/setup", json!({}))];
        for (route, body) in routes {
            let refused = eve.post(route, body).await;
            refused.refused(429, "rate_limited");
            assert_eq!(refused.retry_after(), Some(6), "{route}");
        }
        // Its own word for its address does not count.
        from(&eve, "198.51.100.7", "ada@example.org", PASSWORD).await.refused(429, "rate_limited");
        // What needs no hash goes on.
        eve.get("livez").await;
        clock.advance(Duration::from_secs(6));
        let body = json!({"email": "ada@example.org", "name": "Ada", "password": PASSWORD});
        eve.post("/auth/register", body).await.expect(201);
        eve.try_log_in("ada@example.org", PASSWORD).await.refused(429, "rate_limited");
        desk.stop().await;
    }

    async fn changing_ones_password_over_and_over_stops_nobodys_sign_in(database: ThrowawayDatabase) {
        let (desk, _clock) = limited(database, |_| {}).await;
        let ada = desk.customer("Ada").await;
        let weak = json!({"current_password": PASSWORD, "password": "password1234"});
        for _ in 0..9 {
            ada.put("/me/password", weak.clone()).await.refused(422, "invalid");
        }
        ada.put("/me/password", weak).await.refused(429, "rate_limited");
        ada.get("/me").await.expect(200);
        desk.stop().await;
    }

    async fn a_trusted_proxy_speaks_for_its_clients(database: ThrowawayDatabase) {
        let trusted = |config: &mut Config| config.server.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
        let (desk, _clock) = limited(database, trusted).await;
        let proxy = desk.stranger();
        for n in 0..10 {
            let email = format!("user{n}@example.org");
            from(&proxy, "2001:db8::1", &email, "not the passphrase").await.refused(401, "invalid_credentials");
        }
        // The same /64, and whatever the client put before its address.
        from(&proxy, "2001:db8::ffff", "x@example.org", "x").await.refused(429, "rate_limited");
        from(&proxy, "198.51.100.7, 2001:db8::1", "x@example.org", "x").await.refused(429, "rate_limited");
        from(&proxy, "2001:db8:0:1::1", "x@example.org", "x").await.refused(401, "invalid_credentials");

        let body = json!({"email": "ada@example.org", "name": "Ada", "password": PASSWORD});
        let request = proxy.request(Method::POST, "/auth/register").header("x-forwarded-for", "198.51.100.9");
        let mut ada = desk.stranger();
        ada.keep(&proxy.send(request.json(&body)).await);
        let list = ada.get("/auth/sessions").await.expect(200);
        assert_eq!(list["items"][0]["address"], "198.51.100.9");
        desk.stop().await;
    }

    async fn failures_delay_the_next_attempt_at_an_account_that_exists_or_not(database: ThrowawayDatabase) {
        let plenty = |config: &mut Config| config.limits.auth_per_minute = 10_000;
        let (desk, clock) = limited(database, plenty).await;
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let disabled = desk.customer("Bob").await;
        mira.patch(&format!("/users/{}", disabled.user_id), json!({"disabled": true})).await.expect(200);
        let eve = desk.stranger();
        let accounts = [ada.email.as_str(), "nobody@example.org", disabled.email.as_str()];
        for round in 0..8 {
            for email in accounts {
                let tried = eve.try_log_in(email, "not the passphrase").await;
                tried.refused(401, "invalid_credentials");
                if round < 4 {
                    continue;
                }
                // Even the right password waits now.
                let delayed = eve.try_log_in(email, PASSWORD).await;
                delayed.refused(429, "rate_limited");
                assert_eq!(delayed.retry_after(), Some(1 << (round - 4)), "{email}");
            }
            if round >= 4 {
                clock.advance(Duration::from_secs(1 << (round - 4)));
            }
        }
        eve.try_log_in(&ada.email, PASSWORD).await.expect(200);
        // A success forgets the failures.
        eve.try_log_in(&ada.email, "not the passphrase").await.refused(401, "invalid_credentials");
        eve.try_log_in(&ada.email, PASSWORD).await.expect(200);
        desk.stop().await;
    }

    async fn strangers_do_not_lock_the_owner_out(database: ThrowawayDatabase) {
        let plenty = |config: &mut Config| config.limits.auth_per_minute = 10_000;
        let (desk, _clock) = limited(database, plenty).await;
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        let eve = desk.stranger();
        for _ in 0..5 {
            eve.try_log_in(&ada.email, "not the passphrase").await.refused(401, "invalid_credentials");
        }
        eve.try_log_in(&ada.email, PASSWORD).await.refused(429, "rate_limited");
        let with_device = |device: &Caller| {
            let mut caller = desk.stranger();
            caller.device = device.device.clone();
            caller
        };
        // The device of somebody else is that of a stranger; so is a forged one.
        with_device(&bob).try_log_in(&ada.email, PASSWORD).await.refused(429, "rate_limited");
        let mut forged = with_device(&ada);
        forged.device = forged.device.map(|cookie| cookie + "x");
        forged.try_log_in(&ada.email, PASSWORD).await.refused(429, "rate_limited");

        let known = with_device(&ada);
        known.try_log_in(&ada.email, PASSWORD).await.expect(200);
        // It has a count of its own, and opens nothing.
        for _ in 0..5 {
            known.try_log_in(&ada.email, "not the passphrase").await.refused(401, "invalid_credentials");
        }
        known.try_log_in(&ada.email, PASSWORD).await.refused(429, "rate_limited");
        known.get("/me").await.refused(401, "unauthenticated");
        known.post_empty("/auth/refresh").await.refused(401, "unauthenticated");
        desk.stop().await;
    }

    async fn the_device_cookie_is_as_guarded_as_the_other(desk: Desk) {
        let body = json!({"email": "ada@example.org", "name": "Ada", "password": PASSWORD});
        let mut ada = desk.stranger();
        let answer = ada.post("/auth/register", body).await;
        let cookie = answer.cookie("__Host-deskwire-device");
        for part in ["; HttpOnly", "; Secure", "; SameSite=Strict", "; Path=/", "; Expires="] {
            assert!(cookie.contains(part), "{part} is missing: {cookie}");
        }
        assert!(!cookie.contains("Domain"));
        // Its token is no refresh token either.
        ada.keep(&answer);
        let token = ada.device.as_deref().unwrap().split('=').next_back().unwrap();
        ada.cookie = Some(format!("__Host-deskwire={token}"));
        ada.get("/me").await.refused(401, "unauthenticated");
        desk.stop().await;
    }
}
