//! Categories in the hands of admins.

use domain::{CategoryId, CategoryName};
use services::{CategoryChange, CategoryError, OpenTicket};
use testkit::on_every_database;

use crate::desk::{Desk, Member, new_ticket};

fn name(text: &str) -> CategoryName {
    CategoryName::parse(text).unwrap()
}

fn to(position: u32) -> CategoryChange {
    CategoryChange {
        position: Some(position),
        ..CategoryChange::default()
    }
}

fn renamed(text: &str) -> CategoryChange {
    CategoryChange {
        name: Some(name(text)),
        ..CategoryChange::default()
    }
}

async fn names(desk: &Desk, viewer: &Member) -> Vec<String> {
    let list = desk.services.categories.list(&viewer.session).await;
    let list = list.unwrap();
    list.into_iter().map(|category| category.name).collect()
}

on_every_database! {
    async fn categories_are_added_moved_renamed_and_retired(desk: Desk) {
        let mira = desk.admin("Mira").await;
        let categories = &desk.services.categories;
        let before = names(&desk, &mira).await;
        let travel = categories.add(&mira.session, name("Travel")).await.unwrap();
        let mut expected = before.clone();
        expected.push("Travel".into());
        assert_eq!(names(&desk, &mira).await, expected);

        let moved = categories.update(&mira.session, travel.id, to(2)).await.unwrap();
        assert_eq!((moved.position, moved.retired), (2, false));
        expected = before.clone();
        expected.insert(1, "Travel".into());
        assert_eq!(names(&desk, &mira).await, expected);
        categories.update(&mira.session, travel.id, to(u32::MAX)).await.unwrap();

        let change = CategoryChange { retired: Some(true), ..renamed("Trips") };
        let retired = categories.update(&mira.session, travel.id, change).await.unwrap();
        assert_eq!((retired.name.as_str(), retired.retired), ("Trips", true));
        assert_eq!(names(&desk, &mira).await.last().unwrap(), "Trips");
        // What is retired cannot be chosen.
        let ticket = OpenTicket { category_id: Some(travel.id), ..new_ticket() };
        let ada = desk.customer("Ada").await;
        assert!(desk.services.tickets.open(&ada.session, ticket).await.is_err());
    }

    async fn a_name_is_given_once(desk: Desk) {
        let mira = desk.admin("Mira").await;
        let categories = &desk.services.categories;
        let travel = categories.add(&mira.session, name("Travel")).await.unwrap();
        let before = names(&desk, &mira).await;
        let again = categories.add(&mira.session, name("TRAVEL")).await.unwrap_err();
        assert!(matches!(again, CategoryError::NameTaken), "{again:?}");
        let other = categories.add(&mira.session, name("Trips")).await.unwrap();
        let taken = categories.update(&mira.session, other.id, renamed("travel")).await.unwrap_err();
        assert!(matches!(taken, CategoryError::NameTaken), "{taken:?}");
        // Its own name in another case is no conflict.
        categories.update(&mira.session, travel.id, renamed("TRAVEL")).await.unwrap();
        assert_eq!(names(&desk, &mira).await.len(), before.len() + 1);
    }

    async fn only_admins_change_categories_and_only_those_that_are_there(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let categories = &desk.services.categories;
        let before = names(&desk, &ada).await;
        let refused = categories.add(&ada.session, name("Travel")).await.unwrap_err();
        assert!(matches!(refused, CategoryError::Forbidden), "{refused:?}");
        for id in [1, 9_999] {
            let refused = categories.update(&ada.session, CategoryId(id), renamed("x")).await.unwrap_err();
            assert!(matches!(refused, CategoryError::Forbidden), "{refused:?}");
        }
        let missing = categories.update(&mira.session, CategoryId(9_999), to(1)).await.unwrap_err();
        assert!(matches!(missing, CategoryError::NotFound), "{missing:?}");
        assert_eq!(names(&desk, &ada).await, before);
    }
}
