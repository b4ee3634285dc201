//! Categories.

use domain::{CategoryId, CategoryName};
use repository::{Unique, categories};
use testkit::on_every_database;

use crate::desk::Desk;

on_every_database! {
    async fn a_new_desk_has_categories_in_order(desk: Desk) {
        let list = categories::list(&desk.db).await.unwrap();
        assert!(list.len() > 3);
        assert!(list.is_sorted_by_key(|category| category.position));
        assert!(list.iter().all(|category| !category.retired));
        let found = categories::find(&desk.db, list[1].id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&list[1]));
        assert_eq!(categories::find(&desk.db, CategoryId(9_999)).await.unwrap(), None);
    }

    async fn a_name_is_taken_in_any_case(desk: Desk) {
        let name = |text: &str| CategoryName::parse(text).unwrap();
        let tx = desk.db.begin().await.unwrap();
        let mut trouble = categories::add(&tx, &name("Ärger"), 8).await.unwrap();
        let mut other = categories::add(&tx, &name("Anderes"), 9).await.unwrap();
        tx.commit().await.unwrap();
        for taken in ["Ärger", "äRGER", "ANDERES"] {
            let tx = desk.db.begin().await.unwrap();
            let error = categories::add(&tx, &name(taken), 10).await.unwrap_err();
            assert_eq!(error.duplicate(), Some(Unique::CategoryName), "{taken}");
        }
        let tx = desk.db.begin().await.unwrap();
        other.name = "ärger".into();
        let error = categories::save(&tx, &other).await.unwrap_err();
        assert_eq!(error.duplicate(), Some(Unique::CategoryName));
        drop(tx);
        // Its own it may have in any.
        let tx = desk.db.begin().await.unwrap();
        trouble.name = "ÄRGER".into();
        categories::save(&tx, &trouble).await.unwrap();
        trouble.position = 3;
        categories::save(&tx, &trouble).await.unwrap();
        tx.commit().await.unwrap();
    }
}
