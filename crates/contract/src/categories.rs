//! Ticket categories.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A ticket category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Category {
    /// Identifier.
    pub id: i64,
    /// Name shown to people.
    pub name: String,
    /// Place in the list, lowest first.
    pub position: i32,
    /// Retired categories stay on their tickets and cannot be chosen any more.
    pub retired: bool,
}

impl From<domain::Category> for Category {
    fn from(category: domain::Category) -> Category {
        Category {
            id: category.id.0,
            name: category.name,
            position: category.position,
            retired: category.retired,
        }
    }
}

/// All categories, in their order.
#[derive(Serialize, ToSchema)]
pub struct CategoryList {
    /// The categories.
    pub items: Vec<Category>,
}
