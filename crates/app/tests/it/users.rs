//! Accounts in the hands of admins.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use testkit::http::{Caller, PASSWORD};
use testkit::on_every_database;

use crate::desk::Desk;

/// A machine that is busy with other tests is no fault of the application.
const PATIENCE: Duration = Duration::from_secs(20);

fn path(of: &Caller) -> String {
    format!("/users/{}", of.user_id)
}

/// Waits until a ticket is nobody's, and gives its timeline.
async fn until_unassigned(reader: &Caller, ticket: i64) -> Vec<Value> {
    let begun = Instant::now();
    loop {
        let found = reader.get(&format!("/tickets/{ticket}")).await.expect(200);
        if found["ticket"]["assignee"].is_null() {
            return reader.timeline(ticket).await;
        }
        assert!(begun.elapsed() < PATIENCE, "still assigned");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

on_every_database! {
    async fn tickets_of_who_is_removed_are_nobodys(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let (otto, olga) = (desk.admin("Otto").await, desk.admin("Olga").await);
        let ticket = ada.open_ticket("Printer").await;
        let assign = async |to: &Caller, seen: i64| {
            let edit = json!({"seen_seq": seen, "assignee_id": to.user_id});
            mira.patch(&format!("/tickets/{ticket}"), edit).await.expect(200);
        };
        assign(&otto, 1).await;
        mira.patch(&path(&otto), json!({"disabled": true})).await.expect(200);
        let timeline = until_unassigned(&mira, ticket).await;
        let last = timeline.last().unwrap();
        assert_eq!((&last["kind"], &last["seq"], &last["actor"]["id"]), (&json!("assigned"), &json!(3), &json!(mira.user_id)));
        assert_eq!((&last["from"]["id"], &last["to"]), (&json!(otto.user_id), &Value::Null));

        // As by a process that ended between the one and the other: the next one finds it when it starts.
        assign(&olga, 3).await;
        let removed = format!("UPDATE users SET role = 'user' WHERE id = {}", olga.user_id);
        desk.database.execute(&removed).await;
        let another = desk.another_node().await;
        let timeline = until_unassigned(&mira, ticket).await;
        assert_eq!(timeline.last().unwrap()["from"]["id"], olga.user_id);
        another.stop().await;
        desk.stop().await;
    }

    async fn a_new_role_counts_at_once(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let mut socket = desk.socket(&ada).await;
        let account = mira.patch(&path(&ada), json!({"role": "admin"})).await.expect(200);
        assert_eq!((&account["role"], &account["disabled_at"]), (&json!("admin"), &Value::Null));
        assert_eq!(socket.closed().await, 4403);
        ada.get("/me").await.refused(401, "unauthenticated");

        let ada = Caller::log_in(&desk.base, &ada.email).await;
        assert_eq!(ada.get("/me").await.expect(200)["role"], "admin");
        let mut console = desk.socket(&ada).await;
        mira.patch(&path(&ada), json!({"role": "user"})).await.expect(200);
        assert_eq!(console.closed().await, 4403);
        ada.patch(&path(&mira), json!({"role": "user"})).await.refused(401, "unauthenticated");
        desk.stop().await;
    }

    async fn a_disabled_account_is_out_until_it_is_enabled(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let mut socket = desk.socket(&ada).await;
        let account = mira.patch(&path(&ada), json!({"disabled": true})).await.expect(200);
        assert!(account["disabled_at"].is_string());
        assert_eq!(socket.closed().await, 4403);
        ada.get("/me").await.refused(401, "unauthenticated");
        ada.post_empty("/auth/refresh").await.refused(401, "unauthenticated");
        let stranger = desk.stranger();
        let disabled = stranger.try_log_in(&ada.email, PASSWORD).await;
        disabled.refused(401, "invalid_credentials");

        mira.patch(&path(&ada), json!({"disabled": false})).await.expect(200);
        ada.get("/me").await.refused(401, "unauthenticated");
        stranger.try_log_in(&ada.email, PASSWORD).await.expect(200);
        desk.stop().await;
    }

    async fn an_admin_signs_somebody_out_everywhere(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let phone = Caller::log_in(&desk.base, &ada.email).await;
        let mut socket = desk.socket(&phone).await;
        assert_eq!(mira.delete(&format!("{}/sessions", path(&ada))).await.status, 204);
        assert_eq!(socket.closed().await, 4403);
        for device in [&ada, &phone] {
            device.get("/me").await.refused(401, "unauthenticated");
        }
        mira.get("/me").await.expect(200);
        desk.stop().await;
    }

    async fn there_is_always_an_enabled_admin(desk: Desk) {
        let (mira, noor) = (desk.admin("Mira").await, desk.admin("Noor").await);
        mira.patch(&path(&noor), json!({"disabled": true})).await.expect(200);
        for change in [json!({"role": "user"}), json!({"disabled": true}), json!({"role": "user", "disabled": true})] {
            mira.patch(&path(&mira), change).await.refused(409, "last_admin");
        }
        mira.get("/me").await.expect(200);
        mira.patch(&path(&noor), json!({"disabled": false})).await.expect(200);
        mira.patch(&path(&mira), json!({"role": "user"})).await.expect(200);
        desk.stop().await;
    }

    async fn two_admins_cannot_remove_each_other(desk: Desk) {
        let (mira, noor) = (desk.admin("Mira").await, desk.admin("Noor").await);
        let (to_noor, to_mira) = (path(&noor), path(&mira));
        let (one, other) = tokio::join!(
            mira.patch(&to_noor, json!({"role": "user"})),
            noor.patch(&to_mira, json!({"role": "user"})),
        );
        let statuses = [one.status.as_u16(), other.status.as_u16()];
        assert!(statuses.contains(&200), "{statuses:?}");
        // The other is too late: no session any more, or nobody would be left.
        assert!(statuses.iter().any(|status| matches!(status, 401 | 409)), "{statuses:?}");
        desk.stop().await;
    }

    async fn accounts_are_for_admins(desk: Desk) {
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        for target in [&ada, &bob] {
            ada.patch(&path(target), json!({"role": "admin"})).await.refused(403, "forbidden");
            ada.delete(&format!("{}/sessions", path(target))).await.refused(403, "forbidden");
            ada.post_empty(&format!("{}/reset", path(target))).await.refused(403, "forbidden");
        }
        assert_eq!(ada.get("/me").await.expect(200)["role"], "user");
        bob.get("/me").await.expect(200);
        desk.stop().await;
    }

    async fn accounts_that_are_not_there_are_not_found(desk: Desk) {
        let mira = desk.admin("Mira").await;
        for id in ["999", "0", "-1", "x"] {
            mira.patch(&format!("/users/{id}"), json!({"role": "user"})).await.refused(404, "not_found");
            mira.delete(&format!("/users/{id}/sessions")).await.refused(404, "not_found");
        }
        let nulls = mira.patch(&path(&mira), json!({"role": null})).await;
        nulls.refused(422, "invalid");
        let request = mira.request(Method::PATCH, &path(&mira)).json(&json!({"email": "x@y.z"}));
        mira.send(request).await.refused(422, "invalid");
        desk.stop().await;
    }

    async fn accounts_are_listed_page_by_page_and_read_with_their_sessions(desk: Desk) {
        let mira = desk.admin("Mira").await;
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        let first = mira.get("/users?limit=2").await.expect(200);
        let rest = format!("/users?limit=2&cursor={}", first["next_cursor"].as_str().unwrap());
        let second = mira.get(&rest).await.expect(200);
        let ids = |page: &Value| {
            let items = page["items"].as_array().unwrap();
            items.iter().map(|item| item["id"].as_i64().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&first), [bob.user_id, ada.user_id]);
        assert_eq!((ids(&second), &second["next_cursor"]), (vec![mira.user_id], &Value::Null));
        let admins = mira.get("/users?role=admin&disabled=false&q=mi").await.expect(200);
        assert_eq!(ids(&admins), [mira.user_id]);
        assert_eq!(mira.get(&path(&ada)).await.expect(200), first["items"][1]);

        let sessions = mira.get(&format!("{}/sessions", path(&ada))).await.expect(200);
        assert_eq!(sessions["items"].as_array().unwrap().len(), 1);
        assert_eq!(sessions["items"][0]["current"], false);
        // A cursor of another list.
        let cursor = format!("03{}", "0".repeat(32));
        for (query, field) in [(format!("cursor={cursor}"), "cursor"), ("limit=0".into(), "limit"), ("role=root".into(), "role")] {
            let refused = mira.get(&format!("/users?{query}")).await;
            refused.refused(422, "invalid");
            assert_eq!(refused.json["errors"][0]["field"], field, "{query}");
        }
        desk.stop().await;
    }
}
