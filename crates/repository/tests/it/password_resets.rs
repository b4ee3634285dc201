//! One-time links.

use domain::{Person, Timestamp};
use repository::password_resets::{self, PasswordReset};
use testkit::on_every_database;

use crate::desk::{Desk, NOON};

const LATER: Timestamp = Timestamp(NOON.0 + 100);

impl Desk {
    async fn link(&self, user: &Person, token_hash: &str) {
        self.link_by(None, user, token_hash).await;
    }

    async fn link_by(&self, author: Option<&Person>, user: &Person, token_hash: &str) {
        let tx = self.db.begin().await.unwrap();
        let reset = PasswordReset {
            user_id: user.id,
            token_hash: token_hash.into(),
            created_by: author.map(|author| author.id),
            created_at: NOON,
            expires_at: LATER,
        };
        password_resets::replace(&tx, reset).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn take(&self, token_hash: &str, now: Timestamp) -> bool {
        let tx = self.db.begin().await.unwrap();
        let taken = password_resets::take(&tx, token_hash, now).await.unwrap();
        tx.commit().await.unwrap();
        taken
    }
}

on_every_database! {
    async fn a_link_works_once(desk: Desk) {
        let ada = desk.user("ada").await;
        desk.link(&ada, "first").await;
        let found = password_resets::find(&desk.db, "first", NOON).await.unwrap();
        assert_eq!(found, Some(ada.id));
        assert!(desk.take("first", NOON).await);
        assert!(!desk.take("first", NOON).await);
        assert_eq!(password_resets::find(&desk.db, "first", NOON).await.unwrap(), None);
    }

    async fn a_link_ends(desk: Desk) {
        let ada = desk.user("ada").await;
        desk.link(&ada, "first").await;
        assert_eq!(password_resets::find(&desk.db, "first", LATER).await.unwrap(), None);
        assert!(!desk.take("first", LATER).await);
        let tx = desk.db.begin().await.unwrap();
        password_resets::remove_expired(&tx, LATER).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!desk.take("first", NOON).await);
    }

    async fn links_go_with_whose_they_are_and_who_made_them(desk: Desk) {
        let (ada, bob, mira) = (desk.user("ada").await, desk.user("bob").await, desk.admin("mira").await);
        desk.link_by(Some(&mira), &ada, "adas").await;
        desk.link(&bob, "bobs").await;
        desk.link(&mira, "miras").await;
        let tx = desk.db.begin().await.unwrap();
        password_resets::remove_of_and_by(&tx, mira.id).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!desk.take("adas", NOON).await && !desk.take("miras", NOON).await);
        assert!(desk.take("bobs", NOON).await);
    }

    async fn a_newer_link_takes_the_place_of_the_older(desk: Desk) {
        let (ada, bob) = (desk.user("ada").await, desk.user("bob").await);
        desk.link(&ada, "first").await;
        desk.link(&bob, "bobs").await;
        desk.link(&ada, "second").await;
        assert!(!desk.take("first", NOON).await);
        assert!(desk.take("second", NOON).await);
        assert!(desk.take("bobs", NOON).await);
    }
}
