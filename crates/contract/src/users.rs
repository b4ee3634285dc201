//! Accounts as admins see and change them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::patch::required_when_present;
use crate::people::Role;
use crate::time::Time;

/// Changes an account; absent fields stay.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateUserRequest {
    /// Customer or staff. A change signs the account out everywhere.
    #[serde(default, deserialize_with = "required_when_present")]
    pub role: Option<Role>,
    /// Whether the account is locked out. Disabling signs it out everywhere.
    #[serde(default, deserialize_with = "required_when_present")]
    pub disabled: Option<bool>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Account {
    /// Identifier.
    pub id: i64,
    /// Sign-in address.
    pub email: String,
    /// Display name.
    pub name: String,
    /// Customer or staff.
    pub role: Role,
    /// When the account was disabled, if it is.
    #[schema(required)]
    pub disabled_at: Option<Time>,
    /// When the account was made.
    pub created_at: Time,
}

impl From<domain::User> for Account {
    fn from(user: domain::User) -> Account {
        Account {
            id: user.id.0,
            email: user.email.into_string(),
            name: user.name.into_string(),
            role: user.role.into(),
            disabled_at: user.disabled_at.map(Time::from),
            created_at: user.created_at.into(),
        }
    }
}

/// A one-time link with which somebody sets a new password.
#[derive(Serialize, ToSchema)]
pub struct ResetLink {
    /// The link, to be handed to the account's owner. It is shown once.
    #[schema(format = "uri")]
    pub url: String,
    /// When it ends.
    pub expires_at: Time,
}
