//! Who is told of what, and how it is read.

use serde_json::json;
use testkit::on_every_database;
use uuid::Uuid;

use crate::desk::Desk;

on_every_database! {
    async fn a_new_ticket_is_told_to_every_admin_and_nobody_else(desk: Desk) {
        let (mira, jonas) = (desk.admin("Mira").await, desk.admin("Jonas").await);
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        let id = ada.open_ticket("Printer").await;
        for admin in [&mira, &jonas] {
            let told = admin.get("/notifications").await.expect(200);
            assert_eq!(told["unread"], 1);
            assert_eq!(told["items"][0]["kind"], "ticket_created");
            assert_eq!(told["items"][0]["ticket"], json!({"id": id, "title": "Printer"}));
            assert_eq!(told["items"][0]["actor"]["name"], "Ada");
        }
        for customer in [&ada, &bob] {
            assert_eq!(customer.get("/notifications").await.expect(200)["unread"], 0);
        }
        desk.stop().await;
    }

    async fn messages_are_grouped_and_read_together(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let id = ada.open_ticket("Printer").await;
        for text in ["One", "Two", "Three"] {
            mira.say(id, text).await;
        }
        let told = ada.get("/notifications").await.expect(200);
        assert_eq!(told["unread"], 3);
        assert_eq!(told["items"].as_array().unwrap().len(), 1);
        let group = &told["items"][0];
        assert_eq!((&group["kind"], &group["count"], &group["seq"]), (&json!("message"), &json!(3), &json!(4)));

        let read = ada.post("/notifications/read", json!({"ids": [group["id"]]})).await.expect(200);
        assert_eq!(read, json!({"unread": 0}));
        let told = ada.get("/notifications").await.expect(200);
        assert!(!told["items"][0]["read_at"].is_null());
        desk.stop().await;
    }

    async fn reading_the_ticket_reads_its_notifications(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let id = ada.open_ticket("Printer").await;
        mira.say(id, "One").await;
        mira.say(id, "Two").await;
        ada.put(&format!("/tickets/{id}/read"), json!({"seq": 2})).await.expect(200);
        assert_eq!(ada.get("/notifications").await.expect(200)["unread"], 1);
        ada.put(&format!("/tickets/{id}/read"), json!({"seq": 3})).await.expect(200);
        assert_eq!(ada.get("/notifications").await.expect(200)["unread"], 0);
        desk.stop().await;
    }

    async fn nobody_reads_the_notifications_of_others(desk: Desk) {
        let (mira, ada, bob) =
            (desk.admin("Mira").await, desk.customer("Ada").await, desk.customer("Bob").await);
        let id = ada.open_ticket("Printer").await;
        mira.say(id, "One").await;
        let theirs = ada.get("/notifications").await.expect(200)["items"][0]["id"].clone();
        assert_eq!(bob.get("/notifications").await.expect(200)["items"], json!([]));
        bob.post("/notifications/read", json!({"ids": [theirs]})).await.expect(200);
        bob.post("/notifications/read", json!({"ticket_id": id})).await.expect(200);
        assert_eq!(ada.get("/notifications").await.expect(200)["unread"], 1);
        desk.stop().await;
    }

    async fn the_assignee_is_told_instead_of_all_admins(desk: Desk) {
        let (mira, jonas) = (desk.admin("Mira").await, desk.admin("Jonas").await);
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        let take = json!({"seen_seq": 1, "assignee_id": jonas.user_id});
        mira.patch(&format!("/tickets/{id}"), take).await.expect(200);
        ada.say(id, "Hurry").await;
        let note = json!({"client_id": Uuid::new_v4(), "body": "x", "kind": "note"});
        mira.post(&format!("/tickets/{id}/messages"), note).await.expect(201);

        let kinds = async |caller: &testkit::http::Caller| {
            let told = caller.get("/notifications").await.expect(200);
            let items = told["items"].as_array().unwrap().clone();
            items.iter().map(|item| item["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(kinds(&mira).await, ["ticket_created"]);
        assert_eq!(kinds(&jonas).await, ["note", "message", "assigned", "ticket_created"]);
        assert_eq!(kinds(&ada).await, ["assigned"]);
        desk.stop().await;
    }

    async fn notifications_page_by_cursor(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        for n in 0..5 {
            ada.open_ticket(&format!("Ticket {n}")).await;
        }
        let first = mira.get("/notifications?limit=3").await.expect(200);
        let next = first["next_cursor"].as_str().unwrap();
        let second = mira.get(&format!("/notifications?limit=3&cursor={next}")).await.expect(200);
        assert_eq!(first["items"].as_array().unwrap().len(), 3);
        assert_eq!(second["items"].as_array().unwrap().len(), 2);
        assert!(second["next_cursor"].is_null());
        mira.get("/notifications?cursor=x").await.refused(422, "invalid");
        desk.stop().await;
    }
}
