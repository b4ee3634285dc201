//! Accounts as admins see and change them.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::patch::required_when_present;
use crate::people::Role;
use crate::text;
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

/// A page of accounts, the newest first.
#[derive(Serialize, ToSchema)]
pub struct AccountPage {
    /// The accounts.
    pub items: Vec<Account>,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required)]
    pub next_cursor: Option<String>,
}

/// Filters and place of a list of accounts.
#[derive(Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UserQuery {
    /// Part of the name or the address.
    #[param(max_length = 200)]
    #[validate(custom(function = "text::query"))]
    pub q: Option<String>,
    /// Of this role.
    #[param(inline)]
    pub role: Option<Role>,
    /// Locked out, or not.
    pub disabled: Option<bool>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many at most; 30 when absent.
    #[param(minimum = 1, maximum = 100)]
    #[validate(range(min = 1, max = domain::limits::PAGE_MAX,
        code = "out_of_range",
        message = "must be from 1 to 100"
    ))]
    pub limit: Option<u32>,
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
