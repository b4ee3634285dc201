//! Checks of text fields, which are those of the domain.

use domain::{Body, CannedReplyName, CategoryName, Email, PersonName, TextError, Title, limits};
use validator::ValidationError;

/// The code of a text rule on the wire.
#[must_use]
pub fn code(error: TextError) -> &'static str {
    match error {
        TextError::Empty => "empty",
        TextError::TooLong { .. } => "too_long",
        TextError::Control => "control_characters",
        TextError::NotAnEmail => "not_an_email",
    }
}

fn refuse(error: TextError) -> ValidationError {
    ValidationError::new(code(error)).with_message(error.to_string().into())
}

pub(crate) fn email(text: &str) -> Result<(), ValidationError> {
    Email::parse(text).map(drop).map_err(refuse)
}

pub(crate) fn person_name(text: &str) -> Result<(), ValidationError> {
    PersonName::parse(text).map(drop).map_err(refuse)
}

pub(crate) fn category_name(text: &str) -> Result<(), ValidationError> {
    CategoryName::parse(text).map(drop).map_err(refuse)
}

pub(crate) fn canned_reply_name(text: &str) -> Result<(), ValidationError> {
    CannedReplyName::parse(text).map(drop).map_err(refuse)
}

pub(crate) fn title(text: &str) -> Result<(), ValidationError> {
    Title::parse(text).map(drop).map_err(refuse)
}

pub(crate) fn query(text: &str) -> Result<(), ValidationError> {
    domain::text::check_query(text).map_err(refuse)
}

pub(crate) fn body(text: &str) -> Result<(), ValidationError> {
    Body::parse(text).map(drop).map_err(refuse)
}

/// A new password: long enough, not too long, no NUL (bcrypt would stop there).
pub(crate) fn new_password(text: &str) -> Result<(), ValidationError> {
    let count = text.chars().count();
    if count < limits::PASSWORD_MIN {
        let message = format!("must be at least {} characters", limits::PASSWORD_MIN);
        return Err(ValidationError::new("too_short").with_message(message.into()));
    }
    known_password(text)
}

/// A password to compare: only what bounds the work.
pub(crate) fn known_password(text: &str) -> Result<(), ValidationError> {
    if text.chars().count() > limits::PASSWORD_MAX {
        return Err(refuse(TextError::TooLong {
            max: limits::PASSWORD_MAX,
        }));
    }
    if text.contains('\0') {
        return Err(refuse(TextError::Control));
    }
    Ok(())
}
