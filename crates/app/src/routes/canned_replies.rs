//! Canned replies, for admins.

use actix_web::web::Json;
use actix_web::{HttpResponse, delete, get, patch, post, web};
use contract::Problem;
use contract::canned_replies::{
    CannedReply, CannedReplyList, CreateCannedReplyRequest, UpdateCannedReplyRequest,
};
use domain::{Body, CannedReplyId, CannedReplyName};
use services::{CannedReplyChange, NewCannedReply};

use crate::http::input::{self, CheckedText as _, PathId, ValidJson};
use crate::http::problem::ApiResult;
use crate::http::session::Session;
use crate::state::State;

/// One's own canned replies and the shared ones, by name.
#[utoipa::path(
    operation_id = "list_canned_replies",
    tag = "canned_replies",
    security(("access_token" = [], "refresh_cookie" = [])),
    responses(
        (status = 200, body = CannedReplyList),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
    ),
)]
#[get("/canned-replies")]
pub(super) async fn list(
    session: Session,
    state: web::Data<State>,
) -> ApiResult<Json<CannedReplyList>> {
    let replies = state.services.canned_replies.list(&session).await?;
    Ok(Json(CannedReplyList {
        items: replies.into_iter().map(Into::into).collect(),
    }))
}

/// Keeps a new canned reply.
#[utoipa::path(
    operation_id = "create_canned_reply",
    tag = "canned_replies",
    security(("access_token" = [], "refresh_cookie" = [])),
    request_body = CreateCannedReplyRequest,
    responses(
        (status = 201, body = CannedReply),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`; with `too_many` when there are 500 of this kind"),
    ),
)]
#[post("/canned-replies")]
pub(super) async fn create(
    session: Session,
    state: web::Data<State>,
    body: ValidJson<CreateCannedReplyRequest>,
) -> ApiResult<HttpResponse> {
    let new = NewCannedReply {
        name: CannedReplyName::checked("name", &body.0.name)?,
        body: Body::checked("body", &body.0.body)?,
        shared: body.0.shared,
    };
    let reply = state.services.canned_replies.add(&session, new).await?;
    Ok(HttpResponse::Created().json(CannedReply::from(reply)))
}

/// Changes a canned reply: one's own or a shared one.
#[utoipa::path(
    operation_id = "update_canned_reply",
    tag = "canned_replies",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "The canned reply")),
    request_body = UpdateCannedReplyRequest,
    responses(
        (status = 200, body = CannedReply),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`: not there, or another admin's own"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[patch("/canned-replies/{id}")]
pub(super) async fn update(
    session: Session,
    state: web::Data<State>,
    id: PathId,
    body: ValidJson<UpdateCannedReplyRequest>,
) -> ApiResult<Json<CannedReply>> {
    let change = CannedReplyChange {
        name: input::checked_if_present("name", body.0.name.as_ref())?,
        body: input::checked_if_present("body", body.0.body.as_ref())?,
        shared: body.0.shared,
    };
    let replies = &state.services.canned_replies;
    let reply = replies
        .update(&session, CannedReplyId(id.0), change)
        .await?;
    Ok(Json(reply.into()))
}

/// Removes a canned reply: one's own or a shared one.
#[utoipa::path(
    operation_id = "delete_canned_reply",
    tag = "canned_replies",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "The canned reply")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`: not there, or another admin's own"),
    ),
)]
#[delete("/canned-replies/{id}")]
pub(super) async fn remove(
    session: Session,
    state: web::Data<State>,
    id: PathId,
) -> ApiResult<HttpResponse> {
    let replies = &state.services.canned_replies;
    replies.remove(&session, CannedReplyId(id.0)).await?;
    Ok(HttpResponse::NoContent().finish())
}
