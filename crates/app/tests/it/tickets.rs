//! Tickets and messages over REST: the rules of the mission.

use serde_json::{Value, json};
use testkit::on_every_database;
use uuid::Uuid;

use crate::desk::Desk;

const STATUSES: [&str; 5] = ["open", "in_progress", "pending", "resolved", "closed"];

on_every_database! {
    async fn a_ticket_begins_with_its_description(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let categories = ada.get("/categories").await.expect(200);
        let category = &categories["items"][0];
        let body = json!({
            "client_id": Uuid::new_v4(), "title": " Printer ", "description": "It is\non fire",
            "category_id": category["id"], "priority": "high",
        });
        let ticket = ada.post("/tickets", body).await.expect(201);
        assert_eq!(ticket["title"], "Printer");
        assert_eq!(ticket["status"], "open");
        assert_eq!(ticket["priority"], "high");
        assert_eq!(ticket["category"]["name"], category["name"]);
        assert_eq!(ticket["waiting_on"], "staff");
        assert_eq!(ticket["head_seq"], 1);
        assert_eq!(ticket["last_message"]["preview"], "It is on fire");
        assert_eq!(ticket["unread"], 0);

        let timeline = ada.timeline(ticket["id"].as_i64().unwrap()).await;
        assert_eq!(timeline.len(), 1);
        assert_eq!(timeline[0]["kind"], "created");
        assert_eq!(timeline[0]["body"], "It is\non fire");
        desk.stop().await;
    }

    async fn a_repeated_write_happens_once(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let open = json!({"client_id": Uuid::new_v4(), "title": "Printer", "description": "Fire"});
        let first = ada.post("/tickets", open.clone()).await.expect(201);
        let again = ada.post("/tickets", open.clone()).await.expect(201);
        assert_eq!(first, again);
        let mut other = open.clone();
        other["description"] = json!("Flood");
        ada.post("/tickets", other).await.refused(409, "client_id_reused");

        let id = first["id"].as_i64().unwrap();
        let messages = format!("/tickets/{id}/messages");
        let say = json!({"client_id": Uuid::new_v4(), "body": "Hurry"});
        let first = ada.post(&messages, say.clone()).await.expect(201);
        assert_eq!(ada.post(&messages, say.clone()).await.expect(201), first);
        let mut other = say.clone();
        other["body"] = json!("No hurry");
        ada.post(&messages, other).await.refused(409, "client_id_reused");

        let status = format!("/tickets/{id}/status");
        let close = json!({"client_id": Uuid::new_v4(), "status": "closed"});
        let first = ada.put(&status, close.clone()).await.expect(200);
        let again = ada.put(&status, close).await.expect(200);
        assert_eq!(first["entry"], again["entry"]);
        // What was sent before the ticket was closed is still acknowledged.
        ada.post(&messages, say).await.expect(201);

        assert_eq!(ada.timeline(id).await.len(), 3);
        desk.stop().await;
    }

    async fn one_client_id_raced_makes_one_entry(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        let say = json!({"client_id": Uuid::new_v4(), "body": "Hurry"});
        let sends: Vec<_> = (0..50)
            .map(|_| {
                let (ada, say) = (ada.clone(), say.clone());
                tokio::spawn(async move { ada.post(&format!("/tickets/{id}/messages"), say).await })
            })
            .collect();
        for send in sends {
            assert_eq!(send.await.unwrap().expect(201)["seq"], 2);
        }
        assert_eq!(ada.timeline(id).await.len(), 2);
        desk.stop().await;
    }

    async fn one_client_id_raced_opens_one_ticket(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let open = json!({"client_id": Uuid::new_v4(), "title": "Printer", "description": "Fire"});
        let opens: Vec<_> = (0..20)
            .map(|_| {
                let (ada, open) = (ada.clone(), open.clone());
                tokio::spawn(async move { ada.post("/tickets", open).await.expect(201)["id"].clone() })
            })
            .collect();
        let mut ids = Vec::new();
        for open in opens {
            ids.push(open.await.unwrap());
        }
        ids.dedup();
        assert_eq!(ids.len(), 1);
        assert_eq!(ada.get("/tickets").await.expect(200)["items"].as_array().unwrap().len(), 1);
        desk.stop().await;
    }

    async fn admins_set_any_status_and_customers_only_close(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer").await;
        for from in STATUSES {
            for to in STATUSES {
                mira.set_status(id, from).await.expect(200);
                let set = mira.set_status(id, to).await.expect(200);
                assert_eq!(set["ticket"]["status"], to);
                assert_eq!(set["entry"].is_null(), from == to, "{from} to {to}");

                mira.set_status(id, from).await.expect(200);
                let answer = ada.set_status(id, to).await;
                if to == "closed" {
                    let set = answer.expect(200);
                    assert_eq!(set["ticket"]["status"], "closed");
                    assert!(!set["ticket"]["closed_at"].is_null());
                } else {
                    answer.refused(403, "forbidden");
                }
            }
        }
        desk.stop().await;
    }

    async fn parallel_closes_are_one_transition(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer").await;
        let closes: Vec<_> = (0..50)
            .map(|_| {
                let ada = ada.clone();
                tokio::spawn(async move { ada.set_status(id, "closed").await.expect(200) })
            })
            .collect();
        let mut entries = 0;
        for close in closes {
            entries += usize::from(!close.await.unwrap()["entry"].is_null());
        }
        assert_eq!(entries, 1);
        assert_eq!(ada.timeline(id).await.len(), 2);
        let told = mira.get("/notifications").await.expect(200);
        assert_eq!(told["unread"], 1, "only of the new ticket, which nobody is assigned to: {told}");
        desk.stop().await;
    }

    async fn a_closed_ticket_takes_notes_but_no_messages(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer").await;
        ada.set_status(id, "closed").await.expect(200);
        let path = format!("/tickets/{id}/messages");
        let say = || json!({"client_id": Uuid::new_v4(), "body": "Still on fire"});
        ada.post(&path, say()).await.refused(409, "ticket_closed");
        mira.post(&path, say()).await.refused(409, "ticket_closed");
        let note = json!({"client_id": Uuid::new_v4(), "body": "Odd", "kind": "note"});
        mira.post(&path, note).await.expect(201);
        assert_eq!(ada.timeline(id).await.len(), 3);
        desk.stop().await;
    }

    async fn a_closed_ticket_can_be_followed_up_by_its_customer(desk: Desk) {
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        let id = ada.open_ticket("Printer").await;
        let follow = |id: i64| {
            json!({"client_id": Uuid::new_v4(), "title": "Again", "description": "x", "follows_id": id})
        };
        let answer = ada.post("/tickets", follow(id)).await;
        assert_eq!(answer.fields(), [("follows_id".to_owned(), "out_of_range".to_owned())]);
        ada.set_status(id, "closed").await.expect(200);
        let ticket = ada.post("/tickets", follow(id)).await.expect(201);
        assert_eq!(ticket["follows_id"], id);
        let theirs = bob.post("/tickets", follow(id)).await;
        let missing = bob.post("/tickets", follow(999_999)).await;
        theirs.refused(422, "invalid");
        assert_eq!(theirs.json["errors"], missing.json["errors"]);
        desk.stop().await;
    }

    async fn who_acts_next_follows_the_conversation(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer").await;
        let waiting = async || {
            let detail = ada.get(&format!("/tickets/{id}")).await.expect(200);
            detail["ticket"]["waiting_on"].as_str().unwrap().to_owned()
        };
        assert_eq!(waiting().await, "staff");
        mira.say(id, "Which floor?").await;
        assert_eq!(waiting().await, "customer");
        ada.say(id, "Third").await;
        assert_eq!(waiting().await, "staff");
        mira.set_status(id, "resolved").await.expect(200);
        assert_eq!(waiting().await, "nobody");
        ada.say(id, "It burns again").await;
        assert_eq!(waiting().await, "staff");
        assert_eq!(ada.get(&format!("/tickets/{id}")).await.expect(200)["ticket"]["status"], "resolved");
        desk.stop().await;
    }

    async fn a_stale_action_is_refused_with_what_was_missed(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer").await;
        let note = json!({"client_id": Uuid::new_v4(), "body": "Internal", "kind": "note"});
        mira.post(&format!("/tickets/{id}/messages"), note).await.expect(201);
        let close = |seen: i64| json!({"client_id": Uuid::new_v4(), "status": "closed", "seen_seq": seen});
        let path = format!("/tickets/{id}/status");

        ada.say(id, "First").await;
        mira.say(id, "Second").await;
        let answer = ada.put(&path, close(1)).await;
        answer.refused(409, "stale");
        let missed = answer.json["missed"].as_array().unwrap();
        // Neither the customer's own message nor the note is in it.
        assert_eq!(missed.iter().map(|entry| &entry["body"]).collect::<Vec<_>>(), ["Second"]);

        let beyond = ada.put(&path, close(99)).await;
        beyond.refused(422, "invalid");
        assert_eq!(beyond.fields()[0].0, "seen_seq");
        ada.put(&path, close(4)).await.expect(200);
        desk.stop().await;
    }

    async fn an_edit_makes_one_entry_for_each_field(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer").await;
        let path = format!("/tickets/{id}");
        let edit = json!({
            "seen_seq": 1, "title": "Printer on fire", "priority": "urgent", "assignee_id": mira.user_id,
        });
        let ticket = mira.patch(&path, edit).await.expect(200);
        assert_eq!(ticket["title"], "Printer on fire");
        assert_eq!(ticket["assignee"]["name"], "Mira");
        assert_eq!(ticket["head_seq"], 4);
        let kinds: Vec<_> = ada.timeline(id).await.iter().map(|e| e["kind"].clone()).collect();
        assert_eq!(kinds, ["created", "title_changed", "priority_changed", "assigned"]);

        // The same field changed by somebody else after what was seen: refused; another field: fine.
        let olga = desk.admin("Olga").await;
        let stale = olga.patch(&path, json!({"seen_seq": 1, "priority": "low"})).await;
        stale.refused(409, "stale");
        assert_eq!(stale.json["missed"][0]["to"], "urgent");
        olga.patch(&path, json!({"seen_seq": 1, "category_id": null})).await.expect(200);
        let ticket = olga.patch(&path, json!({"seen_seq": 4, "assignee_id": null})).await.expect(200);
        assert_eq!(ticket["assignee"], Value::Null);

        let not_admin = mira.patch(&path, json!({"seen_seq": 5, "assignee_id": ada.user_id})).await;
        assert_eq!(not_admin.fields()[0].0, "assignee_id");
        ada.patch(&path, json!({"seen_seq": 5, "priority": "urgent"})).await.refused(403, "forbidden");
        desk.stop().await;
    }

    async fn lists_page_by_cursor_through_every_ticket_once(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let mut ids = Vec::new();
        for n in 0..7 {
            ids.push(ada.open_ticket(&format!("Ticket {n}")).await);
        }
        for sort in ["updated", "created", "priority"] {
            let mut found = Vec::new();
            let mut cursor = String::new();
            loop {
                let page = mira.get(&format!("/tickets?limit=3&sort={sort}{cursor}")).await.expect(200);
                let items = page["items"].as_array().unwrap();
                found.extend(items.iter().map(|ticket| ticket["id"].as_i64().unwrap()));
                match page["next_cursor"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            found.sort_unstable();
            assert_eq!(found, ids, "{sort}");
        }
        let page = mira.get("/tickets?limit=3&sort=created").await.expect(200);
        let next = page["next_cursor"].as_str().unwrap();
        mira.get(&format!("/tickets?sort=updated&cursor={next}")).await.refused(422, "invalid");
        mira.get("/tickets?cursor=forged").await.refused(422, "invalid");
        desk.stop().await;
    }

    async fn lists_are_filtered(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let fire = ada.open_ticket("100% fire_drill").await;
        let flood = ada.open_ticket("Flood").await;
        mira.set_status(flood, "pending").await.expect(200);
        let mine = json!({"seen_seq": 1, "assignee_id": mira.user_id, "priority": "urgent"});
        mira.patch(&format!("/tickets/{fire}"), mine).await.expect(200);
        let found = async |query: &str| {
            let page = mira.get(&format!("/tickets?{query}")).await.expect(200);
            let items = page["items"].as_array().unwrap().clone();
            items.iter().map(|ticket| ticket["id"].as_i64().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(found("status=pending,closed").await, [flood]);
        assert_eq!(found("assignee=me").await, [fire]);
        assert_eq!(found("assignee=none").await, [flood]);
        assert_eq!(found("priority=urgent").await, [fire]);
        assert_eq!(found("waiting_on=customer").await, [flood]);
        assert_eq!(found(&format!("requester={}", ada.user_id)).await, [fire, flood]);
        assert_eq!(found("q=FIRE").await, [fire]);
        assert_eq!(found("q=100%25").await, [fire]);
        assert_eq!(found("q=fire_d").await, [fire]);
        assert_eq!(found("q=floo&status=pending").await, [flood]);
        assert!(found("q=floo&status=open").await.is_empty());
        assert_eq!(found(&format!("q=%23{flood}")).await, [flood]);
        for nothing in ["q=%25", "q=_", "q=drill", "q=fire%20flood"] {
            assert!(found(nothing).await.is_empty(), "{nothing}");
        }
        assert_eq!(found("sort=priority").await, [fire, flood]);
        desk.stop().await;
    }

    async fn text_of_every_kind_comes_back_as_it_was_written(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        for text in [
            "👩‍👩‍👧‍👦 ZWJ", "שלום \u{202e}RTL", "<script>alert(1)</script>", "'; DROP TABLE users; --",
            "a\r\n\tb", "\u{1F4A9}\u{0301}", "%_\\",
        ] {
            assert_eq!(ada.say(id, text).await["body"], text);
            assert_eq!(ada.timeline(id).await.last().unwrap()["body"], text);
        }
        desk.stop().await;
    }

    async fn read_cursors_only_move_forwards(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer").await;
        mira.say(id, "One").await;
        mira.say(id, "Two").await;
        let path = format!("/tickets/{id}/read");
        assert_eq!(ada.put(&path, json!({"seq": 2})).await.expect(200), json!({"seq": 2, "unread": 1}));
        assert_eq!(ada.put(&path, json!({"seq": 1})).await.expect(200), json!({"seq": 2, "unread": 1}));
        assert_eq!(ada.put(&path, json!({"seq": 3})).await.expect(200), json!({"seq": 3, "unread": 0}));
        ada.put(&path, json!({"seq": 4})).await.refused(422, "invalid");
        let detail = mira.get(&format!("/tickets/{id}")).await.expect(200);
        let people = detail["participants"].as_array().unwrap();
        let ada_there = people.iter().find(|person| person["id"] == ada.user_id).unwrap();
        assert_eq!(ada_there["read_seq"], 3);
        desk.stop().await;
    }

    async fn a_client_that_hangs_up_does_not_cut_its_write(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        for n in 0..20 {
            let say = json!({"client_id": Uuid::new_v4(), "body": format!("Message {n}")});
            let request = ada.request(reqwest::Method::POST, &format!("/tickets/{id}/messages")).json(&say);
            // Gone after a time that ends somewhere in the middle of the write.
            let _ = tokio::time::timeout(std::time::Duration::from_micros(400 * n), request.send()).await;
        }
        // Whatever of it arrived is whole: no hole, no lock that was left behind.
        let last = ada.say(id, "Still here").await;
        let timeline = ada.timeline(id).await;
        let seqs: Vec<_> = timeline.iter().map(|entry| entry["seq"].as_i64().unwrap()).collect();
        assert!(seqs.iter().copied().eq(1..=seqs.len() as i64), "{seqs:?}");
        assert!(timeline.contains(&last));
        desk.stop().await;
    }
}
