//! The conversation in a ticket: timeline, messages, read cursor.

use actix_web::web::Json;
use actix_web::{HttpResponse, get, post, put, web};
use contract::Problem;
use contract::timeline::{
    Entry, MessageKind, ReadRequest, ReadState, SendMessageRequest, TimelinePage, TimelineQuery,
};
use domain::{Body, ClientId, Seq, TicketId};
use services::{NewMessage, TimelineWindow};

use crate::http::input::{self, CheckedText as _, PathId, ValidJson, ValidQuery};
use crate::http::problem::{ApiError, ApiResult};
use crate::http::session::Session;
use crate::routes::tickets::refusal;
use crate::state::State;

/// A piece of a ticket's timeline: after a place, before a place, or the latest.
#[utoipa::path(
    operation_id = "read_timeline",
    tag = "messages",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "Number of the ticket"), TimelineQuery),
    responses(
        (status = 200, body = TimelinePage),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`: not there, or not yours"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[get("/tickets/{id}/timeline")]
pub(super) async fn timeline(
    session: Session,
    state: web::Data<State>,
    id: PathId,
    query: ValidQuery<TimelineQuery>,
) -> ApiResult<Json<TimelinePage>> {
    let window = match (query.0.after, query.0.before) {
        (None, None) => TimelineWindow::Latest,
        (Some(seq), None) => TimelineWindow::After(Seq(seq)),
        (None, Some(seq)) => TimelineWindow::Before(Seq(seq)),
        (Some(_), Some(_)) => {
            return Err(ApiError::field(
                "before",
                "out_of_range",
                "must not be given with after",
            ));
        }
    };
    let limit = input::limit(query.0.limit);
    let page = state
        .services
        .tickets
        .timeline(&session, TicketId(id.0), window, limit)
        .await?;
    let audience = session.role().audience();
    let items = page
        .items
        .into_iter()
        .map(|entry| Entry::render(entry, audience));
    Ok(Json(TimelinePage {
        items: items.collect(),
        head: page.head.0,
    }))
}

/// Writes a message, or an internal note (admins). The same `client_id` again gives the entry that it made.
#[utoipa::path(
    operation_id = "send_message",
    tag = "messages",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "Number of the ticket")),
    request_body = SendMessageRequest,
    responses(
        (status = 201, body = Entry),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: only admins write notes"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`: not there, or not yours"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`ticket_closed`; `stale`, see `missed`; `client_id_reused`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[post("/tickets/{id}/messages")]
pub(super) async fn send(
    session: Session,
    state: web::Data<State>,
    id: PathId,
    body: ValidJson<SendMessageRequest>,
) -> ApiResult<HttpResponse> {
    let message = NewMessage {
        client_id: ClientId(body.0.client_id),
        body: Body::checked("body", &body.0.body)?,
        internal: body.0.kind == MessageKind::Note,
        seen: body.0.seen_seq.map(Seq),
    };
    let written = state
        .services
        .tickets
        .send(&session, TicketId(id.0), message)
        .await;
    let written = written.map_err(|error| refusal(error, &session))?;
    let audience = session.role().audience();
    let entry = written.entry.map(|entry| Entry::render(entry, audience));
    Ok(HttpResponse::Created().json(entry))
}

/// Moves one's read cursor forwards and marks the ticket's notifications up to there as read.
#[utoipa::path(
    operation_id = "mark_ticket_read",
    tag = "messages",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "Number of the ticket")),
    request_body = ReadRequest,
    responses(
        (status = 200, body = ReadState),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`: not there, or not yours"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`: beyond the latest entry"),
    ),
)]
#[put("/tickets/{id}/read")]
pub(super) async fn mark_read(
    session: Session,
    state: web::Data<State>,
    id: PathId,
    body: ValidJson<ReadRequest>,
) -> ApiResult<Json<ReadState>> {
    let seq = Seq(body.0.seq);
    let read = state
        .services
        .tickets
        .mark_read(&session, TicketId(id.0), seq)
        .await?;
    Ok(Json(ReadState {
        seq: read.seq.0,
        unread: read.unread,
    }))
}
