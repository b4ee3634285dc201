//! Which web origins may call what the cookie alone opens.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use contract::ErrorCode;

use crate::http::problem::ApiError;
use crate::state::State;

/// Proof that a request that only a cookie authorises was not made by a foreign page.
///
/// Browsers say so in `Sec-Fetch-Site`, or else in `Origin`. Programs that are no browsers send neither.
pub struct TrustedOrigin(());

impl FromRequest for TrustedOrigin {
    type Error = ApiError;
    type Future = Ready<Result<TrustedOrigin, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let site = text(request, "sec-fetch-site");
        let trusted = match (site, text(request, header::ORIGIN.as_str())) {
            (Some("same-origin"), _) | (None, None) => true,
            (_, Some(origin)) => is_allowed(request, origin),
            (Some(_), None) => false,
        };
        ready(if trusted {
            Ok(TrustedOrigin(()))
        } else {
            Err(ApiError::new(ErrorCode::OriginNotAllowed))
        })
    }
}

/// Proof that a socket's handshake has no Origin (no browser) or an allowed one.
pub struct SocketOrigin(());

impl FromRequest for SocketOrigin {
    type Error = ApiError;
    type Future = Ready<Result<SocketOrigin, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut origins = request.headers().get_all(header::ORIGIN);
        let allowed = match (origins.next(), origins.next()) {
            (None, _) => true,
            (Some(origin), None) => origin
                .to_str()
                .is_ok_and(|origin| is_allowed(request, origin)),
            (Some(_), Some(_)) => false,
        };
        ready(if allowed {
            Ok(SocketOrigin(()))
        } else {
            Err(ApiError::new(ErrorCode::OriginNotAllowed))
        })
    }
}

fn is_allowed(request: &HttpRequest, origin: &str) -> bool {
    let state = request.app_data::<web::Data<State>>();
    state.is_some_and(|state| {
        let mut allowed = state.config.server.allowed_origins.iter();
        allowed.any(|allowed| allowed.as_str() == origin)
    })
}

/// A header's text; one that is not text counts as a foreign value.
fn text<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    let value = request.headers().get(name)?;
    Some(value.to_str().unwrap_or("invalid"))
}
