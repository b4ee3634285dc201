//! Accounts.

use domain::{Email, PersonName, Role, Timestamp, UserId};
use repository::Unique;
use repository::users::{self, UserQuery};
use testkit::on_every_database;

use crate::desk::{Desk, NOON, new_user};

on_every_database! {
    async fn accounts_are_found_by_a_part_of_name_or_address_and_by_standing(desk: Desk) {
        let tx = desk.db.begin().await.unwrap();
        let mut added = Vec::new();
        for (email, name, role) in [
            ("ada@example.org", "Ada Lovelace", Role::User),
            ("grace@navy.example", "Grace Hopper", Role::Admin),
            ("50%_off@example.org", "Élodie 100%", Role::User),
        ] {
            added.push(users::add(&tx, new_user(email, name, role)).await.unwrap());
        }
        added[0].disabled_at = Some(NOON);
        users::save_standing(&tx, &added[0], NOON).await.unwrap();
        tx.commit().await.unwrap();

        let [ada, grace, elodie] = [0, 1, 2].map(|place: usize| added[place].id);
        let all = UserQuery { limit: 10, ..UserQuery::default() };
        let named = |text: &str| UserQuery { text: Some(text.to_owned()), ..all.clone() };
        for (query, expected) in [
            (all.clone(), vec![elodie, grace, ada]),
            (named("LOVE"), vec![ada]),
            (named("Navy"), vec![grace]),
            (named("example"), vec![elodie, grace, ada]),
            (named("éLODIE"), vec![elodie]),
            (named("[A]*"), vec![]),
            (named("0%_"), vec![elodie]),
            (named("%"), vec![elodie]),
            (named("nobody"), vec![]),
            (UserQuery { role: Some(Role::Admin), ..all.clone() }, vec![grace]),
            (UserQuery { disabled: Some(true), ..all.clone() }, vec![ada]),
            (UserQuery { disabled: Some(false), ..named("example") }, vec![elodie, grace]),
            (UserQuery { before: Some(grace), ..all.clone() }, vec![ada]),
        ] {
            let page = users::list(&desk.db, &query).await.unwrap();
            let found: Vec<_> = page.items.iter().map(|user| user.id).collect();
            assert_eq!(found, expected, "{query:?}");
            assert_eq!(page.next, None);
        }
        let page = users::list(&desk.db, &UserQuery { limit: 2, ..all }).await.unwrap();
        assert_eq!((page.items.len(), page.next), (2, Some(grace)));
    }

    async fn an_added_account_is_found_by_id_and_address(desk: Desk) {
        let tx = desk.db.begin().await.unwrap();
        let added = users::add(&tx, new_user("Ada@Example.org", "Ada 👩🏽‍🔬", Role::Admin)).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(users::find(&desk.db, added.id).await.unwrap(), Some(added.clone()));
        let email = Email::parse("ada@example.ORG").unwrap();
        let credentials = users::find_by_email(&desk.db, &email).await.unwrap().unwrap();
        assert_eq!(credentials.user, added);
        assert_eq!(credentials.password_hash, "v1$hash");
    }

    async fn nobody_is_found_where_nobody_is(desk: Desk) {
        assert_eq!(users::find(&desk.db, UserId(77)).await.unwrap(), None);
        let email = Email::parse("nobody@example.org").unwrap();
        assert!(users::find_by_email(&desk.db, &email).await.unwrap().is_none());
    }

    async fn an_address_in_another_case_is_a_duplicate(desk: Desk) {
        desk.user("ada").await;
        let tx = desk.db.begin().await.unwrap();
        let error = users::add(&tx, new_user("ADA@Example.Org", "Other", Role::User)).await.unwrap_err();
        assert_eq!(error.duplicate(), Some(Unique::Email));
        assert!(!error.is_retryable() && !error.is_unavailable());
    }

    async fn addresses_that_only_look_alike_are_different(desk: Desk) {
        desk.user("ada").await;
        desk.user("àda").await;
    }

    async fn errors_do_not_repeat_an_address(desk: Desk) {
        desk.user("ada").await;
        let tx = desk.db.begin().await.unwrap();
        let error = users::add(&tx, new_user("ada@example.org", "Other", Role::User)).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("example.org"));
        assert!(std::error::Error::source(&error).is_none());
    }

    async fn enabled_admins_are_listed_in_order(desk: Desk) {
        assert!(!users::has_admin(&desk.db).await.unwrap());
        let a = desk.admin("a").await;
        desk.user("b").await;
        let c = desk.admin("c").await;
        assert!(users::has_admin(&desk.db).await.unwrap());
        assert_eq!(users::enabled_admins(&desk.db).await.unwrap(), [a.id, c.id]);
    }

    async fn a_name_and_a_password_can_be_changed(desk: Desk) {
        let ada = desk.user("ada").await;
        let later = Timestamp(NOON.0 + 1);
        let name = PersonName::parse("עדה‏ Ada").unwrap();
        let tx = desk.db.begin().await.unwrap();
        assert_eq!(users::set_name(&tx, ada.id, &name, later).await.unwrap().name, name);
        users::set_password_hash(&tx, ada.id, "v1$new".into(), later).await.unwrap();
        tx.commit().await.unwrap();
        let email = Email::parse("ada@example.org").unwrap();
        let credentials = users::find_by_email(&desk.db, &email).await.unwrap().unwrap();
        assert_eq!(credentials.user.name, name);
        assert_eq!(credentials.password_hash, "v1$new");
    }

    async fn a_password_hash_is_replaced_only_as_long_as_it_is_the_same(desk: Desk) {
        let ada = desk.user("ada").await;
        let tx = desk.db.begin().await.unwrap();
        assert!(users::replace_password_hash(&tx, ada.id, "v1$hash", "v2$hash".into()).await.unwrap());
        assert!(!users::replace_password_hash(&tx, ada.id, "v1$hash", "v3$hash".into()).await.unwrap());
        let stored = users::lock(&tx, ada.id).await.unwrap().unwrap().password_hash;
        tx.commit().await.unwrap();
        assert_eq!(stored, "v2$hash");
    }

    async fn a_standing_is_saved_whole(desk: Desk) {
        let ada = desk.user("ada").await;
        let tx = desk.db.begin().await.unwrap();
        let mut user = users::lock(&tx, ada.id).await.unwrap().unwrap().user;
        (user.role, user.session_epoch, user.disabled_at) = (Role::Admin, 7, Some(NOON));
        users::save_standing(&tx, &user, NOON).await.unwrap();
        assert!(users::lock(&tx, UserId(77)).await.unwrap().is_none());
        tx.commit().await.unwrap();
        assert_eq!(users::find(&desk.db, ada.id).await.unwrap(), Some(user));
        assert!(users::enabled_admins(&desk.db).await.unwrap().is_empty());
    }

    async fn admins_wait_for_each_other_to_remove_one(desk: Desk) {
        let (ada, bob) = (desk.admin("ada").await, desk.admin("bob").await);
        let remove = |one: UserId| {
            let db = desk.db.clone();
            async move {
                let tx = db.begin().await?;
                if users::lock_enabled_admins(&tx).await?.len() > 1 {
                    let mut user = users::lock(&tx, one).await?.unwrap().user;
                    user.role = Role::User;
                    users::save_standing(&tx, &user, NOON).await?;
                }
                tx.commit().await
            }
        };
        let (first, second) = tokio::join!(remove(ada.id), remove(bob.id));
        // One of two that deadlock is told to try again; nobody who was let in finds the last admin gone.
        assert!([first, second].into_iter().flatten().count() > 0);
        assert_eq!(users::enabled_admins(&desk.db).await.unwrap().len(), 1);
    }

    async fn changing_an_account_that_is_not_there_is_an_error(desk: Desk) {
        let tx = desk.db.begin().await.unwrap();
        let name = PersonName::parse("Nobody").unwrap();
        assert!(users::set_name(&tx, UserId(77), &name, NOON).await.is_err());
        assert!(users::set_password_hash(&tx, UserId(77), "x".into(), NOON).await.is_err());
    }
}
