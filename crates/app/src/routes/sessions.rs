//! One's own sessions: the devices that are signed in.

use actix_web::web::Json;
use actix_web::{HttpRequest, HttpResponse, delete, get, web};
use auth::VerifiedSession;
use contract::sessions::{self, SessionList};
use contract::{ErrorCode, Problem};

use crate::http::problem::{ApiError, ApiResult};
use crate::http::session::Session;
use crate::state::State;

/// One's own sessions.
#[utoipa::path(
    operation_id = "list_sessions",
    tag = "sessions",
    security(("access_token" = [], "refresh_cookie" = [])),
    responses(
        (status = 200, body = SessionList, description = "The newest first"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
    ),
)]
#[get("/auth/sessions")]
pub(super) async fn list(
    session: Session,
    state: web::Data<State>,
) -> ApiResult<Json<SessionList>> {
    let listed = state.services.sessions.list(&session).await?;
    Ok(Json(views(listed, &session)))
}

/// Ends one of one's own sessions, and its sockets. Ending the present one clears the cookie too.
#[utoipa::path(
    operation_id = "end_session",
    tag = "sessions",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = String, Path, description = "From the list of sessions")),
    responses(
        (status = 204, description = "The session is gone"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`: no such session of one's own"),
    ),
)]
#[delete("/auth/sessions/{id}")]
pub(super) async fn end(
    session: Session,
    state: web::Data<State>,
    request: HttpRequest,
) -> ApiResult<HttpResponse> {
    let id = request.match_info().get("id");
    let id = id.ok_or_else(|| ApiError::new(ErrorCode::NotFound))?;
    state.services.sessions.end(&session, id).await?;
    let mut response = HttpResponse::NoContent();
    if id == session.public_id() {
        response.cookie(state.cookie.clear());
    }
    Ok(response.finish())
}

/// Ends all of one's own sessions but this one, and their sockets.
#[utoipa::path(
    operation_id = "end_other_sessions",
    tag = "sessions",
    security(("access_token" = [], "refresh_cookie" = [])),
    responses(
        (status = 204, description = "This is the only session"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
    ),
)]
#[delete("/auth/sessions")]
pub(super) async fn end_others(
    session: Session,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    state.services.sessions.end_others(&session).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Sessions as they are listed, the one of this request marked.
pub(super) fn views(listed: Vec<auth::Session>, present: &VerifiedSession) -> SessionList {
    let items = listed.into_iter().map(|other| view(other, present));
    SessionList {
        items: items.collect(),
    }
}

fn view(session: auth::Session, present: &VerifiedSession) -> sessions::Session {
    sessions::Session {
        id: session.public_id(),
        current: session.id == *present.session_id(),
        expires_at: session.expires_at().into(),
        user_agent: session.user_agent,
        address: session.address.map(|address| address.to_string()),
        created_at: session.created_at.into(),
        last_seen_at: session.last_seen_at.into(),
    }
}
