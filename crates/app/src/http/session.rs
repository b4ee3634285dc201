//! Who is signed in: access token, refresh cookie and session, all three, once for each request.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use auth::VerifiedSession;
use contract::ErrorCode;
use tracing::Span;

use crate::http::problem::{ApiError, ApiResult};
use crate::http::{guard, refusal};
use crate::state::State;

/// The verified session of a request. A handler that takes it cannot be reached without one; whoever else
/// serves the same request gets the same session without another look-up.
#[derive(Clone)]
pub struct Session(Rc<VerifiedSession>);

impl std::ops::Deref for Session {
    type Target = VerifiedSession;

    fn deref(&self) -> &VerifiedSession {
        &self.0
    }
}

impl FromRequest for Session {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Session, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let passed = guard::set(request, verify(request.clone()));
        let request = request.clone();
        Box::pin(async move {
            passed.await?;
            let session = request.extensions().get::<Session>().cloned();
            session.ok_or_else(|| ApiError::new(ErrorCode::Internal))
        })
    }
}

/// Verifies the session of a request, unless that was done, and keeps it on the request.
async fn verify(request: HttpRequest) -> ApiResult<()> {
    if request.extensions().contains::<Session>() {
        return Ok(());
    }
    let unauthenticated = || ApiError::new(ErrorCode::Unauthenticated);
    let state = request
        .app_data::<web::Data<State>>()
        .ok_or_else(|| ApiError::new(ErrorCode::Internal))?;
    let access = bearer(&request).ok_or_else(unauthenticated)?;
    let refresh = state.cookie.read(&request).ok_or_else(unauthenticated)?;
    let authenticated = state.authenticator.authenticate(access, &refresh).await;
    let session = authenticated.inspect_err(refusal::audit_tokens)?;
    Span::current().record("user.id", session.user_id().0);
    request.extensions_mut().insert(Session(Rc::new(session)));
    Ok(())
}

/// The token of the one Authorization header; of two, none.
fn bearer(request: &HttpRequest) -> Option<&str> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let (Some(value), None) = (headers.next(), headers.next()) else {
        return None;
    };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
