//! Errors of requests, as RFC 9457 problem details.

use std::fmt;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use auth::{AuthError, PasswordError};
use contract::decode::DecodeError;
use contract::{ErrorCode, FieldError, Problem};
use domain::{Audience, TextError};
use services::{
    AccountError, AlertError, CannedReplyError, CategoryError, Fault, NotificationError,
    StatsError, TicketError,
};
use tracing::{error, warn};

use crate::http::{context, refusal};

/// After this time a client tries again what is unavailable now.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// Why a request failed, as far as the client may know.
#[derive(Clone, Debug)]
pub struct ApiError {
    /// Decides the status.
    pub code: ErrorCode,
    /// What happened here, for people.
    pub detail: Option<String>,
    /// The fields that are wrong.
    pub fields: Vec<FieldError>,
    /// Entries that the author had not seen; rendered for `audience`.
    pub missed: Option<Vec<domain::Entry>>,
    /// For whom `missed` is rendered; the least that anybody sees unless raised.
    pub audience: Audience,
    /// When to try again, if that is known better than [usual](RETRY_AFTER).
    pub retry_after: Option<Duration>,
}

/// What a handler gives.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// An error that its code says all about.
    #[must_use]
    pub fn new(code: ErrorCode) -> ApiError {
        ApiError {
            code,
            detail: None,
            fields: Vec::new(),
            missed: None,
            audience: Audience::Customer,
            retry_after: None,
        }
    }

    /// The same with a sentence for people.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> ApiError {
        self.detail = Some(detail.into());
        self
    }

    /// The same, worth another try after this time.
    #[must_use]
    pub fn retry_after(mut self, pause: Duration) -> ApiError {
        self.retry_after = Some(pause);
        self
    }

    /// One field is wrong.
    #[must_use]
    pub fn field(field: &str, code: &str, message: &str) -> ApiError {
        let mut error = ApiError::new(ErrorCode::Invalid);
        error.fields.push(FieldError {
            field: field.to_owned(),
            code: code.to_owned(),
            message: message.to_owned(),
        });
        error
    }

    /// A checked text turned out wrong after all.
    #[must_use]
    pub fn text(field: &str, error: TextError) -> ApiError {
        ApiError::field(field, contract::text::code(error), &error.to_string())
    }

    /// Renders missed entries for people of this role.
    #[must_use]
    pub fn for_audience(mut self, audience: Audience) -> ApiError {
        self.audience = audience;
        self
    }

    /// The body of the answer.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let render =
            |entry: &domain::Entry| contract::timeline::Entry::render(entry.clone(), self.audience);
        Problem {
            kind: "about:blank".to_owned(),
            title: self.code.title().to_owned(),
            status: self.code.status(),
            code: self.code,
            detail: self.detail.clone(),
            errors: self.fields.clone(),
            missed: self
                .missed
                .as_ref()
                .map(|missed| missed.iter().map(render).collect()),
            request_id: context::request_id(),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.title())
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        refusal::audit(self.code);
        let body = serde_json::to_vec(&self.problem()).unwrap_or_default();
        let mut response = HttpResponse::build(self.status_code());
        // For the layer that counts.
        response.extensions_mut().insert(self.code);
        response.insert_header((header::CONTENT_TYPE, "application/problem+json"));
        if matches!(self.code, ErrorCode::Unavailable | ErrorCode::RateLimited) {
            // Whole seconds, rounded up, so that whoever waits that long is not too early.
            let pause = self.retry_after.unwrap_or(RETRY_AFTER);
            let seconds = pause.as_millis().div_ceil(1000).max(1);
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        if self.status_code() == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")));
        }
        response.body(body)
    }
}

impl From<DecodeError> for ApiError {
    fn from(error: DecodeError) -> ApiError {
        match error {
            DecodeError::Malformed => ApiError::new(ErrorCode::MalformedJson),
            DecodeError::Invalid(fields) => ApiError {
                fields,
                ..ApiError::new(ErrorCode::Invalid)
            },
        }
    }
}

impl From<AuthError> for ApiError {
    fn from(error: AuthError) -> ApiError {
        ApiError::new(match error {
            AuthError::Expired => ErrorCode::TokenExpired,
            AuthError::Invalid | AuthError::SessionEnded | AuthError::Reused { .. } => {
                ErrorCode::Unauthenticated
            }
            AuthError::Unavailable => ErrorCode::Unavailable,
        })
    }
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> ApiError {
        // The cause is for the log only; the client gets the request id to ask with.
        match fault {
            Fault::Busy => warn!("Busy with other long reads"),
            _ => error!(cause = ?fault, "Failed"),
        }
        ApiError::new(match fault {
            Fault::Unavailable(_) | Fault::Busy => ErrorCode::Unavailable,
            Fault::Broken(_) | Fault::CutOff => ErrorCode::Internal,
        })
    }
}

