//! Who may not: strangers on every route, customers in admin matters.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::http::{Answer, Caller};
use testkit::on_every_database;
use uuid::Uuid;

use crate::desk::Desk;

/// Every route that names a ticket, with a body that would be fine for its owner.
fn ticket_routes(id: i64) -> Vec<(Method, String, Option<Value>)> {
    let client_id = Uuid::new_v4();
    vec![
        (Method::GET, format!("/tickets/{id}"), None),
        (
            Method::PATCH,
            format!("/tickets/{id}"),
            Some(json!({"seen_seq": 1, "priority": "low"})),
        ),
        (
            Method::PUT,
            format!("/tickets/{id}/status"),
            Some(json!({"client_id": client_id, "status": "closed"})),
        ),
        (Method::GET, format!("/tickets/{id}/timeline"), None),
        (Method::GET, format!("/tickets/{id}/timeline?after=0"), None),
        (
            Method::POST,
            format!("/tickets/{id}/messages"),
            Some(json!({"client_id": client_id, "body": "Hi"})),
        ),
        (
            Method::POST,
            format!("/tickets/{id}/messages"),
            Some(json!({"client_id": client_id, "body": "Hi", "kind": "note"})),
        ),
        (
            Method::PUT,
            format!("/tickets/{id}/read"),
            Some(json!({"seq": 1})),
        ),
    ]
}

async fn call(caller: &Caller, (method, path, body): &(Method, String, Option<Value>)) -> Answer {
    let mut request = caller.request(method.clone(), path);
    if let Some(body) = body {
        request = request.json(body);
    }
    caller.send(request).await
}

/// An answer without what differs between any two.
fn comparable(answer: &Answer) -> (u16, Value, Vec<String>) {
    let mut json = answer.json.clone();
    json["request_id"] = Value::Null;
    let mut names: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
    names.sort();
    (answer.status.as_u16(), json, names)
}

on_every_database! {
    async fn a_strangers_ticket_answers_as_a_missing_one(desk: Desk) {
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        let id = ada.open_ticket("Printer").await;
        for (theirs, missing) in ticket_routes(id).iter().zip(&ticket_routes(9_999_999)) {
            let theirs = call(&bob, theirs).await;
            theirs.refused(404, "not_found");
            assert_eq!(comparable(&theirs), comparable(&call(&bob, missing).await));
        }
        let untouched = ada.get(&format!("/tickets/{id}")).await.expect(200);
        assert_eq!(untouched["ticket"]["head_seq"], 1);
        assert_eq!(untouched["ticket"]["status"], "open");
        assert_eq!(bob.get("/tickets").await.expect(200)["items"], json!([]));
        let asked = bob.get(&format!("/tickets?requester={}", ada.user_id)).await.expect(200);
        assert_eq!(asked["items"], json!([]));
        desk.stop().await;
    }

    async fn nothing_is_served_without_a_session(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        let stranger = desk.stranger();
        let mut routes = ticket_routes(id);
        routes.extend([
            (Method::GET, "/me".into(), None),
            (Method::PATCH, "/me".into(), Some(json!({"name": "Eve"}))),
            (Method::GET, "/tickets".into(), None),
            (
                Method::POST,
                "/tickets".into(),
                Some(json!({"client_id": Uuid::new_v4(), "title": "x", "description": "x"})),
            ),
            (Method::GET, "/notifications".into(), None),
            (Method::POST, "/notifications/read".into(), Some(json!({"ticket_id": id}))),
            (Method::GET, "/categories".into(), None),
        ]);
        for route in routes {
            call(&stranger, &route).await.refused(401, "unauthenticated");
        }
        desk.stop().await;
    }

    async fn customers_do_not_act_for_others(desk: Desk) {
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        let open = |requester: i64| {
            json!({"client_id": Uuid::new_v4(), "title": "x", "description": "x", "requester_id": requester})
        };
        ada.post("/tickets", open(bob.user_id)).await.refused(403, "forbidden");
        ada.post("/tickets", open(9_999_999)).await.refused(403, "forbidden");
        ada.post("/tickets", open(ada.user_id)).await.expect(201);

        let mira = desk.admin("Mira").await;
        let ticket = mira.post("/tickets", open(bob.user_id)).await.expect(201);
        assert_eq!(ticket["requester"]["name"], "Bob");
        assert_eq!(bob.get("/tickets").await.expect(200)["items"][0]["id"], ticket["id"]);
        let nobody = mira.post("/tickets", open(9_999_999)).await;
        assert_eq!(nobody.fields()[0].0, "requester_id");
        desk.stop().await;
    }

    async fn nobody_chooses_what_is_not_theirs_to_choose(desk: Desk) {
        let ada = desk.customer("Ada").await;
        for (field, value) in [
            ("owner_id", json!(1)), ("status", json!("closed")), ("created_at", json!("2020-01-01T00:00:00Z")),
            ("assignee_id", json!(1)), ("id", json!(1)), ("head_seq", json!(5)),
        ] {
            let mut body = json!({"client_id": Uuid::new_v4(), "title": "x", "description": "x"});
            body[field] = value;
            let answer = ada.post("/tickets", body).await;
            answer.refused(422, "invalid");
            assert_eq!(answer.fields(), [(field.to_owned(), "unknown_field".to_owned())]);
        }
        let id = ada.open_ticket("Printer").await;
        for (field, value) in [("actor_id", json!(1)), ("seq", json!(9)), ("created_at", json!("2020"))] {
            let mut body = json!({"client_id": Uuid::new_v4(), "body": "x"});
            body[field] = value;
            ada.post(&format!("/tickets/{id}/messages"), body).await.refused(422, "invalid");
        }
        assert_eq!(ada.get("/tickets").await.expect(200)["items"].as_array().unwrap().len(), 1);
        desk.stop().await;
    }

    async fn customers_see_of_a_note_only_its_place(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer").await;
        let path = format!("/tickets/{id}/messages");
        let note = json!({"client_id": Uuid::new_v4(), "body": "Difficult customer", "kind": "note"});
        let entry = mira.post(&path, note.clone()).await.expect(201);
        assert_eq!(entry["kind"], "note");
        let mut theirs = note;
        theirs["client_id"] = json!(Uuid::new_v4());
        ada.post(&path, theirs).await.refused(403, "forbidden");

        assert_eq!(ada.timeline(id).await[1], json!({"seq": 2, "kind": "hidden"}));
        assert_eq!(mira.timeline(id).await[1]["body"], "Difficult customer");
        let detail = ada.get(&format!("/tickets/{id}")).await.expect(200);
        assert_eq!(detail["ticket"]["unread"], 0);
        assert_eq!(detail["ticket"]["last_message"]["seq"], 1);
        assert_eq!(detail["participants"].as_array().unwrap().len(), 1);
        assert_eq!(ada.get("/notifications").await.expect(200)["items"], json!([]));
        for text in [detail.to_string(), ada.get("/tickets").await.text] {
            assert!(!text.contains("Difficult"), "{text}");
        }
        desk.stop().await;
    }
}
