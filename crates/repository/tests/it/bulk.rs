//! Tickets that did not happen here.

use domain::{Seq, Status, Timestamp};
use repository::bulk::{self, ReadCursor};
use repository::{read_cursors, tickets, timeline, users};
use testkit::on_every_database;

use crate::desk::{Desk, NOON, new_user};
use crate::lives::Lives;

on_every_database! {
    async fn what_was_stored_by_the_thousand_reads_like_anything_else(desk: Desk) {
        let mut lives = Lives::begin(&desk, 7).await;
        let made = lives.make(1_200, NOON).await;
        let entries: Vec<_> = made.iter().flat_map(|(_, entries)| entries.clone()).collect();
        for (ticket, entries) in &made {
            assert_eq!(tickets::find(&desk.db, ticket.id).await.unwrap().as_ref(), Some(ticket));
            let stored = timeline::after(&desk.db, ticket.id, Seq::ZERO, 100).await.unwrap();
            assert_eq!(&stored, entries);
        }
        assert!(entries.len() > 2_000, "{}", entries.len());

        // What comes after gets identifiers of its own.
        let ada = desk.user("ada").await;
        let ticket = desk.ticket(&ada, "Printer").await;
        assert!(made.iter().all(|(other, _)| other.id < ticket.id));
        let closed = desk.record(ticket.id, &ada, domain::Change::StatusChanged {
            from: Status::Open, to: Status::Closed,
        }).await;
        assert_eq!(closed.seq, Seq(2));
    }

    async fn people_and_read_cursors_are_stored_under_their_identifiers(desk: Desk) {
        let ada = desk.user("ada").await;
        let ticket = desk.ticket(&ada, "Printer").await;
        let tx = desk.db.begin().await.unwrap();
        let next = bulk::next_user_id(&tx).await.unwrap();
        assert!(next > ada.id);
        let new = new_user("bob@example.org", "Bob", domain::Role::Admin);
        bulk::add_users(&tx, &[(next, new)]).await.unwrap();
        let cursor = ReadCursor { user: next, ticket: ticket.id, seq: Seq(1), at: Timestamp(5) };
        bulk::add_read_cursors(&tx, &[cursor]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(users::find(&desk.db, next).await.unwrap().unwrap().name.as_str(), "Bob");
        assert_eq!(read_cursors::find(&desk.db, next, ticket.id).await.unwrap(), Seq(1));
    }
}
