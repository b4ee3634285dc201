//! Sign-up, sign-in, refresh, sign-out, and the three checks of every authorised request.

use reqwest::Method;
use serde_json::json;
use testkit::http::{Caller, PASSWORD};
use testkit::on_every_database;

use crate::desk::Desk;

/// The same caller but for one thing.
fn but(caller: &Caller, change: impl FnOnce(&mut Caller)) -> Caller {
    let mut caller = caller.clone();
    change(&mut caller);
    caller
}

on_every_database! {
    async fn who_registers_is_a_signed_in_customer(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let me = ada.get("/me").await.expect(200);
        assert_eq!(me["name"], "Ada");
        assert_eq!(me["role"], "user");
        assert_eq!(me["email"], ada.email.as_str());
        desk.stop().await;
    }

    async fn an_address_has_one_account_whatever_its_case(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let again = json!({"email": ada.email.to_uppercase(), "name": "Eve", "password": PASSWORD});
        desk.stranger().post("/auth/register", again).await.refused(409, "email_taken");
        desk.stop().await;
    }

    async fn parallel_registrations_of_one_address_make_one_account(desk: Desk) {
        let body = json!({"email": "ada@example.org", "name": "Ada", "password": PASSWORD});
        let attempts = (0..8).map(|_| {
            let (caller, body) = (desk.stranger(), body.clone());
            tokio::spawn(async move { caller.post("/auth/register", body).await.status.as_u16() })
        });
        let mut statuses = Vec::new();
        for attempt in attempts.collect::<Vec<_>>() {
            statuses.push(attempt.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
        desk.stop().await;
    }

    async fn wrong_password_and_unknown_address_answer_alike(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let caller = desk.stranger();
        let wrong = json!({"email": ada.email, "password": "not the passphrase"});
        let unknown = json!({"email": "nobody@example.org", "password": "not the passphrase"});
        let wrong = caller.post("/auth/login", wrong).await;
        let unknown = caller.post("/auth/login", unknown).await;
        wrong.refused(401, "invalid_credentials");
        unknown.refused(401, "invalid_credentials");
        let without_id = |mut problem: serde_json::Value| {
            problem["request_id"] = json!(null);
            problem
        };
        assert_eq!(without_id(wrong.json), without_id(unknown.json));
        desk.stop().await;
    }

    async fn each_of_token_cookie_and_session_is_needed(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let bob = desk.customer("Bob").await;
        ada.get("/me").await.expect(200);

        let without = but(&ada, |ada| ada.access_token = None);
        without.get("/me").await.refused(401, "unauthenticated");
        let without = but(&ada, |ada| ada.cookie = None);
        without.get("/me").await.refused(401, "unauthenticated");
        let mixed = but(&ada, |ada| ada.cookie = bob.cookie.clone());
        mixed.get("/me").await.refused(401, "unauthenticated");
        let forged = but(&ada, |ada| ada.access_token = ada.access_token.take().map(|token| token + "x"));
        forged.get("/me").await.refused(401, "unauthenticated");

        let twice = ada.request(Method::GET, "/me").header("authorization", "Bearer other");
        ada.send(twice).await.refused(401, "unauthenticated");
        desk.stop().await;
    }

    async fn a_signed_out_session_is_void_at_once(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let answer = ada.post_empty("/auth/logout").await;
        assert_eq!(answer.status, 204);
        let cleared = answer.cookie("__Host-deskwire");
        assert!(cleared.starts_with("__Host-deskwire=;"), "{cleared}");
        ada.get("/me").await.refused(401, "unauthenticated");
        ada.post_empty("/auth/refresh").await.refused(401, "unauthenticated");
        assert_eq!(ada.post_empty("/auth/logout").await.status, 204);
        desk.stop().await;
    }

    async fn a_cookie_of_somebody_who_is_gone_is_no_obstacle(desk: Desk) {
        let (ghost, ada) = (desk.customer("Ghost").await, desk.customer("Ada").await);
        desk.database.execute(&format!("DELETE FROM users WHERE id = {}", ghost.user_id)).await;
        let answer = ghost.try_log_in(&ada.email, PASSWORD).await;
        let mut there = ghost.clone();
        there.keep(&answer);
        there.get("/me").await.expect(200);
        assert_eq!(ghost.post_empty("/auth/logout").await.status, 204);
        desk.stop().await;
    }

    async fn a_refresh_gives_a_new_token_and_rotates_the_cookie(desk: Desk) {
        let mut ada = desk.customer("Ada").await;
        let before = ada.clone();
        let answer = ada.post_empty("/auth/refresh").await;
        assert_eq!(answer.json["expires_in"], 300);
        ada.keep(&answer);
        assert_ne!(ada.cookie, before.cookie);
        ada.get("/me").await.expect(200);
        desk.stop().await;
    }

    async fn parallel_refreshes_give_one_generation(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let refreshes: Vec<_> = (0..20)
            .map(|_| {
                let ada = ada.clone();
                tokio::spawn(async move { ada.post_empty("/auth/refresh").await })
            })
            .collect();
        for refresh in refreshes {
            let answer = refresh.await.unwrap();
            assert_eq!(answer.status, 200, "{}", answer.text);
            let mut tab = ada.clone();
            tab.keep(&answer);
            tab.get("/me").await.expect(200);
        }
        desk.stop().await;
    }

    async fn an_old_refresh_token_ends_the_session_and_tells_its_owner(desk: Desk) {
        let mut ada = desk.customer("Ada").await;
        let stolen = ada.clone();
        for _ in 0..2 {
            let answer = ada.post_empty("/auth/refresh").await;
            ada.keep(&answer);
            ada.get("/me").await.expect(200);
        }
        let mut socket = desk.socket(&ada).await;
        stolen.post_empty("/auth/refresh").await.refused(401, "unauthenticated");
        ada.get("/me").await.refused(401, "unauthenticated");
        assert_eq!(socket.closed().await, 4403);

        let again = Caller::log_in(&desk.base, &ada.email).await;
        let told = again.get("/notifications").await.expect(200);
        assert_eq!(told["items"][0]["kind"], "session_reused");
        assert_eq!(told["items"][0]["ticket"], json!(null));
        desk.stop().await;
    }

    async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites(desk: Desk) {
        let body = json!({"email": "ada@example.org", "name": "Ada", "password": PASSWORD});
        let answer = desk.stranger().post("/auth/register", body).await;
        let cookie = answer.cookie("__Host-deskwire");
        for part in ["; HttpOnly", "; Secure", "; SameSite=Strict", "; Path=/"] {
            assert!(cookie.contains(part), "{part} is missing: {cookie}");
        }
        assert!(!answer.text.contains("rt+jwt") && !cookie.contains("Domain"));
        desk.stop().await;
    }

    async fn cookie_routes_refuse_foreign_pages(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let attempts = [
            (Some("https://evil.example"), None, 403),
            (Some("http://localhost:8080.evil.example"), None, 403),
            (Some("null"), None, 403),
            (Some("https://evil.example"), Some("cross-site"), 403),
            (None, Some("cross-site"), 403),
            (None, Some("same-site"), 403),
            (None, Some("none"), 403),
            (Some("http://localhost:8080"), Some("same-origin"), 200),
            (Some("https://portal.example.org"), Some("cross-site"), 200),
            (None, None, 200),
        ];
        for (origin, site, status) in attempts {
            let mut request = ada.request(Method::POST, "/auth/refresh");
            for (name, value) in [("origin", origin), ("sec-fetch-site", site)] {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
            let answer = ada.send(request).await;
            assert_eq!(answer.status, status, "{origin:?} {site:?}: {}", answer.text);
            let reflected = answer.headers.get("access-control-allow-origin");
            if status == 403 {
                assert_eq!(reflected, None, "{origin:?}");
            }
        }
        desk.stop().await;
    }

    async fn only_configured_origins_may_read_answers(desk: Desk) {
        let ada = desk.customer("Ada").await;
        for (origin, allowed) in [
            ("https://portal.example.org", true),
            ("https://portal.example.org.evil.example", false),
            ("https://evil.example", false),
            ("null", false),
        ] {
            let preflight = ada
                .request(Method::OPTIONS, "/tickets")
                .header("origin", origin)
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "authorization,content-type");
            let request = ada.request(Method::GET, "/me").header("origin", origin);
            for answer in [ada.send(preflight).await, ada.send(request).await] {
                let told = answer.headers.get("access-control-allow-origin");
                let told = told.map(|origin| origin.to_str().unwrap());
                assert_eq!(told, allowed.then_some(origin), "{origin}");
                if allowed {
                    assert_eq!(answer.headers["access-control-allow-credentials"], "true");
                }
            }
        }
        desk.stop().await;
    }

    async fn one_renames_oneself_and_nothing_else(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let me = ada.patch("/me", json!({"name": "  Ada Lovelace "})).await.expect(200);
        assert_eq!(me["name"], "Ada Lovelace");
        for field in ["role", "email", "id", "session_epoch"] {
            let answer = ada.patch("/me", json!({field: "admin"})).await;
            answer.refused(422, "invalid");
            assert_eq!(answer.fields(), [(field.to_owned(), "unknown_field".to_owned())]);
        }
        assert_eq!(ada.get("/me").await.expect(200)["role"], "user");
        desk.stop().await;
    }
}
