//! Ticket categories.

use domain::{Category, CategoryId, CategoryName};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entities::categories as table;
use crate::{Error, Read, Result, Tx, Unique};

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

/// All categories in their order, held until the transaction ends.
///
/// # Errors
/// The database's.
pub async fn lock_all(tx: &Tx) -> Result<Vec<Category>> {
    let rows = table::Entity::find()
        .order_by_asc(table::Column::Position)
        .order_by_asc(table::Column::Id)
        .lock_exclusive()
        .all(tx.connection().executor())
        .await?;
    Ok(rows.into_iter().map(Category::from).collect())
}

/// Adds a category at this position.
///
/// # Errors
/// [`Unique::CategoryName`](crate::Unique::CategoryName) if there is one of this name.
pub async fn add(tx: &Tx, name: &CategoryName, position: i32) -> Result<Category> {
    refuse_taken(tx, name.as_str(), None).await?;
    let row = table::ActiveModel {
        id: NotSet,
        name: Set(name.as_str().to_owned()),
        position: Set(position),
        retired: Set(false),
    };
    let inserted = table::Entity::insert(row)
        .exec(tx.connection().executor())
        .await?;
    Ok(Category {
        id: CategoryId(inserted.last_insert_id),
        name: name.as_str().to_owned(),
        position,
        retired: false,
    })
}

/// Stores a category that was locked and changed.
///
/// # Errors
/// [`Unique::CategoryName`](crate::Unique::CategoryName) if another has this name, and one if there is no such
/// category.
pub async fn save(tx: &Tx, category: &Category) -> Result<()> {
    refuse_taken(tx, &category.name, Some(category.id)).await?;
    let updated = table::Entity::update_many()
        .set(table::ActiveModel {
            name: Set(category.name.clone()),
            position: Set(category.position),
            retired: Set(category.retired),
            ..Default::default()
        })
        .filter(table::Column::Id.eq(category.id.0))
        .exec(tx.connection().executor())
        .await?;
    match updated.rows_affected {
        0 => Err(Error::missing("categories")),
        _ => Ok(()),
    }
}

/// Refuses a new name that another category has in other case. The key sees to that on MySQL; SQLite's knows only
/// letters of ASCII as upper and lower, and has one writer at a time.
async fn refuse_taken(tx: &Tx, name: &str, of: Option<CategoryId>) -> Result<()> {
    if tx.connection().executor().get_database_backend() != DbBackend::Sqlite {
        return Ok(());
    }
    let all = list(tx).await?;
    let keeps = |own: &Category| Some(own.id) == of && own.name == name;
    let is_same = |other: &Category| other.name.to_lowercase() == name.to_lowercase();
    match all.iter().any(keeps) || !all.iter().any(|it| Some(it.id) != of && is_same(it)) {
        true => Ok(()),
        false => Err(Error::taken(Unique::CategoryName)),
    }
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
