//! Read cursors.

use domain::{Seq, Timestamp};
use repository::read_cursors;
use testkit::on_every_database;

use crate::desk::{Desk, NOON, message};

on_every_database! {
    async fn a_cursor_only_moves_forwards(desk: Desk) {
        let (ada, admin) = (desk.user("ada").await, desk.admin("admin").await);
        let id = desk.ticket(&ada, "Broken").await.id;
        for _ in 2..=5 {
            desk.record(id, &ada, message("More")).await;
        }
        assert_eq!(read_cursors::find(&desk.db, ada.id, id).await.unwrap(), Seq::ZERO);
        for (to, at) in [(0, 0), (3, 3), (2, 3), (3, 3), (5, 5), (1, 5), (0, 5)] {
            let tx = desk.db.begin().await.unwrap();
            let now = Timestamp(NOON.0 + to);
            let reached = read_cursors::advance(&tx, ada.id, id, Seq(to), now).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(reached, Seq(at));
        }
        let tx = desk.db.begin().await.unwrap();
        read_cursors::advance(&tx, admin.id, id, Seq(4), NOON).await.unwrap();
        assert_eq!(
            read_cursors::of_ticket(&tx, id).await.unwrap(),
            [(ada.id, Seq(5)), (admin.id, Seq(4))]
        );
    }

    async fn a_cursor_cannot_pass_the_head(desk: Desk) {
        let ada = desk.user("ada").await;
        let id = desk.ticket(&ada, "Broken").await.id;
        let tx = desk.db.begin().await.unwrap();
        assert!(read_cursors::advance(&tx, ada.id, id, Seq(2), NOON).await.is_err());
    }

    async fn racing_readers_never_move_a_cursor_back(desk: Desk) {
        let ada = desk.user("ada").await;
        let id = desk.ticket(&ada, "Broken").await.id;
        for _ in 2..=20 {
            desk.record(id, &ada, message("More")).await;
        }
        let readers: Vec<_> = (1..=20).map(|seq| {
            let db = desk.db.clone();
            tokio::spawn(async move {
                // As the services do: a deadlock is a reason to try again.
                loop {
                    let tx = db.begin().await.unwrap();
                    match read_cursors::advance(&tx, ada.id, id, Seq(seq), NOON).await {
                        Ok(reached) => {
                            tx.commit().await.unwrap();
                            return (Seq(seq), reached);
                        }
                        Err(error) => assert!(error.is_retryable(), "{error}"),
                    }
                }
            })
        }).collect();
        for reader in readers {
            let (asked, reached) = reader.await.unwrap();
            assert!(reached >= asked);
        }
        assert_eq!(read_cursors::find(&desk.db, ada.id, id).await.unwrap(), Seq(20));
    }
}
