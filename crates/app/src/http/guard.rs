//! What must let a request pass before its input is looked at.
//!
//! The extractors of a handler run side by side. A guard (who is signed in, how often an address may try)
//! leaves word of itself on the request, and the extractors of input wait for all of them, so that whoever
//! may not pass learns nothing about their input. Guards stand before input in a handler's arguments.

use std::future::Future;

use actix_web::{HttpMessage as _, HttpRequest};
use futures_util::FutureExt as _;
use futures_util::future::{LocalBoxFuture, Shared};

use crate::http::problem::{ApiError, ApiResult};

/// Ends when the guard has let the request pass or has not.
pub type Passing = Shared<LocalBoxFuture<'static, Result<(), ApiError>>>;

#[derive(Clone, Default)]
struct Guards(Vec<Passing>);

/// Sets a guard; what is given back ends with it.
pub fn set(request: &HttpRequest, guard: impl Future<Output = ApiResult<()>> + 'static) -> Passing {
    let passing: Passing = guard.boxed_local().shared();
    let mut extensions = request.extensions_mut();
    let mut guards = extensions.remove::<Guards>().unwrap_or_default();
    guards.0.push(passing.clone());
    extensions.insert(guards);
    passing
}

/// Waits until all guards that were set so far have let the request pass.
///
/// # Errors
/// That of the first that does not.
pub async fn passed(request: &HttpRequest) -> ApiResult<()> {
    let guards = request.extensions().get::<Guards>().cloned();
    for guard in guards.unwrap_or_default().0 {
        guard.await?;
    }
    Ok(())
}
