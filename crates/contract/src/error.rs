//! Errors on the wire: RFC 9457 problem details, with one closed set of codes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a request or a socket command failed. Clients decide by it; texts are for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The body is not JSON.
    MalformedJson,
    /// No WebSocket handshake of this protocol.
    BadHandshake,
    /// No valid access token, refresh cookie and session together.
    Unauthenticated,
    /// The access token has run out; refresh and try again.
    TokenExpired,
    /// E-mail or password is wrong.
    InvalidCredentials,
    /// The one-time link is used up, has ended or never was.
    LinkExpired,
    /// The resource is visible to you, the action is not yours.
    Forbidden,
    /// The request comes from a web origin that is not allowed.
    OriginNotAllowed,
    /// Not there, or not yours.
    NotFound,
    /// The resource has no such method.
    MethodNotAllowed,
    /// The e-mail has an account.
    EmailTaken,
    /// Another category has this name.
    NameTaken,
    /// There is an admin already.
    AlreadySetUp,
    /// The last enabled admin stays one.
    LastAdmin,
    /// The account is disabled.
    AccountDisabled,
    /// The ticket is closed and takes no messages.
    TicketClosed,
    /// Others changed the ticket in the meantime; see `missed`.
    Stale,
    /// The client id belongs to a write with other content.
    ClientIdReused,
    /// The command needs a joined ticket.
    NotJoined,
    /// The body or frame is larger than allowed.
    PayloadTooLarge,
    /// The body is not declared as JSON.
    UnsupportedMediaType,
    /// A field has the wrong type, is unknown or breaks a limit; see `errors`.
    Invalid,
    /// Too many requests or commands; see Retry-After.
    RateLimited,
    /// A fault of ours; the request id helps us find it.
    Internal,
    /// Something we depend on is down or overloaded; see Retry-After.
    Unavailable,
}

impl ErrorCode {
    /// Every code.
    pub const ALL: [ErrorCode; 25] = [
        ErrorCode::MalformedJson,
        ErrorCode::BadHandshake,
        ErrorCode::Unauthenticated,
        ErrorCode::TokenExpired,
        ErrorCode::InvalidCredentials,
        ErrorCode::LinkExpired,
        ErrorCode::Forbidden,
        ErrorCode::OriginNotAllowed,
        ErrorCode::NotFound,
        ErrorCode::MethodNotAllowed,
        ErrorCode::EmailTaken,
        ErrorCode::NameTaken,
        ErrorCode::AlreadySetUp,
        ErrorCode::LastAdmin,
        ErrorCode::AccountDisabled,
        ErrorCode::TicketClosed,
        ErrorCode::Stale,
        ErrorCode::ClientIdReused,
        ErrorCode::NotJoined,
        ErrorCode::PayloadTooLarge,
        ErrorCode::UnsupportedMediaType,
        ErrorCode::Invalid,
        ErrorCode::RateLimited,
        ErrorCode::Internal,
        ErrorCode::Unavailable,
    ];

    /// The HTTP status of this code.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            ErrorCode::MalformedJson | ErrorCode::BadHandshake => 400,
            ErrorCode::Unauthenticated
            | ErrorCode::TokenExpired
            | ErrorCode::InvalidCredentials => 401,
            ErrorCode::LinkExpired | ErrorCode::Forbidden | ErrorCode::OriginNotAllowed => 403,
            ErrorCode::NotFound => 404,
            ErrorCode::MethodNotAllowed => 405,
            ErrorCode::EmailTaken
            | ErrorCode::NameTaken
            | ErrorCode::AlreadySetUp
            | ErrorCode::LastAdmin
            | ErrorCode::AccountDisabled
            | ErrorCode::TicketClosed
            | ErrorCode::Stale
            | ErrorCode::ClientIdReused
            | ErrorCode::NotJoined => 409,
            ErrorCode::PayloadTooLarge => 413,
            ErrorCode::UnsupportedMediaType => 415,
            ErrorCode::Invalid => 422,
            ErrorCode::RateLimited => 429,
            ErrorCode::Internal => 500,
            ErrorCode::Unavailable => 503,
        }
    }

    /// What it means, in a few words, the same for every occurrence.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            ErrorCode::MalformedJson => "The body is not valid JSON",
            ErrorCode::BadHandshake => "Not a WebSocket handshake of this protocol",
            ErrorCode::Unauthenticated => "Not signed in",
            ErrorCode::TokenExpired => "The access token has expired",
            ErrorCode::InvalidCredentials => "E-mail or password is wrong",
            ErrorCode::LinkExpired => "The link is not valid any more",
            ErrorCode::Forbidden => "Not allowed",
            ErrorCode::OriginNotAllowed => "This origin is not allowed",
            ErrorCode::NotFound => "Not found",
            ErrorCode::MethodNotAllowed => "Method not allowed",
            ErrorCode::EmailTaken => "This e-mail address has an account",
            ErrorCode::NameTaken => "This name is taken",
            ErrorCode::AlreadySetUp => "There is an admin already",
            ErrorCode::LastAdmin => "There must be an enabled admin",
            ErrorCode::AccountDisabled => "The account is disabled",
            ErrorCode::TicketClosed => "The ticket is closed",
            ErrorCode::Stale => "The ticket has changed in the meantime",
            ErrorCode::ClientIdReused => "The client id belongs to another write",
            ErrorCode::NotJoined => "No ticket is joined",
            ErrorCode::PayloadTooLarge => "Too large",
            ErrorCode::UnsupportedMediaType => "The body must be application/json",
            ErrorCode::Invalid => "The request is not valid",
            ErrorCode::RateLimited => "Too many requests",
            ErrorCode::Internal => "Something went wrong on our side",
            ErrorCode::Unavailable => "Temporarily unavailable",
        }
    }
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    /// Path of the field, as in `description` or `items[2].name`; empty for the whole.
    pub field: String,
    /// The rule that it breaks: `missing`, `unknown_field`, `duplicate_field`, `wrong_type`, `empty`, `too_short`, `too_long`,
    /// `control_characters`, `not_an_email`, `out_of_range`, `unknown_value`, `too_weak`, `wrong_password`,
    /// `too_many`.
    pub code: String,
    /// The same for people. It never repeats the input.
    pub message: String,
}

/// The body of every error answer, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the code says what it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// The meaning of the code, for people.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Decide by this.
    pub code: ErrorCode,
    /// What happened here, for people.
    #[schema(required)]
    pub detail: Option<String>,
    /// The fields that are wrong, with `code` `invalid`.
    pub errors: Vec<FieldError>,
    /// What the client had not seen, with `code` `stale`.
    #[schema(required)]
    pub missed: Option<Vec<crate::timeline::Entry>>,
    /// Names this request in our log.
    pub request_id: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_listed_once() {
        let mut names: Vec<String> = ErrorCode::ALL
            .iter()
            .map(|code| serde_json::to_string(code).unwrap())
            .collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), ErrorCode::ALL.len());
    }

    #[test]
    fn statuses_are_client_or_server_errors() {
        for code in ErrorCode::ALL {
            assert!((400..600).contains(&code.status()), "{code:?}");
        }
    }
}
