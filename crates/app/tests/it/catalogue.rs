//! What admins keep for all tickets: categories and canned replies.

use serde_json::json;
use testkit::on_every_database;

use crate::desk::Desk;

on_every_database! {
    async fn categories_are_added_and_changed_over_http(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let travel = mira.post("/categories", json!({"name": " Travel "})).await.expect(201);
        assert_eq!((&travel["name"], &travel["retired"]), (&json!("Travel"), &json!(false)));
        let path = format!("/categories/{}", travel["id"]);
        let change = json!({"name": "Trips", "position": 1, "retired": true});
        let changed = mira.patch(&path, change).await.expect(200);
        assert_eq!(changed, json!({"id": travel["id"], "name": "Trips", "position": 1, "retired": true}));
        assert_eq!(ada.get("/categories").await.expect(200)["items"][0], changed);

        mira.post("/categories", json!({"name": "TRIPS"})).await.refused(409, "name_taken");
        for (field, body) in [
            ("name", json!({"name": ""})),
            ("name", json!({"name": "x".repeat(81)})),
            ("name", json!({"name": null})),
            ("position", json!({"position": 0})),
            ("retired", json!({"retired": "yes"})),
        ] {
            let refused = mira.patch(&path, body.clone()).await;
            refused.refused(422, "invalid");
            assert_eq!(refused.json["errors"][0]["field"], field, "{body}");
        }
        desk.stop().await;
    }

    async fn canned_replies_are_kept_changed_and_removed_over_http(desk: Desk) {
        let (mira, otto) = (desk.admin("Mira").await, desk.admin("Otto").await);
        let new = json!({"name": "Hello", "body": "Dear {{customer.name}},\n\n", "shared": false});
        let reply = mira.post("/canned-replies", new.clone()).await.expect(201);
        let path = format!("/canned-replies/{}", reply["id"]);
        assert_eq!(reply["body"], new["body"]);
        assert_eq!(mira.get("/canned-replies").await.expect(200), json!({"items": [reply]}));
        assert_eq!(otto.get("/canned-replies").await.expect(200), json!({"items": []}));
        otto.patch(&path, json!({"shared": true})).await.refused(404, "not_found");

        let shared = mira.patch(&path, json!({"shared": true})).await.expect(200);
        assert_eq!(otto.get("/canned-replies").await.expect(200)["items"][0], shared);
        for (field, body) in [
            ("name", json!({"name": "x".repeat(81)})),
            ("body", json!({"body": "x".repeat(10_001)})),
            ("body", json!({"body": ""})),
            ("shared", json!({"shared": null})),
        ] {
            let refused = otto.patch(&path, body.clone()).await;
            refused.refused(422, "invalid");
            assert_eq!(refused.json["errors"][0]["field"], field, "{body}");
        }
        let row = format!("({}, 'x', 'x', 0, 0)", otto.user_id);
        let rows = vec![row; domain::limits::CANNED_REPLIES_MAX as usize].join(", ");
        let sql = format!("INSERT INTO canned_replies (owner_id, name, body, created_at, updated_at) VALUES {rows}");
        desk.database.execute(&sql).await;
        let full = otto.post("/canned-replies", new).await;
        full.refused(422, "invalid");
        assert_eq!(full.fields(), [("shared".to_owned(), "too_many".to_owned())]);
        assert_eq!(otto.delete(&path).await.status, 204);
        otto.delete(&path).await.refused(404, "not_found");
        desk.stop().await;
    }
}
