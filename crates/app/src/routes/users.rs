//! Other people's accounts, in the hands of admins.

use actix_web::web::Json;
use actix_web::{HttpResponse, delete, get, patch, post, web};
use contract::Problem;
use contract::cursor::Cursor;
use contract::sessions::SessionList;
use contract::users::{Account, AccountPage, ResetLink, UpdateUserRequest, UserQuery};
use domain::UserId;
use secrecy::ExposeSecret as _;
use services::{UserChange, UserFilter};

use crate::http::input::{self, PathId, ValidJson, ValidQuery};
use crate::http::problem::ApiResult;
use crate::http::session::Session;
use crate::routes::sessions;
use crate::state::State;

/// Marks cursors of this list.
const ORDER: u8 = 5;

/// Accounts, the newest first.
#[utoipa::path(
    operation_id = "list_users",
    tag = "users",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(UserQuery),
    responses(
        (status = 200, body = AccountPage),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[get("/users")]
pub(super) async fn list(
    session: Session,
    state: web::Data<State>,
    query: ValidQuery<UserQuery>,
) -> ApiResult<Json<AccountPage>> {
    let query = query.0;
    let before = input::cursor(query.cursor.as_deref(), ORDER)?;
    let filter = UserFilter {
        text: query.q.filter(|text| !text.trim().is_empty()),
        role: query.role.map(Into::into),
        disabled: query.disabled,
        before: before.map(|cursor| UserId(cursor.id)),
        limit: input::limit(query.limit),
    };
    let page = state.services.users.list(&session, filter).await?;
    let place = |next: UserId| Cursor {
        order: ORDER,
        key: 0,
        id: next.0,
    };
    Ok(Json(AccountPage {
        items: page.items.into_iter().map(Into::into).collect(),
        next_cursor: page.next.map(|next| place(next).encode()),
    }))
}

/// An account.
#[utoipa::path(
    operation_id = "read_user",
    tag = "users",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "The account")),
    responses(
        (status = 200, body = Account),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`"),
    ),
)]
#[get("/users/{id}")]
pub(super) async fn read(
    session: Session,
    state: web::Data<State>,
    id: PathId,
) -> ApiResult<Json<Account>> {
    let user = state.services.users.read(&session, UserId(id.0)).await?;
    Ok(Json(user.into()))
}

/// The sessions of an account.
#[utoipa::path(
    operation_id = "list_user_sessions",
    tag = "users",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "The account")),
    responses(
        (status = 200, body = SessionList, description = "The newest first"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`"),
    ),
)]
#[get("/users/{id}/sessions")]
pub(super) async fn list_sessions(
    session: Session,
    state: web::Data<State>,
    id: PathId,
) -> ApiResult<Json<SessionList>> {
    let users = &state.services.users;
    let listed = users.sessions(&session, UserId(id.0)).await?;
    Ok(Json(sessions::views(listed, &session)))
}

/// Changes the role of an account, disables or enables it. A new role and disabling end its sessions and
/// their sockets at once.
#[utoipa::path(
    operation_id = "update_user",
    tag = "users",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "The account")),
    request_body = UpdateUserRequest,
    responses(
        (status = 200, body = Account),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`last_admin`: the last enabled admin stays one"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[patch("/users/{id}")]
pub(super) async fn update(
    session: Session,
    state: web::Data<State>,
    id: PathId,
    body: ValidJson<UpdateUserRequest>,
) -> ApiResult<Json<Account>> {
    let change = UserChange {
        role: body.0.role.map(Into::into),
        disabled: body.0.disabled,
    };
    let users = &state.services.users;
    let user = users.update(&session, UserId(id.0), change).await?;
    Ok(Json(user.into()))
}

/// Signs an account out everywhere, at once.
#[utoipa::path(
    operation_id = "end_user_sessions",
    tag = "users",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "The account")),
    responses(
        (status = 204, description = "The account has no session"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`"),
    ),
)]
#[delete("/users/{id}/sessions")]
pub(super) async fn end_sessions(
    session: Session,
    state: web::Data<State>,
    id: PathId,
) -> ApiResult<HttpResponse> {
    let users = &state.services.users;
    users.end_sessions(&session, UserId(id.0)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Makes a one-time link with which the account's owner sets a new password within an hour. It takes the
/// place of an earlier one.
#[utoipa::path(
    operation_id = "create_reset_link",
    tag = "users",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "The account")),
    responses(
        (status = 201, body = ResetLink, description = "The link, shown once; hand it to the owner"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`account_disabled`"),
    ),
)]
#[post("/users/{id}/reset")]
pub(super) async fn create_reset_link(
    session: Session,
    state: web::Data<State>,
    id: PathId,
) -> ApiResult<HttpResponse> {
    let passwords = &state.services.passwords;
    let made = passwords.make_link(&session, UserId(id.0)).await?;
    Ok(HttpResponse::Created().json(ResetLink {
        url: state.config.server.reset_link(made.token.expose_secret()),
        expires_at: made.expires_at.into(),
    }))
}
