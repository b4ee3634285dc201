//! One's own devices: seen and signed out.

use serde_json::Value;
use testkit::http::Caller;
use testkit::on_every_database;

use crate::desk::Desk;

/// The public names of a caller's sessions, the newest first.
async fn names(caller: &Caller) -> Vec<String> {
    let list = caller.get("/auth/sessions").await.expect(200);
    let items = list["items"].as_array().unwrap();
    let name = |item: &Value| item["id"].as_str().unwrap().to_owned();
    items.iter().map(name).collect()
}

on_every_database! {
    async fn each_device_is_listed_with_what_is_known_of_it(desk: Desk) {
        let ada = desk.customer("Ada").await;
        desk.customer("Bob").await;
        let phone = Caller::new(&desk.base);
        let body = serde_json::json!({"email": ada.email, "password": testkit::http::PASSWORD});
        let signed_in = phone
            .request(reqwest::Method::POST, "/auth/login")
            .header("user-agent", "Mozilla/5.0 (a phone)")
            .json(&body);
        phone.send(signed_in).await.expect(200);

        let list = ada.get("/auth/sessions").await.expect(200);
        let items = list["items"].as_array().unwrap();
        assert_eq!(items.len(), 2, "{list}");
        assert_eq!((&items[0]["current"], &items[1]["current"]), (&false.into(), &true.into()));
        assert_eq!(items[0]["user_agent"], "Mozilla/5.0 (a phone)");
        assert_eq!(items[0]["address"], "127.0.0.1");
        for time in ["created_at", "last_seen_at", "expires_at"] {
            assert!(items[0][time].as_str().unwrap().ends_with('Z'), "{list}");
        }
        desk.stop().await;
    }

    async fn an_ended_device_is_out_at_once_and_no_other(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let phone = Caller::log_in(&desk.base, &ada.email).await;
        let (mut here, mut there) = (desk.socket(&ada).await, desk.socket(&phone).await);
        let theirs = names(&phone).await[0].clone();

        assert_eq!(ada.delete(&format!("/auth/sessions/{theirs}")).await.status, 204);
        assert_eq!(there.closed().await, 4403);
        phone.get("/me").await.refused(401, "unauthenticated");
        phone.post_empty("/auth/refresh").await.refused(401, "unauthenticated");
        ada.get("/me").await.expect(200);
        assert_eq!(here.ask(serde_json::json!({"type": "ticket.leave"})).await["type"], "ok");
        ada.delete(&format!("/auth/sessions/{theirs}")).await.refused(404, "not_found");
        desk.stop().await;
    }

    async fn ending_the_present_device_signs_out(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let own = names(&ada).await[0].clone();
        let answer = ada.delete(&format!("/auth/sessions/{own}")).await;
        assert_eq!(answer.status, 204);
        assert!(answer.cookie("__Host-deskwire").starts_with("__Host-deskwire=;"));
        ada.get("/me").await.refused(401, "unauthenticated");
        desk.stop().await;
    }

    async fn nobody_elses_device_can_be_named(desk: Desk) {
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        let theirs = names(&ada).await[0].clone();
        for name in [theirs.as_str(), "x", "..", "%00"] {
            bob.delete(&format!("/auth/sessions/{name}")).await.refused(404, "not_found");
        }
        ada.get("/me").await.expect(200);
        desk.stop().await;
    }

    async fn signing_out_everywhere_else_spares_this_device(desk: Desk) {
        let mut ada = desk.customer("Ada").await;
        let bob = desk.customer("Bob").await;
        let others = [
            Caller::log_in(&desk.base, &ada.email).await,
            Caller::log_in(&desk.base, &ada.email).await,
        ];
        let mut here = desk.socket(&ada).await;
        let mut there = desk.socket(&others[1]).await;
        assert_eq!(ada.delete("/auth/sessions").await.status, 204);
        assert_eq!(there.closed().await, 4403);
        for other in &others {
            other.get("/me").await.refused(401, "unauthenticated");
        }
        assert_eq!(here.ask(serde_json::json!({"type": "ticket.leave"})).await["type"], "ok");
        let answer = ada.post_empty("/auth/refresh").await;
        ada.keep(&answer);
        assert_eq!(names(&ada).await.len(), 1);
        bob.get("/me").await.expect(200);
        desk.stop().await;
    }

    async fn a_new_sign_in_takes_the_place_of_the_one_before(desk: Desk) {
        let before = desk.customer("Ada").await;
        let mut ada = before.clone();
        let answer = ada.try_log_in(&before.email, testkit::http::PASSWORD).await;
        assert_eq!(answer.status, 200);
        ada.keep(&answer);
        before.get("/me").await.refused(401, "unauthenticated");
        assert_eq!(names(&ada).await.len(), 1);
        desk.stop().await;
    }

    async fn the_twenty_first_device_takes_the_place_of_the_oldest(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let mut oldest = desk.socket(&ada).await;
        let mut newest = ada.clone();
        for _ in 0..20 {
            newest = Caller::log_in(&desk.base, &ada.email).await;
        }
        assert_eq!(oldest.closed().await, 4403);
        ada.get("/me").await.refused(401, "unauthenticated");
        assert_eq!(names(&newest).await.len(), 20);
        desk.stop().await;
    }
}
