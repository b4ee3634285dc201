//! New passwords: by their owner, or with a one-time link.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use testkit::clock::ManualClock;
use testkit::database::ThrowawayDatabase;
use testkit::http::{Answer, Caller, PASSWORD};
use testkit::on_every_database;

use crate::desk::Desk;

const NEW: &str = "seven green otters whistle";

async fn change(caller: &Caller, current: &str, new: &str) -> Answer {
    let body = json!({"current_password": current, "password": new});
    caller.put("/me/password", body).await
}

/// The token of a link that an admin makes.
async fn link(admin: &Caller, user: i64) -> String {
    let made = admin.post_empty(&format!("/users/{user}/reset")).await;
    let made = made.expect(201);
    let url = made["url"].as_str().unwrap();
    let token = url.strip_prefix("http://localhost:8080/reset#token=");
    token.unwrap().to_owned()
}

async fn reset(desk: &Desk, token: &str, password: &str) -> Answer {
    let body = json!({"token": token, "password": password});
    desk.stranger().post("/auth/reset", body).await
}

fn field(field: &str, code: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), code.to_owned())]
}

on_every_database! {
    async fn a_new_password_signs_out_everywhere_else(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let phone = Caller::log_in(&desk.base, &ada.email).await;
        let (mut here, mut there) = (desk.socket(&ada).await, desk.socket(&phone).await);
        assert_eq!(change(&ada, PASSWORD, NEW).await.status, 204);
        assert_eq!(there.closed().await, 4403);
        phone.get("/me").await.refused(401, "unauthenticated");
        ada.get("/me").await.expect(200);
        assert_eq!(here.ask(json!({"type": "ticket.leave"})).await["type"], "ok");
        let stranger = desk.stranger();
        stranger.try_log_in(&ada.email, PASSWORD).await.refused(401, "invalid_credentials");
        stranger.try_log_in(&ada.email, NEW).await.expect(200);
        desk.stop().await;
    }

    async fn the_present_password_is_needed_and_cannot_be_guessed(desk: Desk) {
        let ada = desk.customer("Ada").await;
        for _ in 0..5 {
            let refused = change(&ada, "not my passphrase", NEW).await;
            refused.refused(422, "invalid");
            assert_eq!(refused.fields(), field("current_password", "wrong_password"));
        }
        let delayed = change(&ada, PASSWORD, NEW).await;
        delayed.refused(429, "rate_limited");
        assert_eq!(delayed.retry_after(), Some(1));
        desk.stranger().try_log_in(&ada.email, PASSWORD).await.expect(200);
        desk.stop().await;
    }

    async fn weak_passwords_are_refused_wherever_one_is_set(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada Lovelace").await);
        let token = link(&mira, ada.user_id).await;
        for weak in ["password123456", "qwertyuiopasdf", "aaaaaaaaaaaa", "Ada Lovelace", "deskwire2026"] {
            let register = json!({"email": "eve@example.org", "name": "Ada Lovelace", "password": weak});
            let attempts = [
                desk.stranger().post("/auth/register", register).await,
                change(&ada, PASSWORD, weak).await,
                reset(&desk, &token, weak).await,
            ];
            for attempt in attempts {
                attempt.refused(422, "invalid");
                assert_eq!(attempt.fields(), field("password", "too_weak"), "{weak}");
                assert!(!attempt.text.contains(weak));
            }
        }
        assert_eq!(reset(&desk, &token, NEW).await.status, 204);
        desk.stop().await;
    }

    async fn any_long_enough_phrase_of_any_script_is_a_password(desk: Desk) {
        for (n, phrase) in ["lowercase otters sing", "слова которые не связаны", "  spaces   stay as they are  ", "🦦 otter 🎷 sax 🌵 cactus"]
            .into_iter()
            .enumerate()
        {
            let email = format!("user{n}@example.org");
            let body = json!({"email": email, "name": "Ada", "password": phrase});
            desk.stranger().post("/auth/register", body).await.expect(201);
            desk.stranger().try_log_in(&email, phrase).await.expect(200);
            desk.stranger().try_log_in(&email, phrase.trim_end_matches(['e', ' ', 's', 'ы', 'и', 'g'])).await.refused(401, "invalid_credentials");
        }
        desk.stop().await;
    }

    async fn a_link_sets_a_password_once_and_signs_out_everywhere(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let mut socket = desk.socket(&ada).await;
        let older = link(&mira, ada.user_id).await;
        let token = link(&mira, ada.user_id).await;
        reset(&desk, &older, NEW).await.refused(403, "link_expired");
        reset(&desk, "nonsense", NEW).await.refused(403, "link_expired");
        ada.get("/me").await.expect(200);

        assert_eq!(reset(&desk, &token, NEW).await.status, 204);
        assert_eq!(socket.closed().await, 4403);
        ada.get("/me").await.refused(401, "unauthenticated");
        reset(&desk, &token, PASSWORD).await.refused(403, "link_expired");
        let stranger = desk.stranger();
        stranger.try_log_in(&ada.email, PASSWORD).await.refused(401, "invalid_credentials");
        stranger.try_log_in(&ada.email, NEW).await.expect(200);
        mira.get("/me").await.expect(200);
        desk.stop().await;
    }

    async fn a_reset_ends_the_session_of_whoever_was_signed_in_there(desk: Desk) {
        let (mira, ada, eve) = (desk.admin("Mira").await, desk.customer("Ada").await, desk.customer("Eve").await);
        let token = link(&mira, ada.user_id).await;
        let answer = eve.post("/auth/reset", json!({"token": token, "password": NEW})).await;
        assert_eq!(answer.status, 204);
        assert!(answer.cookie("__Host-deskwire").starts_with("__Host-deskwire=;"));
        eve.get("/me").await.refused(401, "unauthenticated");
        desk.stop().await;
    }

    async fn a_link_lasts_an_hour(database: ThrowawayDatabase) {
        let clock = ManualClock::new();
        let desk = Desk::start_with(database, Arc::new(clock.clone())).await;
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let made = mira.post_empty(&format!("/users/{}/reset", ada.user_id)).await.expect(201);
        assert_eq!(made["expires_at"], "2026-01-01T01:00:00.000000Z");
        let token = made["url"].as_str().unwrap().split('=').next_back().unwrap().to_owned();
        clock.advance(Duration::from_secs(3600));
        reset(&desk, &token, NEW).await.refused(403, "link_expired");
        desk.stop().await;
    }

    async fn links_are_for_enabled_accounts(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let token = link(&mira, ada.user_id).await;
        let path = format!("/users/{}", ada.user_id);
        mira.patch(&path, json!({"disabled": true})).await.expect(200);
        reset(&desk, &token, NEW).await.refused(403, "link_expired");
        mira.post_empty(&format!("{path}/reset")).await.refused(409, "account_disabled");
        mira.post_empty("/users/999/reset").await.refused(404, "not_found");
        mira.patch(&path, json!({"disabled": false})).await.expect(200);
        desk.stranger().try_log_in(&ada.email, PASSWORD).await.expect(200);
        desk.stop().await;
    }

    async fn the_account_knows_its_reset_only_as_a_hash(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let token = link(&mira, ada.user_id).await;
        // Found by neither the token nor a part of it.
        desk.database.execute(&format!("UPDATE password_resets SET token_hash = 'x' WHERE token_hash LIKE '%{}%'", &token[..20])).await;
        assert_eq!(reset(&desk, &token, NEW).await.status, 204);
        assert_eq!(ada.get("/me").await.json["code"], Value::from("unauthenticated"));
        desk.stop().await;
    }
}
