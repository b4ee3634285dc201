//! What was revoked, and for how long that is kept.

use domain::{SessionId, Timestamp};
use repository::revocations::{self, Revoked};
use testkit::on_every_database;

use crate::desk::{Desk, NOON};

fn session(id: &str) -> Revoked {
    Revoked::Session(SessionId::new(id.to_owned()))
}

fn after_noon(micros: i64) -> Timestamp {
    Timestamp(NOON.0 + micros)
}

on_every_database! {
    async fn what_was_revoked_is_kept_until_it_expires(desk: Desk) {
        let (ada, bob) = (desk.user("ada").await, desk.user("bob").await);
        let tx = desk.db.begin().await.unwrap();
        for (user, revoked, expires) in [
            (ada.id, session("one"), 10),
            (bob.id, Revoked::Epoch(3), 20),
            (ada.id, Revoked::Epoch(1), 20),
        ] {
            revocations::add(&tx, user, revoked, NOON, after_noon(expires)).await.unwrap();
        }
        tx.commit().await.unwrap();

        let all = revocations::current(&desk.db, NOON).await.unwrap();
        assert_eq!(all, [(ada.id, session("one")), (bob.id, Revoked::Epoch(3)), (ada.id, Revoked::Epoch(1))]);
        let made = async |begin, end| revocations::made_between(&desk.db, after_noon(begin), after_noon(end)).await.unwrap();
        assert_eq!(made(0, 1).await, all);
        assert_eq!((made(-1, 0).await, made(1, 9).await), (vec![], vec![]));
        let later = revocations::current(&desk.db, after_noon(10)).await.unwrap();
        assert_eq!(later, all[1..]);

        let tx = desk.db.begin().await.unwrap();
        assert_eq!(revocations::remove_expired(&tx, after_noon(10)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(revocations::current(&desk.db, NOON).await.unwrap(), later);
    }

    async fn the_same_session_twice_is_kept_once(desk: Desk) {
        let ada = desk.user("ada").await;
        for _ in 0..2 {
            let tx = desk.db.begin().await.unwrap();
            revocations::add(&tx, ada.id, session("one"), NOON, after_noon(1)).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(revocations::current(&desk.db, NOON).await.unwrap().len(), 1);
    }
}
