//! How often one address may try to sign in or up.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use auth::limits::{Verdict, address_key};
use contract::ErrorCode;

use crate::http::problem::{ApiError, ApiResult};
use crate::http::{client, guard};
use crate::state::State;

/// Proof that the address has not tried too often. It is counted before anything is hashed.
pub struct SignInPace(());

impl FromRequest for SignInPace {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<SignInPace>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let checked = check(request.clone());
        let passed = guard::set(request, checked);
        Box::pin(async move { passed.await.map(|()| SignInPace(())) })
    }
}

async fn check(request: HttpRequest) -> ApiResult<()> {
    let state = request
        .app_data::<web::Data<State>>()
        .ok_or_else(|| ApiError::new(ErrorCode::Internal))?;
    let Some(address) = client::address(&request) else {
        return Ok(());
    };
    let limit = state.config.limits.auth_per_minute;
    let verdict = state.limits.pass(&address_key(address), limit).await;
    match verdict.map_err(|_| ApiError::new(ErrorCode::Unavailable))? {
        Verdict::Go => Ok(()),
        Verdict::Wait(pause) => Err(ApiError::new(ErrorCode::RateLimited).retry_after(pause)),
    }
}
