//! Accounts.

use domain::{Email, PersonName, Role, Timestamp, UserId};
use repository::{Unique, users};
use testkit::on_every_database;

use crate::desk::{Desk, NOON, new_user};

on_every_database! {
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

    async fn changing_an_account_that_is_not_there_is_an_error(desk: Desk) {
        let tx = desk.db.begin().await.unwrap();
        let name = PersonName::parse("Nobody").unwrap();
        assert!(users::set_name(&tx, UserId(77), &name, NOON).await.is_err());
        assert!(users::set_password_hash(&tx, UserId(77), "x".into(), NOON).await.is_err());
    }
}
