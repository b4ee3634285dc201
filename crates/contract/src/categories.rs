//! Ticket categories.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::patch::required_when_present;
use crate::text;

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

/// Adds a category to the end of the list.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateCategoryRequest {
    /// Name shown to people; no other category has it, in any case.
    #[schema(min_length = 1, max_length = 80)]
    #[validate(custom(function = "text::category_name"))]
    pub name: String,
}

/// Changes a category; absent fields stay.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateCategoryRequest {
    /// Name shown to people; no other category has it, in any case.
    #[serde(default, deserialize_with = "required_when_present")]
    #[schema(min_length = 1, max_length = 80)]
    #[validate(custom(function = "text::category_name"))]
    pub name: Option<String>,
    /// The place in the list that it moves to: 1 is the first, and what is beyond the last is the last. The others
    /// make room.
    #[serde(default, deserialize_with = "required_when_present")]
    #[schema(minimum = 1)]
    #[validate(range(min = 1, code = "out_of_range", message = "must be at least 1"))]
    pub position: Option<u32>,
    /// Whether it cannot be chosen any more.
    #[serde(default, deserialize_with = "required_when_present")]
    pub retired: Option<bool>,
}
