//! Searching, and the counts of views, over REST.

use serde_json::{Value, json};
use testkit::http::Caller;
use testkit::on_every_database;
use uuid::Uuid;

use crate::desk::Desk;

async fn search(caller: &Caller, query: &str) -> Value {
    caller.get(&format!("/search?{query}")).await.expect(200)
}

/// The numbers of the tickets that were found, in order.
fn ids(found: &Value) -> Vec<i64> {
    let items = found["items"].as_array().unwrap().iter();
    items
        .map(|item| item["ticket"]["id"].as_i64().unwrap())
        .collect()
}

/// Pieces as one text, with brackets around what is highlighted.
fn marked(pieces: &Value) -> String {
    let pieces = pieces.as_array().unwrap().iter().map(|piece| {
        let text = piece["text"].as_str().unwrap();
        match piece["highlighted"].as_bool().unwrap() {
            true => format!("[{text}]"),
            false => text.to_owned(),
        }
    });
    pieces.collect()
}

async fn note(caller: &Caller, ticket: i64, body: &str) {
    let note = json!({"client_id": Uuid::new_v4(), "body": body, "kind": "note"});
    caller
        .post(&format!("/tickets/{ticket}/messages"), note)
        .await
        .expect(201);
}

on_every_database! {
    async fn a_search_shows_what_it_found_and_where(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer on fire").await;
        mira.say(id, "Is the <b>printer</b>\nstill burning?").await;
        let found = search(&ada, "q=PRINT").await;
        assert_eq!(ids(&found), [id]);
        assert_eq!(found["truncated"], false);
        let item = &found["items"][0];
        assert_eq!(marked(&item["title"]), "[Printer] on fire");
        assert_eq!(item["ticket"]["unread"], 1);
        let matches = item["matches"].as_array().unwrap();
        assert_eq!(matches.len(), 2);
        assert_eq!(matches[0]["seq"], 2);
        assert_eq!(matches[0]["kind"], "message");
        assert_eq!(matches[0]["author"]["name"], "Mira");
        assert_eq!(marked(&matches[0]["snippet"]), "Is the <b>[printer]</b> still burning?");
        assert_eq!(matches[1]["kind"], "created");
        assert_eq!(marked(&matches[1]["snippet"]), "About: [Printer] on fire");
        desk.stop().await;
    }

    async fn customers_learn_nothing_of_notes_and_of_others(desk: Desk) {
        let (ada, bob, mira) = (desk.customer("Ada").await, desk.customer("Bob").await, desk.admin("Mira").await);
        let id = ada.open_ticket("Printer").await;
        note(&mira, id, "Zanzibar is a difficult customer").await;
        mira.say(id, "Which floor?").await;
        let nothing = search(&bob, "q=quetzalcoatl").await;
        assert_eq!(nothing, json!({"items": [], "truncated": false}));
        for query in ["q=zanzibar", "q=difficult%20customer", &format!("q=zanzibar&requester={}", ada.user_id)] {
            assert_eq!(search(&ada, query).await, nothing, "{query}");
            assert_eq!(search(&bob, query).await, nothing, "{query}");
            assert_eq!(ids(&search(&mira, query).await), [id], "{query}");
        }
        for query in [
            "q=printer", "q=floor", &format!("q={id}"), &format!("q=%23{id}"),
            &format!("q=printer&requester={}", ada.user_id),
        ] {
            assert_eq!(search(&bob, query).await, nothing, "{query}");
            assert_eq!(ids(&search(&ada, query).await), [id], "{query}");
        }
        // The list answers alike.
        for (caller, query, expected) in [
            (&ada, "q=zanzibar", 0), (&bob, "q=printer", 0), (&ada, "q=printer", 1), (&mira, "q=zanzibar", 1),
        ] {
            let page = caller.get(&format!("/tickets?{query}")).await.expect(200);
            assert_eq!(page["items"].as_array().unwrap().len(), expected, "{query}");
            assert_eq!(page["next_cursor"], Value::Null);
        }
        desk.stop().await;
    }

    async fn the_best_come_first(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let title = ada.open_ticket("Toner").await;
        let number = ada.open_ticket("Flood").await;
        let body = ada.open_ticket("Other").await;
        ada.say(body, "No toner left").await;
        let beginning = ada.open_ticket("Another").await;
        ada.say(beginning, "Tonerless").await;
        for caller in [&ada, &mira] {
            assert_eq!(ids(&search(caller, "q=toner").await), [title, body, beginning]);
            let first = search(caller, "q=toner&limit=1").await;
            assert_eq!((ids(&first), &first["truncated"]), (vec![title], &json!(true)));
            ada.say(beginning, &format!("Like {number} and {number}")).await;
            assert_eq!(ids(&search(caller, &format!("q={number}")).await)[0], number);
        }
        desk.stop().await;
    }

    async fn searches_are_filtered_and_checked(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let open = ada.open_ticket("Printer").await;
        let closed = ada.open_ticket("Printer").await;
        ada.set_status(closed, "closed").await.expect(200);
        assert_eq!(ids(&search(&mira, "q=printer&status=closed").await), [closed]);
        assert_eq!(ids(&search(&mira, "q=printer&status=open,pending").await), [open]);
        assert_eq!(ids(&search(&ada, "q=printer&waiting_on=staff").await), [open]);
        assert_eq!(ids(&search(&mira, "q=printer&assignee=me").await), [0; 0]);
        assert_eq!(ids(&search(&mira, &format!("q={closed}&status=open")).await), [0; 0]);
        let text = "%22%27%2B-*()~%3C%3E%40%25_%5C";
        assert_eq!(ids(&search(&mira, &format!("q={text}")).await), [0; 0]);
        assert_eq!(ids(&search(&mira, &format!("q={text}printer{text}")).await), [closed, open]);
        assert_eq!(ids(&search(&mira, "q=").await), [0; 0]);
        let hundred = "word+".repeat(100);
        for (query, field) in [
            ("", "q"), ("q=x&limit=0", "limit"), ("q=x&limit=51", "limit"), ("q=x&status=none", "status"),
            ("q=x&cursor=1", "cursor"), ("q=a%00b", "q"), (&format!("q={hundred}"), "q"),
        ] {
            let answer = mira.get(&format!("/search?{query}")).await;
            answer.refused(422, "invalid");
            assert_eq!(answer.fields()[0].0, field, "{query}");
        }
        desk.stop().await;
    }

    async fn no_more_than_three_texts_of_a_ticket_are_shown(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Other").await;
        for n in 0..5 {
            ada.say(id, &format!("Toner {n}")).await;
        }
        let found = search(&ada, "q=toner").await;
        let matches = found["items"][0]["matches"].as_array().unwrap();
        let seqs: Vec<_> = matches.iter().map(|found| found["seq"].as_i64().unwrap()).collect();
        assert_eq!(seqs, [6, 5, 4]);
        assert_eq!(found["truncated"], false);
        desk.stop().await;
    }

    async fn a_list_says_that_a_search_finds_more_than_its_pages_hold(desk: Desk) {
        let mira = desk.admin("Mira").await;
        testkit::many_tickets::fill(&desk.database, 1_200).await;
        for (query, truncated) in [("q=ticket", true), ("q=number77", false), ("", false)] {
            let page = mira.get(&format!("/tickets?{query}")).await.expect(200);
            assert_eq!(page["truncated"], truncated, "{query}");
        }
        desk.stop().await;
    }

    async fn an_older_ticket_of_mine_is_found_among_thousands_of_others(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let mine = ada.open_ticket("Ticket of mine").await;
        mira.patch(&format!("/tickets/{mine}"), json!({"seen_seq": 1, "assignee_id": mira.user_id})).await.expect(200);
        testkit::many_tickets::fill(&desk.database, 2_200).await;
        let found = search(&mira, "q=ticket&assignee=me").await;
        assert_eq!((ids(&found), &found["truncated"]), (vec![mine], &json!(false)));
        let page = mira.get("/tickets?q=ticket&assignee=me").await.expect(200);
        assert_eq!(page["items"][0]["id"], mine);
        desk.stop().await;
    }

    async fn staff_sees_how_many_tickets_each_view_holds(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        ada.get("/tickets/counts").await.refused(403, "forbidden");
        let first = ada.open_ticket("Printer").await;
        let second = ada.open_ticket("Flood").await;
        ada.open_ticket("Fire").await;
        mira.patch(&format!("/tickets/{first}"), json!({"seen_seq": 1, "assignee_id": mira.user_id})).await.expect(200);
        ada.set_status(second, "closed").await.expect(200);
        let count = |count: i64| json!({"count": count, "more": false});
        assert_eq!(mira.get("/tickets/counts").await.expect(200), json!({
            "mine": count(1), "unassigned": count(1), "open": count(2), "waiting": count(2),
            "closed": count(1), "all": count(3),
        }));
        testkit::many_tickets::fill(&desk.database, 1_001).await;
        let counts = mira.get("/tickets/counts").await.expect(200);
        assert_eq!(counts["all"], json!({"count": 1000, "more": true}));
        assert_eq!(counts["mine"], count(1));
        desk.stop().await;
    }
}
