//! The outbox.

use domain::{Seq, TicketId, Timestamp};
use repository::{OutboxBacklog, outbox};
use testkit::database::on_mysql;
use testkit::on_every_database;

use crate::desk::{Desk, NOON, message};

async fn with_five_entries(desk: &Desk) -> TicketId {
    let ada = desk.user("ada").await;
    let id = desk.ticket(&ada, "Broken").await.id;
    for _ in 2..=6 {
        desk.record(id, &ada, message("More")).await;
    }
    id
}

const LATER: Timestamp = Timestamp(NOON.0 + 1_000_000);

on_every_database! {
    async fn old_entries_come_oldest_first_until_they_are_removed(desk: Desk) {
        let id = with_five_entries(&desk).await;
        let entries: Vec<_> = (2..=6).map(|seq| (id, Seq(seq))).collect();
        let tx = desk.db.begin().await.unwrap();
        assert_eq!(outbox::older_than(&tx, LATER, 3).await.unwrap(), entries[..3]);
        assert_eq!(outbox::older_than(&tx, LATER, 100).await.unwrap(), entries);
        // Entry n was noted n - 1 microseconds after noon.
        assert_eq!(outbox::older_than(&tx, Timestamp(NOON.0 + 3), 100).await.unwrap(), entries[..2]);
        outbox::remove(&tx, &entries[..3]).await.unwrap();
        outbox::remove(&tx, &[]).await.unwrap();
        tx.commit().await.unwrap();
        let tx = desk.db.begin().await.unwrap();
        outbox::remove(&tx, &entries[2..4]).await.unwrap();
        assert_eq!(outbox::older_than(&tx, LATER, 100).await.unwrap(), entries[4..]);
    }

    async fn the_backlog_is_counted_with_its_oldest(desk: Desk) {
        let nothing = OutboxBacklog { rows: 0, oldest: None };
        assert_eq!(desk.db.outbox_backlog().await.unwrap(), nothing);
        let id = with_five_entries(&desk).await;
        let backlog = |rows, oldest| OutboxBacklog { rows, oldest: Some(Timestamp(NOON.0 + oldest)) };
        assert_eq!(desk.db.outbox_backlog().await.unwrap(), backlog(5, 1));
        let tx = desk.db.begin().await.unwrap();
        outbox::remove(&tx, &[(id, Seq(2)), (id, Seq(4))]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(desk.db.outbox_backlog().await.unwrap(), backlog(3, 2));
        // Claiming a row makes it young, not what it stands for.
        let tx = desk.db.begin().await.unwrap();
        outbox::remove(&tx, &[(id, Seq(3))]).await.unwrap();
        outbox::add(&tx, id, Seq(3), LATER).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(desk.db.outbox_backlog().await.unwrap(), backlog(3, 2));
    }
}

/// On MySQL alone: SQLite has one writer at a time.
#[test]
fn two_relays_never_get_the_same_entries() {
    on_mysql(|desk: Desk| async move {
        with_five_entries(&desk).await;
        let (one, two) = (
            desk.db.begin().await.unwrap(),
            desk.db.begin().await.unwrap(),
        );
        let first = outbox::older_than(&one, LATER, 3).await.unwrap();
        let second = outbox::older_than(&two, LATER, 3).await.unwrap();
        assert_eq!((first.len(), second.len()), (3, 2));
        assert!(first.iter().all(|entry| !second.contains(entry)));
        outbox::remove(&one, &first).await.unwrap();
        one.commit().await.unwrap();
        drop(two);
    });
}

/// On MySQL alone: SQLite has one writer at a time.
#[test]
fn an_entry_being_written_does_not_hold_up_the_relay() {
    on_mysql(|desk: Desk| async move {
        let id = with_five_entries(&desk).await;
        let writer = desk.db.begin().await.unwrap();
        let ada = repository::tickets::find(&desk.db, id)
            .await
            .unwrap()
            .unwrap()
            .requester;
        crate::desk::record(
            &writer,
            id,
            &ada,
            message("Not yet"),
            crate::desk::client_id(),
        )
        .await
        .unwrap();
        let relay = desk.db.begin().await.unwrap();
        assert_eq!(
            outbox::older_than(&relay, LATER, 100).await.unwrap().len(),
            5
        );
    });
}
