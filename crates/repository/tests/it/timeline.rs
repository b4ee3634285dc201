//! Timelines.

use domain::timeline::Named;
use domain::{Body, Change, Entry, Priority, Seq, Status, TicketId, Title, limits};
use repository::{Unique, tickets, timeline};
use testkit::on_every_database;

use crate::desk::{Desk, client_id, message, note};

fn places(entries: &[Entry]) -> Vec<i64> {
    entries.iter().map(|entry| entry.seq.0).collect()
}

on_every_database! {
    async fn every_kind_of_entry_reads_as_it_was_written(desk: Desk) {
        let (ada, admin) = (desk.user("ada").await, desk.admin("admin").await);
        let id = desk.ticket(&ada, "Broken").await.id;
        let title = |text: &str| Title::parse(text).unwrap();
        let changes = [
            message("👨‍👩‍👧‍👦 \u{202e}rtl\u{202c} שלום \\ \" ' % \r\n\t end"),
            note(&"🦀".repeat(limits::BODY_MAX)),
            Change::StatusChanged { from: Status::Open, to: Status::Pending },
            Change::Assigned { from: None, to: Some(Named { id: 3, name: "Zoë \"Z\" 🐝".into() }) },
            Change::CategoryChanged { from: Some(Named { id: 1, name: "Old".into() }), to: None },
            Change::PriorityChanged { from: Priority::Low, to: Priority::Urgent },
            Change::TitleChanged { from: title("a"), to: title("\"{}\\") },
        ];
        let mut written = timeline::latest(&desk.db, id, 1).await.unwrap();
        for change in changes {
            written.push(desk.record(id, &admin, change).await);
        }
        assert_eq!(timeline::after(&desk.db, id, Seq::ZERO, 100).await.unwrap(), written);
        for entry in &written {
            assert_eq!(timeline::find(&desk.db, id, entry.seq).await.unwrap().as_ref(), Some(entry));
        }
    }

    async fn pages_lie_next_to_each_other_and_ascend(desk: Desk) {
        let ada = desk.user("ada").await;
        let id = desk.ticket(&ada, "Broken").await.id;
        let other = desk.ticket(&ada, "Other").await.id;
        for n in 2..=9 {
            desk.record(id, &ada, message(&n.to_string())).await;
            desk.record(other, &ada, message("x")).await;
        }
        let db = &desk.db;
        assert_eq!(places(&timeline::after(db, id, Seq(3), 4).await.unwrap()), [4, 5, 6, 7]);
        assert_eq!(places(&timeline::after(db, id, Seq(7), 4).await.unwrap()), [8, 9]);
        assert_eq!(places(&timeline::after(db, id, Seq(9), 4).await.unwrap()), [0; 0]);
        assert_eq!(places(&timeline::before(db, id, Seq(6), 4).await.unwrap()), [2, 3, 4, 5]);
        assert_eq!(places(&timeline::before(db, id, Seq(3), 4).await.unwrap()), [1, 2]);
        assert_eq!(places(&timeline::latest(db, id, 3).await.unwrap()), [7, 8, 9]);
        assert_eq!(timeline::find(db, id, Seq(10)).await.unwrap(), None);
        assert_eq!(places(&timeline::latest(db, TicketId(9_999), 3).await.unwrap()), [0; 0]);
    }

    async fn twenty_writers_at_once_leave_no_hole(desk: Desk) {
        let ada = desk.user("ada").await;
        let id = desk.ticket(&ada, "Busy").await.id;
        let desk = std::sync::Arc::new(desk);
        let writers: Vec<_> = (0..20).map(|writer| {
            let (desk, ada) = (desk.clone(), ada.clone());
            tokio::spawn(async move {
                let mut places = Vec::new();
                for n in 0..5 {
                    places.push(desk.record(id, &ada, message(&format!("{writer}.{n}"))).await.seq);
                }
                places
            })
        }).collect();
        let mut given = vec![Seq(1)];
        for writer in writers {
            let places = writer.await.unwrap();
            assert!(places.is_sorted(), "a writer's own entries are in its order");
            given.extend(places);
        }
        given.sort_unstable();
        let entries = timeline::after(&desk.db, id, Seq::ZERO, 1000).await.unwrap();
        assert_eq!(places(&entries), (1..=101).collect::<Vec<_>>());
        assert_eq!(given, (1..=101).map(Seq).collect::<Vec<_>>());
        let ticket = tickets::find(&desk.db, id).await.unwrap().unwrap();
        assert_eq!(ticket.head_seq, Seq(101));
        assert_eq!(ticket.last_message.preview, entries[100].change.body().map(Body::preview).unwrap());
    }

    async fn the_same_client_id_is_refused_and_leaves_nothing(desk: Desk) {
        let (ada, bob) = (desk.user("ada").await, desk.user("bob").await);
        let id = desk.ticket(&ada, "Broken").await.id;
        let client_id = client_id();
        let entry = desk.try_record(id, &ada, message("Once"), client_id).await.unwrap();
        let error = desk.try_record(id, &ada, message("Twice"), client_id).await.unwrap_err();
        assert_eq!(error.duplicate(), Some(Unique::ClientId));
        assert_eq!(timeline::find_by_client_id(&desk.db, ada.id, client_id).await.unwrap(), Some(entry));
        assert_eq!(tickets::find(&desk.db, id).await.unwrap().unwrap().head_seq, Seq(2));

        // Another author's client may have thought of the same.
        assert_eq!(timeline::find_by_client_id(&desk.db, bob.id, client_id).await.unwrap(), None);
        desk.try_record(id, &bob, message("Mine"), client_id).await.unwrap();
    }

    async fn of_many_with_one_client_id_exactly_one_wins(desk: Desk) {
        let ada = desk.user("ada").await;
        let id = desk.ticket(&ada, "Broken").await.id;
        let client_id = client_id();
        let desk = std::sync::Arc::new(desk);
        let racers: Vec<_> = (0..20).map(|_| {
            let (desk, ada) = (desk.clone(), ada.clone());
            tokio::spawn(async move { desk.try_record(id, &ada, message("Once"), client_id).await })
        }).collect();
        let mut won = 0;
        for racer in racers {
            match racer.await.unwrap() {
                Ok(_) => won += 1,
                Err(error) => assert_eq!(error.duplicate(), Some(Unique::ClientId), "{error}"),
            }
        }
        assert_eq!(won, 1);
        assert_eq!(places(&timeline::latest(&desk.db, id, 10).await.unwrap()), [1, 2]);
    }

    async fn a_place_is_taken_once(desk: Desk) {
        let ada = desk.user("ada").await;
        let id = desk.ticket(&ada, "Broken").await.id;
        let mut entry = desk.record(id, &ada, message("Second")).await;
        entry.client_id = None;
        let tx = desk.db.begin().await.unwrap();
        let error = timeline::add(&tx, &entry).await.unwrap_err();
        assert_eq!(error.duplicate(), Some(Unique::Other));
    }
}
