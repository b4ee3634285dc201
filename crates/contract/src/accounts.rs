//! Accounts: set-up, sign-up, sign-in, profile.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::patch::required_when_present;
use crate::people::Role;
use crate::text;
use crate::time::Time;

/// Makes the first admin.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupRequest {
    /// The one-time token that the first start printed.
    #[schema(max_length = 128)]
    #[validate(length(
        max = 128,
        code = "too_long",
        message = "must be at most 128 characters"
    ))]
    pub token: String,
    /// Sign-in address.
    #[schema(format = "email", min_length = 3, max_length = 254)]
    #[validate(custom(function = "text::email"))]
    pub email: String,
    /// Display name.
    #[schema(min_length = 1, max_length = 80)]
    #[validate(custom(function = "text::person_name"))]
    pub name: String,
    /// Password.
    #[schema(format = "password", min_length = 10, max_length = 128)]
    #[validate(custom(function = "text::new_password"))]
    pub password: String,
}

/// Makes a customer's account.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterRequest {
    /// Sign-in address.
    #[schema(format = "email", min_length = 3, max_length = 254)]
    #[validate(custom(function = "text::email"))]
    pub email: String,
    /// Display name.
    #[schema(min_length = 1, max_length = 80)]
    #[validate(custom(function = "text::person_name"))]
    pub name: String,
    /// Password.
    #[schema(format = "password", min_length = 10, max_length = 128)]
    #[validate(custom(function = "text::new_password"))]
    pub password: String,
}

/// Signs in.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoginRequest {
    /// Sign-in address.
    #[schema(format = "email", max_length = 254)]
    #[validate(custom(function = "text::email"))]
    pub email: String,
    /// Password.
    #[schema(format = "password", max_length = 128)]
    #[validate(custom(function = "text::known_password"))]
    pub password: String,
}

/// Sets a new password with a one-time link.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPasswordRequest {
    /// The token of the link.
    #[schema(max_length = 128)]
    #[validate(length(
        max = 128,
        code = "too_long",
        message = "must be at most 128 characters"
    ))]
    pub token: String,
    /// The new password.
    #[schema(format = "password", min_length = 10, max_length = 128)]
    #[validate(custom(function = "text::new_password"))]
    pub password: String,
}

/// Changes one's own password.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePasswordRequest {
    /// The present password.
    #[schema(format = "password", max_length = 128)]
    #[validate(custom(function = "text::known_password"))]
    pub current_password: String,
    /// The new password.
    #[schema(format = "password", min_length = 10, max_length = 128)]
    #[validate(custom(function = "text::new_password"))]
    pub password: String,
}

/// Changes one's own profile; absent fields stay.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateMeRequest {
    /// Display name.
    #[schema(min_length = 1, max_length = 80)]
    #[serde(default, deserialize_with = "required_when_present")]
    #[validate(custom(function = "text::person_name"))]
    pub name: Option<String>,
}

/// One's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct User {
    /// Identifier.
    pub id: i64,
    /// Sign-in address.
    pub email: String,
    /// Display name.
    pub name: String,
    /// Customer or staff.
    pub role: Role,
    /// When the account was made.
    pub created_at: Time,
}

impl From<domain::User> for User {
    fn from(user: domain::User) -> User {
        User {
            id: user.id.0,
            email: user.email.into_string(),
            name: user.name.into_string(),
            role: user.role.into(),
            created_at: user.created_at.into(),
        }
    }
}

/// The answer to sign-up, sign-in and set-up; the refresh token is in the cookie.
#[derive(Serialize, ToSchema)]
pub struct SignedIn {
    /// Who is signed in.
    pub user: User,
    /// Bearer token for the Authorization header.
    pub access_token: String,
    /// Seconds until the access token runs out.
    pub expires_in: i64,
}

/// The answer to a refresh; the rotated refresh token is in the cookie.
#[derive(Serialize, ToSchema)]
pub struct Refreshed {
    /// Bearer token for the Authorization header.
    pub access_token: String,
    /// Seconds until the access token runs out.
    pub expires_in: i64,
}
