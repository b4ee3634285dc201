//! Input that has been checked before a handler sees it: JSON bodies, query strings, ids in paths.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use contract::decode;
use contract::{ErrorCode, cursor::Cursor};
use domain::{Body, CannedReplyName, CategoryName, Email, PersonName, TextError, Title};
use serde::de::DeserializeOwned;
use validator::Validate;

use crate::http::problem::{ApiError, ApiResult};
use crate::http::{guard, patience};

/// Largest request body, in bytes. The longest message, every character escaped, needs half of it.
pub const BODY_MAX: usize = 256 * 1024;

/// A body that does not come within this time does not come.
const BODY_WITHIN: Duration = Duration::from_secs(15);

/// A JSON body of exactly this shape, within its limits.
pub struct ValidJson<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for ValidJson<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<ValidJson<T>, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let declared = request
            .content_type()
            .eq_ignore_ascii_case("application/json");
        let encoded = request.headers().contains_key(header::CONTENT_ENCODING);
        let length = request.headers().get(header::CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        let payload = web::Payload::from_request(request, payload).into_inner();
        let request = request.clone();
        Box::pin(async move {
            guard::passed(&request).await?;
            if !declared || encoded {
                return Err(ApiError::new(ErrorCode::UnsupportedMediaType));
            }
            if length.is_some_and(|length| length > BODY_MAX) {
                return Err(ApiError::new(ErrorCode::PayloadTooLarge));
            }
            let payload = payload.map_err(|_| ApiError::new(ErrorCode::MalformedJson))?;
            let body = payload.to_bytes_limited(BODY_MAX);
            let body = patience::reading(&request, tokio::time::timeout(BODY_WITHIN, body))
                .await
                .map_err(|_| {
                    ApiError::new(ErrorCode::MalformedJson).detail("The body did not come in time")
                })?
                .map_err(|_| ApiError::new(ErrorCode::PayloadTooLarge))?
                .map_err(|_| ApiError::new(ErrorCode::MalformedJson))?;
            Ok(ValidJson(decode::request(&body)?))
        })
    }
}

/// A query string of exactly this shape, within its limits.
pub struct ValidQuery<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for ValidQuery<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<ValidQuery<T>, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            guard::passed(&request).await?;
            Ok(ValidQuery(decode::query(request.query_string())?))
        })
    }
}

/// An id in a path. What is no id is not found, like an id that nobody has.
pub struct PathId(pub i64);

impl FromRequest for PathId {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<PathId, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            guard::passed(&request).await?;
            let id = request.match_info().get("id");
            let id = id.and_then(|id| id.parse().ok());
            id.map(PathId)
                .ok_or_else(|| ApiError::new(ErrorCode::NotFound))
        })
    }
}

/// A field that is a checked text of the domain.
pub trait CheckedText: Sized {
    /// Checks it, naming the field if it is wrong.
    ///
    /// # Errors
    /// 422 with the field.
    fn checked(field: &str, text: &str) -> ApiResult<Self>;
}

macro_rules! checked_text {
    ($($name:ident),+) => {
        $(impl CheckedText for $name {
            fn checked(field: &str, text: &str) -> ApiResult<$name> {
                $name::parse(text).map_err(|error: TextError| ApiError::text(field, error))
            }
        })+
    };
}

checked_text!(
    Body,
    CannedReplyName,
    CategoryName,
    Email,
    PersonName,
    Title
);

/// The same for a field that may be absent.
///
/// # Errors
/// 422 with the field.
pub fn checked_if_present<T: CheckedText>(
    field: &str,
    text: Option<&String>,
) -> ApiResult<Option<T>> {
    text.map(|text| T::checked(field, text)).transpose()
}

/// The cursor of a list in this order, if the request has one.
///
/// # Errors
/// 422 for a cursor that this list did not give.
pub fn cursor(text: Option<&str>, order: u8) -> ApiResult<Option<Cursor>> {
    let Some(text) = text else { return Ok(None) };
    match Cursor::decode(text, order) {
        Some(cursor) => Ok(Some(cursor)),
        None => Err(ApiError::field(
            "cursor",
            "unknown_value",
            "is not a cursor of this list",
        )),
    }
}

/// How many items a page has.
#[must_use]
pub fn limit(asked: Option<u32>) -> u32 {
    asked
        .unwrap_or(domain::limits::PAGE_DEFAULT)
        .clamp(1, domain::limits::PAGE_MAX)
}
