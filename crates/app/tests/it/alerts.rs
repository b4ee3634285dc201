//! Alerts of new tickets, over REST and sockets, on one node and two.

use std::sync::Arc;
use std::time::Duration;

use app::clock::SystemClock;
use serde_json::{Value, json};
use testkit::clock::ManualClock;
use testkit::database::{ThrowawayDatabase, on_mysql};
use testkit::http::Caller;
use testkit::on_every_database;
use testkit::socket::SocketClient;

use crate::desk::Desk;

/// The next alert that a socket gets.
async fn alert(socket: &mut SocketClient) -> Value {
    socket.expect("alert").await["alert"].clone()
}

/// Waits until a socket has heard of a ticket's entry, and sees that it heard of no alert.
async fn none_before(socket: &mut SocketClient, head: i64) {
    socket
        .find(|frame| frame["type"] == "ticket" && frame["ticket"]["head_seq"] == head)
        .await;
    let others = socket.others();
    assert!(
        others.iter().all(|frame| frame["type"] != "alert"),
        "{others:?}"
    );
}

async fn open(admin: &Caller) -> Vec<Value> {
    let page = admin.get("/alerts").await.expect(200);
    let items = page["items"].as_array().unwrap();
    items.iter().map(|item| item["ticket_id"].clone()).collect()
}

on_every_database! {
    async fn admins_are_alerted_and_customers_never(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let mut console = desk.socket(&mira).await;
        let mut customer = desk.socket(&ada).await;
        let id = ada.open_ticket("Printer").await;
        let raised = alert(&mut console).await;
        assert_eq!((&raised["ticket_id"], &raised["title"], &raised["level"]), (&json!(id), &json!("Printer"), &json!(0)));
        for field in ["acknowledged_by", "acknowledged_at", "ended_at"] {
            assert_eq!(raised[field], Value::Null, "{field}");
        }
        assert!(raised["raised_at"].is_string());
        assert_eq!(open(&mira).await, [json!(id)]);

        // To look does not acknowledge; to read does.
        mira.get(&format!("/tickets/{id}")).await.expect(200);
        assert_eq!(open(&mira).await, [json!(id)]);
        mira.put(&format!("/tickets/{id}/read"), json!({"seq": 1})).await.expect(200);
        let told = alert(&mut console).await;
        assert_eq!(told["acknowledged_by"], json!({"id": mira.user_id, "name": "Mira", "role": "admin"}));
        assert_eq!(told["ended_at"], told["acknowledged_at"]);
        assert_eq!(open(&mira).await, Vec::<Value>::new());
        let all = mira.get("/alerts?state=all&limit=1").await.expect(200);
        let mut listed = all["items"][0].clone();
        let seen = listed.as_object_mut().unwrap().remove("seen_by").unwrap();
        assert_eq!(listed, told);
        assert_eq!(seen, json!([{"person": told["acknowledged_by"], "at": told["acknowledged_at"]}]));

        mira.say(id, "Which floor?").await;
        none_before(&mut customer, 2).await;
        ada.get("/alerts").await.refused(403, "forbidden");
        desk.stranger().get("/alerts").await.refused(401, "unauthenticated");
        for query in ["state=closed", "limit=0", "limit=101", "cursor=x", "of=me"] {
            mira.get(&format!("/alerts?{query}")).await.refused(422, "invalid");
        }
        desk.stop().await;
    }

    async fn reading_over_the_socket_acknowledges(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let id = ada.open_ticket("Printer").await;
        let mut console = desk.socket(&mira).await;
        console.join(id, None).await;
        assert_eq!(open(&mira).await, [json!(id)]);
        console.ask(json!({"type": "ticket.read", "seq": 1})).await;
        assert_eq!(alert(&mut console).await["acknowledged_by"]["name"], "Mira");
        assert_eq!(open(&mira).await, Vec::<Value>::new());
        desk.stop().await;
    }

    async fn alerts_page_by_cursor(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let mut ids = Vec::new();
        for n in 0..5 {
            ids.insert(0, json!(ada.open_ticket(&format!("Ticket {n}")).await));
        }
        let mut path = "/alerts?limit=2".to_owned();
        let mut seen = Vec::new();
        loop {
            let page = mira.get(&path).await.expect(200);
            let items = page["items"].as_array().unwrap();
            seen.extend(items.iter().map(|item| item["ticket_id"].clone()));
            let Some(next) = page["next_cursor"].as_str() else { break };
            path = format!("/alerts?limit=2&cursor={next}");
        }
        assert_eq!(seen, ids);
        desk.stop().await;
    }

    // The worker of a running node turns the level up by itself.
    async fn an_alert_is_repeated_by_the_running_node(database: ThrowawayDatabase) {
        let clock = ManualClock::new();
        let desk = Desk::start_with(database, Arc::new(clock.clone())).await;
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let mut console = desk.socket(&mira).await;
        let id = ada.open_ticket("Printer").await;
        assert_eq!(alert(&mut console).await["level"], 0);
        clock.advance(Duration::from_secs(120));
        let again = alert(&mut console).await;
        assert_eq!((&again["ticket_id"], &again["level"]), (&json!(id), &json!(1)));
        desk.stop().await;
    }
}

#[test]
fn alerts_reach_admins_on_the_other_node_and_nobody_else() {
    on_mysql(|database: ThrowawayDatabase| async move {
        let desk = Desk::start_with(database, Arc::new(SystemClock)).await;
        let other = desk.another_node().await;
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let mut console = other.socket(&mira).await;
        let mut customer = other.socket(&ada).await;
        let id = ada.open_ticket("Printer").await;
        let raised = alert(&mut console).await;
        assert_eq!(raised["ticket_id"], id);
        assert_eq!(raised["level"], 0);
        mira.say(id, "Which floor?").await;
        let told = alert(&mut console).await;
        assert_eq!(told["acknowledged_by"]["id"], mira.user_id);
        mira.say(id, "Hello?").await;
        none_before(&mut customer, 3).await;
        other.stop().await;
        desk.stop().await;
    });
}
