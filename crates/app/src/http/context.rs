//! The outermost layer: a request id, a span, one log line, no panic past it, security headers on everything.

use std::sync::atomic::Ordering;
use std::time::Instant;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ResponseHead, ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use contract::ErrorCode;
use tracing::{Instrument as _, error, error_span, field, info};
use uuid::Uuid;

use crate::http::client;
use crate::http::headers::SecurityHeaders;
use crate::http::patience::{Outcome, Patience};
use crate::http::problem::ApiError;
use crate::metrics::Protocol;
use crate::state::State;

tokio::task_local! {
    static REQUEST_ID: Uuid;
}

const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request that this code serves; empty outside of one.
#[must_use]
pub fn request_id() -> String {
    REQUEST_ID.try_with(ToString::to_string).unwrap_or_default()
}

/// Wraps a request in its context.
///
/// # Errors
/// Those of the layers within, already rendered.
pub async fn wrap<B: MessageBody + 'static>(
    state: web::Data<State>,
    headers: web::Data<SecurityHeaders>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let id = Uuid::now_v7();
    let path = request.path().to_owned();
    let method = request.method().clone();
    let route = request.match_pattern();
    // Of this level, so that audit lines have it whatever the log leaves out.
    let span = error_span!(
        "request",
        id = %id,
        %method,
        route,
        client.address = client::address(request.request()).map(field::display),
        user.id = field::Empty,
    );
    let begun = Instant::now();
    let served = async {
        let patience = Patience::with(&request);
        let work = REQUEST_ID.scope(id, next.call(request)).in_current_span();
        let outcome = match patience.wait(work).await {
            Outcome::Done(outcome) => outcome,
            Outcome::Panicked => {
                error!("A handler panicked");
                Err(ApiError::new(ErrorCode::Internal).into())
            }
            Outcome::TooLong => {
                error!("A request took too long");
                Err(ApiError::new(ErrorCode::Unavailable).into())
            }
        };
        let outcome = outcome.and_then(|response| match bare_error(&response) {
            Some(code) => Err(ApiError::new(code).into()),
            None => Ok(response),
        });
        // Rendered here, where the request id is known.
        outcome.map_err(|error| {
            let response = error.as_response_error().error_response();
            (error, response)
        })
    };
    let outcome = REQUEST_ID.scope(id, served).instrument(span.clone()).await;

    let id = HeaderValue::from_str(&id.to_string()).ok();
    let finish = |head: &mut ResponseHead| {
        headers.apply(&path, head.headers_mut());
        if let Some(id) = id {
            head.headers_mut().insert(REQUEST_ID_HEADER, id);
        }
        // Nobody shall keep a connection for a next request that is about to go. Sockets are told by the hub.
        let draining = state.draining.load(Ordering::Relaxed);
        if draining && head.status != StatusCode::SWITCHING_PROTOCOLS {
            head.set_connection_type(ConnectionType::Close);
        }
    };
    let _entered = span.enter();
    let served = |response: &ResponseHead, problem: Option<ErrorCode>| {
        log(response.status.as_u16(), begun);
        let requests = &state.metrics.requests;
        requests.answered(&method, route, response.status, begun.elapsed());
        if let Some(code) = problem {
            requests.refused(Protocol::Http, code);
        }
    };
    match outcome {
        Ok(mut response) => {
            finish(response.response_mut().head_mut());
            let response = response.map_into_left_body();
            served(response.response().head(), problem(response.response()));
            Ok(response)
        }
        Err((error, mut response)) => {
            finish(response.head_mut());
            served(response.head(), problem(&response));
            Err(InternalError::from_response(error, response).into())
        }
    }
}

/// The code that an answer's body says.
fn problem<B>(response: &HttpResponse<B>) -> Option<ErrorCode> {
    response.extensions().get().copied()
}

/// What an error says that a library answered without a body.
fn bare_error<B>(response: &ServiceResponse<B>) -> Option<ErrorCode> {
    let is_bare = !response.headers().contains_key(header::CONTENT_TYPE);
    match response.status() {
        StatusCode::NOT_FOUND if is_bare => Some(ErrorCode::NotFound),
        StatusCode::METHOD_NOT_ALLOWED if is_bare => Some(ErrorCode::MethodNotAllowed),
        _ => None,
    }
}

fn log(status: u16, begun: Instant) {
    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    info!(status, micros, "Served");
}
