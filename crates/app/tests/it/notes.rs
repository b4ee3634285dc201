//! Internal notes stay among staff: on every way to a customer there is at most their place.

use serde_json::{Value, json};
use testkit::http::Caller;
use testkit::on_every_database;
use testkit::socket::Handshake;
use uuid::Uuid;

use crate::desk::Desk;

/// What every note here says, and nothing else does.
const SECRET: &str = "Zanzibar";

async fn note(author: &Caller, ticket: i64) -> Value {
    let note = json!({"client_id": Uuid::new_v4(), "body": SECRET, "kind": "note"});
    let path = format!("/tickets/{ticket}/messages");
    author.post(&path, note).await.expect(201)
}

fn place(seq: i64) -> Value {
    json!({"seq": seq, "kind": "hidden"})
}

/// That a text from the server says nothing of a note.
fn says_nothing(text: &str) {
    let text = text.to_lowercase();
    let telling = ["zanzibar", "\"note\"", "olga"];
    assert!(telling.iter().all(|word| !text.contains(word)), "{text}");
}

/// Without the head, which a note moves by its place.
fn but_for_its_place(mut json: Value) -> Value {
    match &mut json {
        Value::Object(fields) => {
            fields.retain(|name, _| name != "head_seq");
            for field in fields.values_mut() {
                *field = but_for_its_place(field.take());
            }
        }
        Value::Array(items) => {
            for item in items {
                *item = but_for_its_place(item.take());
            }
        }
        _ => {}
    }
    json
}

