//! People as others see them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::mirror::mirror;

mirror!(
    /// What a person is to the desk.
    Role = domain::Role {
        /// A customer.
        User,
        /// Staff.
        Admin,
    }
);

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Person {
    /// Identifier.
    pub id: i64,
    /// Display name.
    pub name: String,
    /// Customer or staff.
    pub role: Role,
}

impl From<domain::Person> for Person {
    fn from(person: domain::Person) -> Person {
        Person {
            id: person.id.0,
            name: person.name,
            role: person.role.into(),
        }
    }
}
