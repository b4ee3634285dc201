//! One's own account.

use actix_web::web::Json;
use actix_web::{get, patch, web};
use contract::Problem;
use contract::accounts::{UpdateMeRequest, User};
use domain::PersonName;

use crate::http::input::{CheckedText as _, ValidJson};
use crate::http::problem::ApiResult;
use crate::http::session::Session;
use crate::state::State;

/// One's own account.
#[utoipa::path(
    operation_id = "read_me",
    tag = "me",
    security(("access_token" = [], "refresh_cookie" = [])),
    responses(
        (status = 200, body = User),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
    ),
)]
#[get("/me")]
pub(super) async fn read(session: Session, state: web::Data<State>) -> ApiResult<Json<User>> {
    Ok(Json(state.services.accounts.me(&session).await?.into()))
}

/// Changes one's own profile.
#[utoipa::path(
    operation_id = "update_me",
    tag = "me",
    security(("access_token" = [], "refresh_cookie" = [])),
    request_body = UpdateMeRequest,
    responses(
        (status = 200, body = User),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[patch("/me")]
pub(super) async fn update(
    session: Session,
    state: web::Data<State>,
    body: ValidJson<UpdateMeRequest>,
) -> ApiResult<Json<User>> {
    let name = body
        .0
        .name
        .map(|name| PersonName::checked("name", &name))
        .transpose()?;
    Ok(Json(
        state
            .services
            .accounts
            .update_me(&session, name)
            .await?
            .into(),
    ))
}