on_every_database! {
    async fn a_note_changes_nothing_that_its_customer_asks_for(desk: Desk) {
        let (ada, mira, olga) = (desk.customer("Ada").await, desk.admin("Mira").await, desk.admin("Olga").await);
        let id = ada.open_ticket("Printer").await;
        let take = json!({"seen_seq": 1, "assignee_id": mira.user_id});
        mira.patch(&format!("/tickets/{id}"), take).await.expect(200);
        mira.say(id, "Which floor?").await;
        ada.say(id, "The third").await;
        let asked = async || {
            let mut answers = Vec::new();
            for path in [
                "/tickets", "/tickets?q=printer", "/tickets?waiting_on=staff", "/tickets?waiting_on=customer",
                "/tickets?sort=priority", "/tickets?q=zanzibar", "/search?q=printer", "/search?q=floor",
                "/search?q=zanzibar", "/search?q=note", &format!("/tickets/{id}"), "/notifications",
            ] {
                let answer = ada.get(path).await;
                says_nothing(&answer.text);
                answers.push((path.to_owned(), but_for_its_place(answer.expect(200))));
            }
            answers
        };
        let before = asked().await;
        note(&olga, id).await;
        assert_eq!(asked().await, before);
        // Nor do several, by whoever handles it, and also once it is closed.
        ada.set_status(id, "closed").await.expect(200);
        let before = asked().await;
        for _ in 0..3 {
            note(&mira, id).await;
        }
        note(&olga, id).await;
        assert_eq!(asked().await, before);
        for path in ["/tickets/counts", "/tickets/export", "/stats?from=2026-01-01&to=2026-01-02", "/alerts"] {
            ada.get(path).await.refused(403, "forbidden");
        }
        desk.stop().await;
    }

    async fn every_piece_of_a_timeline_has_only_its_place(desk: Desk) {
        let (ada, olga) = (desk.customer("Ada").await, desk.admin("Olga").await);
        let id = ada.open_ticket("Printer").await;
        note(&olga, id).await;
        ada.say(id, "Hurry").await;
        note(&olga, id).await;
        for (query, places) in [
            ("", vec![2, 4]), ("?after=0", vec![2, 4]), ("?after=1&limit=1", vec![2]), ("?after=3", vec![4]),
            ("?before=5", vec![2, 4]), ("?before=3&limit=1", vec![2]), ("?limit=1", vec![4]),
        ] {
            let answer = ada.get(&format!("/tickets/{id}/timeline{query}")).await;
            says_nothing(&answer.text);
            let page = answer.expect(200);
            assert_eq!(page["head"], 4, "{query}");
            let hidden: Vec<_> = page["items"].as_array().unwrap().iter().filter(|e| e["kind"] == "hidden").collect();
            assert_eq!(hidden, places.into_iter().map(place).collect::<Vec<_>>().iter().collect::<Vec<_>>(), "{query}");
        }
        desk.stop().await;
    }

    async fn a_socket_tells_only_its_place_live_and_replayed(desk: Desk) {
        let (ada, mira, olga) = (desk.customer("Ada").await, desk.admin("Mira").await, desk.admin("Olga").await);
        let id = ada.open_ticket("Printer").await;
        let mut portal = desk.socket(&ada).await;
        portal.join(id, None).await;
        let before = ada.get(&format!("/tickets/{id}")).await.expect(200)["ticket"].clone();
        note(&olga, id).await;
        assert_eq!(portal.expect("entry").await, json!({
            "type": "entry", "ticket_id": id, "seq": 2, "entry": place(2),
        }));
        let frame = portal.find(|f| f["type"] == "ticket" && f["ticket"]["head_seq"] == 2).await;
        let mut before = but_for_its_place(before);
        before.as_object_mut().unwrap().remove("unread");
        assert_eq!(but_for_its_place(frame["ticket"].clone()), before);
        mira.say(id, "Which floor?").await;
        assert_eq!(portal.expect("entry").await["seq"], 3);
        // The first thing that she is told of is the answer.
        let told = portal.expect("notification").await;
        assert_eq!((&told["notification"]["kind"], &told["unread"]), (&json!("message"), &json!(1)));
        note(&olga, id).await;
        assert_eq!(portal.expect("entry").await["entry"], place(4));
        mira.say(id, "Well?").await;
        portal.find(|f| f["type"] == "notification" && f["unread"] == 2).await;
        says_nothing(&format!("{:?}", portal.others()));

        // Away and back again, from every place, and in the breath of the hello.
        for (after, entries) in [(None, 5), (Some(0), 5), (Some(1), 4), (Some(3), 2), (Some(4), 1), (Some(99), 5)] {
            let mut socket = desk.socket(&ada).await;
            let joined = socket.join(id, after).await;
            says_nothing(&joined.to_string());
            let fresh = ada.timeline(id).await;
            assert_eq!(joined["entries"].as_array().unwrap(), &fresh[5 - entries..], "{after:?}");
        }
        let mut socket = Handshake::new(&desk.base, &ada).open().await.unwrap();
        let hello = json!({"type": "hello", "token": ada.access_token, "ticket_id": id, "after": 3});
        socket.command(hello).await;
        let joined = socket.expect("joined").await;
        says_nothing(&joined.to_string());
        assert_eq!(joined["entries"][0], place(4));
        desk.stop().await;
    }

    async fn a_refusal_shows_what_was_missed_but_for_notes(desk: Desk) {
        let (ada, mira, olga) = (desk.customer("Ada").await, desk.admin("Mira").await, desk.admin("Olga").await);
        let id = ada.open_ticket("Printer").await;
        let mut portal = desk.socket(&ada).await;
        portal.join(id, None).await;
        let messages = format!("/tickets/{id}/messages");
        let late = |seen: i64| json!({"client_id": Uuid::new_v4(), "body": "Hello?", "seen_seq": seen});
        let late_frame = |seen: i64| {
            let mut frame = late(seen);
            frame["type"] = json!("message.send");
            frame
        };
        // Notes alone do not make anything late.
        note(&olga, id).await;
        assert_eq!(ada.post(&messages, late(1)).await.expect(201)["seq"], 3);
        note(&olga, id).await;
        assert_eq!(portal.ask(late_frame(3)).await["result"]["entry"]["seq"], 5);

        mira.say(id, "Which floor?").await;
        note(&olga, id).await;
        let refused = ada.post(&messages, late(5)).await;
        refused.refused(409, "stale");
        says_nothing(&refused.text);
        assert_eq!(refused.json["missed"], json!([ada.timeline(id).await[5]]));
        let refused_there = portal.ask(late_frame(5)).await;
        assert_eq!((&refused_there["code"], &refused_there["missed"]), (&json!("stale"), &refused.json["missed"]));
        let close = json!({"client_id": Uuid::new_v4(), "status": "closed", "seen_seq": 5});
        let refused = ada.put(&format!("/tickets/{id}/status"), close).await;
        refused.refused(409, "stale");
        says_nothing(&refused.text);
        desk.stop().await;
    }

    async fn the_client_id_of_a_note_is_nobody_elses(desk: Desk) {
        let (ada, olga) = (desk.customer("Ada").await, desk.admin("Olga").await);
        let id = ada.open_ticket("Printer").await;
        let client_id = note(&olga, id).await["client_id"].clone();
        let body = json!({"client_id": client_id, "body": "Mine"});
        let entry = ada.post(&format!("/tickets/{id}/messages"), body).await.expect(201);
        assert_eq!((&entry["seq"], &entry["body"]), (&json!(3), &json!("Mine")));
        desk.stop().await;
    }

    async fn a_note_that_a_killed_process_left_is_announced_as_one(desk: Desk) {
        let (ada, mira, olga) = (desk.customer("Ada").await, desk.admin("Mira").await, desk.admin("Olga").await);
        let id = ada.open_ticket("Printer").await;
        let (mut console, mut portal) = (desk.socket(&mira).await, desk.socket(&ada).await);
        console.join(id, None).await;
        portal.join(id, None).await;
        // Long enough ago for somebody else to take care of it.
        desk.database.execute(&format!(
            "INSERT INTO timeline (ticket_id, seq, kind, actor_id, body, created_at) \
             VALUES ({id}, 2, 'note', {}, '{SECRET}', 1)", olga.user_id,
        )).await;
        desk.database.execute(&format!("UPDATE tickets SET last_seq = 2 WHERE id = {id}")).await;
        desk.database.execute(&format!("INSERT INTO outbox (ticket_id, seq, created_at) VALUES ({id}, 2, 1)")).await;
        assert_eq!(console.expect("entry").await["entry"]["body"], SECRET);
        assert_eq!(portal.expect("entry").await["entry"], place(2));
        mira.say(id, "Which floor?").await;
        portal.expect("notification").await;
        says_nothing(&format!("{:?}", portal.others()));
        desk.stop().await;
    }

    async fn who_is_no_longer_staff_sees_no_notes(desk: Desk) {
        let (mira, olga) = (desk.admin("Mira").await, desk.admin("Olga").await);
        // Mira's own ticket, in which she has seen and written notes.
        let id = mira.open_ticket("Printer").await;
        note(&olga, id).await;
        note(&mira, id).await;
        assert_eq!(mira.timeline(id).await[1]["body"], SECRET);
        olga.patch(&format!("/users/{}", mira.user_id), json!({"role": "user"})).await.expect(200);
        let mira = Caller::log_in(&desk.base, &mira.email).await;
        assert_eq!(mira.timeline(id).await[1..], [place(2), place(3)]);
        let mut portal = desk.socket(&mira).await;
        assert_eq!(portal.join(id, Some(1)).await["entries"], json!([place(2), place(3)]));
        assert_eq!(mira.get("/search?q=zanzibar").await.expect(200)["items"], json!([]));
        assert_eq!(mira.get("/tickets?q=zanzibar").await.expect(200)["items"], json!([]));
        says_nothing(&mira.get(&format!("/tickets/{id}")).await.text);
        desk.stop().await;
    }
}
