//! What transactions promise.

use domain::{Seq, Timestamp};
use repository::{outbox, read_cursors, tickets, timeline, users};
use testkit::database::on_mysql;
use testkit::on_every_database;

use crate::desk::{Desk, NOON, client_id, message, record};

on_every_database! {
    async fn a_dropped_transaction_leaves_nothing(desk: Desk) {
        let ada = desk.user("ada").await;
        let before = desk.ticket(&ada, "Broken").await;
        let id = before.id;
        let tx = desk.db.begin().await.unwrap();
        record(&tx, id, &ada, message("Lost"), client_id()).await.unwrap();
        read_cursors::advance(&tx, ada.id, id, Seq(2), NOON).await.unwrap();
        users::set_password_hash(&tx, ada.id, "changed".into(), NOON).await.unwrap();
        assert_eq!(tickets::find(&tx, id).await.unwrap().unwrap().head_seq, Seq(2));
        drop(tx);

        assert_eq!(tickets::find(&desk.db, id).await.unwrap(), Some(before));
        assert_eq!(timeline::latest(&desk.db, id, 10).await.unwrap().len(), 1);
        assert_eq!(read_cursors::of_ticket(&desk.db, id).await.unwrap(), []);
        let tx = desk.db.begin().await.unwrap();
        assert_eq!(outbox::older_than(&tx, Timestamp(i64::MAX), 10).await.unwrap(), []);
        // The ticket is free again.
        assert!(tickets::lock(&tx, id).await.unwrap().is_some());
    }

    async fn a_snapshot_does_not_see_later_commits(desk: Desk) {
        let ada = desk.user("ada").await;
        let id = desk.ticket(&ada, "Broken").await.id;
        let snapshot = desk.db.read().await.unwrap();
        assert_eq!(tickets::find(&snapshot, id).await.unwrap().unwrap().head_seq, Seq(1));
        desk.record(id, &ada, message("Later")).await;
        assert_eq!(timeline::latest(&snapshot, id, 10).await.unwrap().len(), 1);
        assert_eq!(timeline::latest(&desk.db, id, 10).await.unwrap().len(), 2);
    }

    async fn a_writer_that_waited_for_a_lock_sees_what_was_committed(desk: Desk) {
        let ada = desk.user("ada").await;
        let id = desk.ticket(&ada, "Broken").await.id;
        let first = desk.db.begin().await.unwrap();
        record(&first, id, &ada, message("First"), client_id()).await.unwrap();
        let second = tokio::spawn({
            let db = desk.db.clone();
            async move {
                let tx = db.begin().await.unwrap();
                let ticket = tickets::lock(&tx, id).await.unwrap().unwrap();
                (ticket.head_seq, timeline::latest(&tx, id, 10).await.unwrap().len())
            }
        });
        tokio::task::yield_now().await;
        first.commit().await.unwrap();
        assert_eq!(second.await.unwrap(), (Seq(2), 2));
    }


    async fn a_failed_statement_does_not_spoil_the_connection(desk: Desk) {
        desk.user("ada").await;
        for _ in 0..40 {
            let tx = desk.db.begin().await.unwrap();
            let again = crate::desk::new_user("ada@example.org", "Ada", domain::Role::User);
            assert!(users::add(&tx, again).await.is_err());
        }
        desk.user("bob").await;
    }
}

/// On MySQL alone: SQLite has one writer at a time.
#[test]
fn locking_a_ticket_leaves_its_people_free() {
    on_mysql(|desk: Desk| async move {
        let ada = desk.user("ada").await;
        let id = desk.ticket(&ada, "Broken").await.id;
        let locked = desk.db.begin().await.unwrap();
        tickets::lock(&locked, id).await.unwrap();
        let tx = desk.db.begin().await.unwrap();
        users::set_password_hash(&tx, ada.id, "changed".into(), NOON)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    });
}
