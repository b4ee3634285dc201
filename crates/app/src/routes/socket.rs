//! The WebSocket's handshake.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, web};
use contract::socket::{FRAME_MAX, SUBPROTOCOL};
use contract::{ErrorCode, Problem};

use crate::http::client;
use crate::http::origin::SocketOrigin;
use crate::http::problem::{ApiError, ApiResult};
use crate::http::refusal;
use crate::state::State;
use crate::{socket, wire};

/// Opens the WebSocket. The first frame must be `hello`.
#[utoipa::path(
    operation_id = "connect_socket",
    tag = "socket",
    security(("refresh_cookie" = [])),
    params(
        ("Sec-WebSocket-Protocol" = String, Header, description = "Must offer `deskwire.v1`"),
        ("Origin" = Option<String>, Header, description = "If present, one of the allowed origins exactly"),
    ),
    responses(
        (status = 101, description = "Frames of the client are ClientFrame, those of the server ServerFrame"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "`bad_handshake`: no WebSocket handshake, or the subprotocol is not offered"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`: the refresh cookie does not verify"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`origin_not_allowed`"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "`rate_limited`: too many sockets of this address have not said hello"),
    ),
)]
#[get("/ws")]
pub(super) async fn connect(
    _origin: SocketOrigin,
    state: web::Data<State>,
    request: HttpRequest,
    payload: web::Payload,
) -> ApiResult<HttpResponse> {
    if !offers_subprotocol(&request) {
        return Err(ApiError::new(ErrorCode::BadHandshake)
            .detail("Sec-WebSocket-Protocol must offer deskwire.v1"));
    }
    let unauthenticated = || ApiError::new(ErrorCode::Unauthenticated);
    let refresh = state.cookie.read(&request).ok_or_else(unauthenticated)?;
    let cookie = state.authenticator.check_refresh(&refresh).await;
    let cookie = cookie.inspect_err(refusal::audit_tokens)?;
    let place = match client::address(&request) {
        None => None,
        Some(address) => {
            let place = state.waiting.enter(address);
            Some(place.ok_or_else(|| ApiError::new(ErrorCode::RateLimited))?)
        }
    };
    let (response, socket) = wire::open(&request, payload, &[SUBPROTOCOL], FRAME_MAX)
        .map_err(|error| ApiError::new(ErrorCode::BadHandshake).detail(error.to_string()))?;
    let serving = socket::serve(state.into_inner(), cookie, place, socket);
    actix_web::rt::spawn(serving);
    Ok(response)
}

fn offers_subprotocol(request: &HttpRequest) -> bool {
    let offered = request.headers().get_all(header::SEC_WEBSOCKET_PROTOCOL);
    let mut offered = offered.filter_map(|value| value.to_str().ok());
    offered.any(|list| list.split(',').any(|name| name.trim() == SUBPROTOCOL))
}