impl From<TicketError> for ApiError {
    fn from(error: TicketError) -> ApiError {
        match error {
            TicketError::NotFound => ApiError::new(ErrorCode::NotFound),
            TicketError::Forbidden => ApiError::new(ErrorCode::Forbidden),
            TicketError::Closed => ApiError::new(ErrorCode::TicketClosed),
            TicketError::Stale { missed } => ApiError {
                missed: Some(missed),
                ..ApiError::new(ErrorCode::Stale)
            },
            TicketError::ClientIdReused => ApiError::new(ErrorCode::ClientIdReused),
            TicketError::Invalid { field, reason } => {
                ApiError::field(field, "out_of_range", reason)
            }
            TicketError::Fault(fault) => fault.into(),
        }
    }
}

impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> ApiError {
        match error {
            AccountError::EmailTaken => ApiError::new(ErrorCode::EmailTaken),
            AccountError::InvalidCredentials => ApiError::new(ErrorCode::InvalidCredentials),
            AccountError::AlreadySetUp => ApiError::new(ErrorCode::AlreadySetUp),
            AccountError::WrongSetupToken => ApiError::new(ErrorCode::Forbidden).detail(
                "The set-up link is not valid any more; start the server again for a new one",
            ),
            AccountError::Session(error) => error.into(),
            AccountError::NotFound => ApiError::new(ErrorCode::NotFound),
            AccountError::Forbidden => ApiError::new(ErrorCode::Forbidden),
            AccountError::LastAdmin => ApiError::new(ErrorCode::LastAdmin),
            AccountError::Disabled => ApiError::new(ErrorCode::AccountDisabled),
            AccountError::LinkExpired => ApiError::new(ErrorCode::LinkExpired),
            AccountError::WrongPassword => ApiError::field(
                "current_password",
                "wrong_password",
                "is not your present password",
            ),
            AccountError::TooManyAttempts { retry_after } => {
                ApiError::new(ErrorCode::RateLimited).retry_after(retry_after)
            }
            AccountError::Password(PasswordError::Weak) => ApiError::field(
                "password",
                "too_weak",
                "is too easy to guess: take several words that do not belong together",
            ),
            AccountError::Password(PasswordError::Busy) => ApiError::new(ErrorCode::Unavailable),
            AccountError::Password(cause) => {
                error!(%cause, "Could not hash a password");
                ApiError::new(ErrorCode::Internal)
            }
            AccountError::Fault(fault) => fault.into(),
        }
    }
}

impl From<NotificationError> for ApiError {
    fn from(error: NotificationError) -> ApiError {
        error.0.into()
    }
}

impl From<CategoryError> for ApiError {
    fn from(error: CategoryError) -> ApiError {
        match error {
            CategoryError::NotFound => ApiError::new(ErrorCode::NotFound),
            CategoryError::Forbidden => ApiError::new(ErrorCode::Forbidden),
            CategoryError::NameTaken => ApiError::new(ErrorCode::NameTaken),
            CategoryError::Fault(fault) => fault.into(),
        }
    }
}

impl From<CannedReplyError> for ApiError {
    fn from(error: CannedReplyError) -> ApiError {
        match error {
            CannedReplyError::NotFound => ApiError::new(ErrorCode::NotFound),
            CannedReplyError::Forbidden => ApiError::new(ErrorCode::Forbidden),
            CannedReplyError::TooMany => ApiError::field(
                "shared",
                "too_many",
                "there are 500 canned replies of this kind already: remove one first",
            ),
            CannedReplyError::Fault(fault) => fault.into(),
        }
    }
}

impl From<AlertError> for ApiError {
    fn from(error: AlertError) -> ApiError {
        match error {
            AlertError::Forbidden => ApiError::new(ErrorCode::Forbidden),
            AlertError::Fault(fault) => fault.into(),
        }
    }
}

impl From<StatsError> for ApiError {
    fn from(error: StatsError) -> ApiError {
        match error {
            StatsError::Forbidden => ApiError::new(ErrorCode::Forbidden),
            StatsError::Fault(fault) => fault.into(),
        }
    }
}
