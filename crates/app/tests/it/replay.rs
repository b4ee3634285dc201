//! Nothing is missed: snapshot and replayed entries equal a fresh fetch, whatever happened in between.

use serde_json::{Value, json};
use testkit::http::Caller;
use testkit::on_every_database;
use testkit::socket::SocketClient;
use uuid::Uuid;

use crate::desk::Desk;

/// One of everything that can happen to a ticket.
async fn live_a_ticket(ada: &Caller, mira: &Caller, id: i64, round: i64) {
    let (ticket, messages) = (format!("/tickets/{id}"), format!("/tickets/{id}/messages"));
    ada.say(id, &format!("Question {round}")).await;
    mira.say(id, &format!("Answer {round}")).await;
    let note =
        json!({"client_id": Uuid::new_v4(), "body": format!("Note {round}"), "kind": "note"});
    mira.post(&messages, note).await.expect(201);
    mira.set_status(id, "in_progress").await.expect(200);
    let head = mira.get(&ticket).await.expect(200)["ticket"]["head_seq"].clone();
    let edit = json!({
        "seen_seq": head, "title": format!("Title {round}"),
        "priority": if round % 2 == 0 { "low" } else { "high" },
        "assignee_id": if round % 2 == 0 { json!(mira.user_id) } else { Value::Null },
        "category_id": if round % 2 == 0 { json!(1) } else { Value::Null },
    });
    mira.patch(&ticket, edit).await.expect(200);
    mira.set_status(id, "open").await.expect(200);
}

/// Applies the client's rule: what is next is kept, what is known is dropped, a gap would be an error.
fn apply(known: &mut Vec<Value>, entry: &Value) {
    let (seq, last) = (entry["seq"].as_i64().unwrap(), known.len() as i64);
    if seq <= last {
        return;
    }
    assert_eq!(seq, last + 1, "a gap");
    known.push(entry.clone());
}

async fn follow(socket: &mut SocketClient, known: &mut Vec<Value>, head: i64) {
    while (known.len() as i64) < head {
        let frame = socket.expect("entry").await;
        apply(known, &frame["entry"]);
    }
}

on_every_database! {
    async fn live_entries_equal_a_fresh_fetch_for_every_kind(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer").await;
        for caller in [&ada, &mira] {
            let mut socket = desk.socket(caller).await;
            let joined = socket.join(id, None).await;
            let mut known = joined["entries"].as_array().unwrap().clone();
            live_a_ticket(&ada, &mira, id, known.len() as i64).await;
            let fresh = caller.timeline(id).await;
            follow(&mut socket, &mut known, fresh.len() as i64).await;
            assert_eq!(known, fresh);
        }
        desk.stop().await;
    }

    async fn a_client_that_was_away_gets_exactly_what_it_missed(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer").await;
        for round in 0..3 {
            live_a_ticket(&ada, &mira, id, round).await;
        }
        for caller in [&ada, &mira] {
            let fresh = caller.timeline(id).await;
            let head = fresh.len() as i64;
            for position in [0, 1, head / 2, head - 1, head] {
                let mut socket = desk.socket(caller).await;
                let joined = socket.join(id, Some(position)).await;
                assert_eq!(joined["snapshot"], false);
                assert_eq!(joined["head"], head);
                assert_eq!(joined["entries"].as_array().unwrap(), &fresh[position as usize..]);
            }
        }
        desk.stop().await;
    }

    async fn an_impossible_position_gets_a_snapshot(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        let mut socket = desk.socket(&ada).await;
        let joined = socket.join(id, Some(99)).await;
        assert_eq!(joined["snapshot"], true);
        assert_eq!(joined["entries"].as_array().unwrap(), &ada.timeline(id).await);
        desk.stop().await;
    }

    async fn too_much_to_replay_is_a_snapshot_and_said_so(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        for n in 0..300 {
            ada.say(id, &format!("Message {n}")).await;
        }
        let mut socket = desk.socket(&ada).await;
        let joined = socket.join(id, Some(1)).await;
        assert_eq!((&joined["snapshot"], joined["entries"].as_array().unwrap().len()), (&json!(false), 300));
        let joined = socket.join(id, Some(0)).await;
        assert_eq!((&joined["snapshot"], joined["entries"].as_array().unwrap().len()), (&json!(true), 100));
        assert_eq!(joined["entries"][99]["seq"], 301);
        desk.stop().await;
    }

    async fn more_than_a_mebibyte_to_replay_is_a_snapshot(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        let large = "😀".repeat(10_000);
        for _ in 0..27 {
            ada.say(id, &large).await;
        }
        let mut socket = desk.socket(&ada).await;
        assert_eq!(socket.join(id, Some(2)).await["snapshot"], false);
        assert_eq!(socket.join(id, Some(1)).await["snapshot"], true);
        desk.stop().await;
    }

    async fn joining_under_continuous_writes_misses_nothing(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer").await;
        let writers: Vec<_> = [&ada, &mira]
            .into_iter()
            .map(|writer| {
                let writer = writer.clone();
                tokio::spawn(async move {
                    for n in 0..40 {
                        writer.say(id, &format!("Message {n}")).await;
                    }
                })
            })
            .collect();
        let mut readers = Vec::new();
        for n in 0..6 {
            let mut socket = desk.socket(if n % 2 == 0 { &ada } else { &mira }).await;
            let joined = socket.join(id, Some(0)).await;
            assert_eq!(joined["snapshot"], false);
            readers.push((socket, joined["entries"].as_array().unwrap().clone()));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let fresh = ada.timeline(id).await;
        assert_eq!(fresh.len(), 81);
        for (mut socket, mut known) in readers {
            follow(&mut socket, &mut known, 81).await;
            assert_eq!(known, fresh);
        }
        desk.stop().await;
    }

    async fn what_a_killed_process_left_in_the_outbox_is_announced(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer").await;
        let mut console = desk.socket(&mira).await;
        console.join(id, None).await;
        desk.commit_and_die(id, 2, ada.user_id, "Said before the end").await;
        let entry = console.expect("entry").await;
        assert_eq!((&entry["seq"], &entry["entry"]["body"]), (&json!(2), &json!("Said before the end")));
        let ticket = console.find(|frame| frame["type"] == "ticket" && frame["ticket"]["head_seq"] == 2).await;
        assert_eq!(ticket["ticket"]["id"], id);
        assert_eq!(ada.say(id, "And after it").await["seq"], 3);
        desk.stop().await;
    }
}
