//! Ticket categories.

use domain::{Category, CategoryId};
use sea_orm::{EntityTrait, QueryOrder};

use crate::entities::categories as table;
use crate::{Read, Result};

/// All categories, also retired ones, in the order of their positions.
///
/// # Errors
/// The database's.
pub async fn list(from: &impl Read) -> Result<Vec<Category>> {
    let rows = table::Entity::find()
        .order_by_asc(table::Column::Position)
        .order_by_asc(table::Column::Id)
        .all(from.connection().executor())
        .await?;
    Ok(rows.into_iter().map(Category::from).collect())
}

/// The category, if there is one, retired or not.
///
/// # Errors
/// The database's.
pub async fn find(from: &impl Read, id: CategoryId) -> Result<Option<Category>> {
    let row = table::Entity::find_by_id(id.0)
        .one(from.connection().executor())
        .await?;
    Ok(row.map(Category::from))
}

impl From<table::Model> for Category {
    fn from(row: table::Model) -> Category {
        Category {
            id: CategoryId(row.id),
            name: row.name,
            position: row.position,
            retired: row.retired,
        }
    }
}
