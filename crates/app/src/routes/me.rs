//! One's own account.

use actix_web::web::Json;
use actix_web::{HttpResponse, get, patch, put, web};
use contract::Problem;
use contract::accounts::{ChangePasswordRequest, UpdateMeRequest, User};
use domain::PersonName;

use crate::http::input::{CheckedText as _, ValidJson};
use crate::http::pace::SignInPace;
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

/// Changes one's own password. All other sessions end, this one stays.
#[utoipa::path(
    operation_id = "change_password",
    tag = "me",
    security(("access_token" = [], "refresh_cookie" = [])),
    request_body = ChangePasswordRequest,
    responses(
        (status = 204, description = "The new password counts from now on"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`: `current_password` is `wrong_password`, or `password` is `too_weak`"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "`rate_limited`: too many attempts; see Retry-After"),
    ),
)]
#[put("/me/password")]
pub(super) async fn change_password(
    session: Session,
    _pace: SignInPace,
    state: web::Data<State>,
    body: ValidJson<ChangePasswordRequest>,
) -> ApiResult<HttpResponse> {
    let (current, new) = (body.0.current_password.into(), body.0.password.into());
    let passwords = &state.services.passwords;
    passwords.change(&session, &current, &new).await?;
    Ok(HttpResponse::NoContent().finish())
}
