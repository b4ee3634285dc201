//! People: customers and admins.

use crate::clock::Timestamp;
use crate::ids::UserId;
use crate::named::named;
use crate::text::{Email, PersonName};

named!(
    /// What a person is to the desk.
    Role {
        /// A customer: sees and writes in their own tickets.
        User = "user",
        /// Staff: sees and handles every ticket.
        Admin = "admin",
    }
);

/// A person as others see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Identifier.
    pub id: UserId,
    /// Display name.
    pub name: String,
    /// Customer or staff.
    pub role: Role,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Identifier.
    pub id: UserId,
    /// Sign-in address, unique.
    pub email: Email,
    /// Display name.
    pub name: PersonName,
    /// Customer or staff.
    pub role: Role,
    /// Sessions of a lower epoch are void.
    pub session_epoch: i64,
    /// When the account was disabled, if it is.
    pub disabled_at: Option<Timestamp>,
    /// When the account was made.
    pub created_at: Timestamp,
}

impl User {
    /// The part of the account that others may see.
    #[must_use]
    pub fn person(&self) -> Person {
        Person {
            id: self.id,
            name: self.name.as_str().to_owned(),
            role: self.role,
        }
    }
}
