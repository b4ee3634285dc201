//! Categories.

use domain::CategoryId;
use repository::categories;
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
}
