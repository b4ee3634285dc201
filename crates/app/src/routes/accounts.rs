//! Set-up, sign-up, sign-in, refresh, sign-out.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, post, web};
use auth::{AuthError, ClientInfo, SignedIn};
use contract::accounts::{self, LoginRequest, RegisterRequest, SetupRequest};
use contract::{ErrorCode, Problem};
use domain::{Email, PersonName, Timestamp};
use secrecy::SecretString;
use services::{AccountError, NewAccount, SignedInUser};

use crate::http::input::{CheckedText as _, ValidJson};
use crate::http::origin::TrustedOrigin;
use crate::http::problem::{ApiError, ApiResult};
use crate::state::State;

/// Makes the first admin with the one-time token that the first start prints.
#[utoipa::path(
    operation_id = "set_up",
    tag = "accounts",
    request_body = SetupRequest,
    responses(
        (status = 201, body = accounts::SignedIn, description = "The admin, signed in; the refresh token is in the cookie"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: not the token; `origin_not_allowed`"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`already_set_up`, `email_taken`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[post("/setup")]
pub(super) async fn set_up(
    _origin: TrustedOrigin,
    state: web::Data<State>,
    request: HttpRequest,
    body: ValidJson<SetupRequest>,
) -> ApiResult<HttpResponse> {
    let body = body.0;
    let account = account(&body.email, &body.name, body.password)?;
    let client = client(&request);
    let signed_in = state
        .services
        .accounts
        .set_up(&state.setup, &body.token, account, client);
    Ok(answer(&state, signed_in.await?, HttpResponse::Created()))
}

/// Makes a customer's account and signs it in.
#[utoipa::path(
    operation_id = "register",
    tag = "accounts",
    request_body = RegisterRequest,
    responses(
        (status = 201, body = accounts::SignedIn, description = "The account, signed in; the refresh token is in the cookie"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`origin_not_allowed`"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`email_taken`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[post("/auth/register")]
pub(super) async fn register(
    _origin: TrustedOrigin,
    state: web::Data<State>,
    request: HttpRequest,
    body: ValidJson<RegisterRequest>,
) -> ApiResult<HttpResponse> {
    let body = body.0;
    let account = account(&body.email, &body.name, body.password)?;
    let signed_in = state
        .services
        .accounts
        .register(account, client(&request))
        .await?;
    Ok(answer(&state, signed_in, HttpResponse::Created()))
}

/// Signs in.
#[utoipa::path(
    operation_id = "log_in",
    tag = "accounts",
    request_body = LoginRequest,
    responses(
        (status = 200, body = accounts::SignedIn, description = "Signed in; the refresh token is in the cookie"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`invalid_credentials`: the same for a wrong password, an unknown e-mail and a disabled account"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`origin_not_allowed`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[post("/auth/login")]
pub(super) async fn log_in(
    _origin: TrustedOrigin,
    state: web::Data<State>,
    request: HttpRequest,
    body: ValidJson<LoginRequest>,
) -> ApiResult<HttpResponse> {
    let email = Email::checked("email", &body.0.email)?;
    let password = SecretString::from(body.0.password);
    let signed_in = state
        .services
        .accounts
        .log_in(&email, &password, client(&request))
        .await?;
    Ok(answer(&state, signed_in, HttpResponse::Ok()))
}

/// Gives a new access token and rotates the refresh cookie.
#[utoipa::path(
    operation_id = "refresh",
    tag = "accounts",
    security(("refresh_cookie" = [])),
    responses(
        (status = 200, body = accounts::Refreshed, description = "A new access token; the new refresh token is in the cookie"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`: no session behind the cookie"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`origin_not_allowed`"),
    ),
)]
#[post("/auth/refresh")]
pub(super) async fn refresh(
    _origin: TrustedOrigin,
    state: web::Data<State>,
    request: HttpRequest,
) -> ApiResult<HttpResponse> {
    let token = state
        .cookie
        .read(&request)
        .ok_or_else(|| ApiError::new(ErrorCode::Unauthenticated))?;
    match state.services.accounts.refresh(&token).await {
        Ok(refreshed) => {
            let expires_in = state.seconds_until(refreshed.access_expires_at);
            let cookie = state
                .cookie
                .hold(refreshed.refresh_token, refreshed.refresh_expires_at);
            Ok(HttpResponse::Ok().cookie(cookie).json(accounts::Refreshed {
                access_token: refreshed.access_token,
                expires_in,
            }))
        }
        Err(AccountError::Session(AuthError::Reused {
            user_id,
            session_id,
        })) => {
            state.close_session(&session_id);
            Err(AuthError::Reused {
                user_id,
                session_id,
            }
            .into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends the session, closes its sockets and clears the cookie.
#[utoipa::path(
    operation_id = "log_out",
    tag = "accounts",
    security(("refresh_cookie" = [])),
    responses(
        (status = 204, description = "There is no session any more"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`origin_not_allowed`"),
    ),
)]
#[post("/auth/logout")]
pub(super) async fn log_out(
    _origin: TrustedOrigin,
    state: web::Data<State>,
    request: HttpRequest,
) -> ApiResult<HttpResponse> {
    if let Some(token) = state.cookie.read(&request)
        && let Some((_, session_id)) = state.services.accounts.log_out(&token).await?
    {
        state.close_session(&session_id);
    }
    Ok(HttpResponse::NoContent()
        .cookie(state.cookie.clear())
        .finish())
}

fn account(email: &str, name: &str, password: String) -> ApiResult<NewAccount> {
    Ok(NewAccount {
        email: Email::checked("email", email)?,
        name: PersonName::checked("name", name)?,
        password: password.into(),
    })
}

fn client(request: &HttpRequest) -> ClientInfo {
    let user_agent = request.headers().get(header::USER_AGENT);
    ClientInfo {
        user_agent: user_agent
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned),
        address: request.peer_addr().map(|address| address.ip()),
    }
}

fn answer(
    state: &State,
    signed_in: SignedInUser,
    mut response: actix_web::HttpResponseBuilder,
) -> HttpResponse {
    let SignedInUser { user, tokens } = signed_in;
    let SignedIn {
        access_token,
        access_expires_at,
        refresh_token,
        refresh_expires_at,
        ..
    } = tokens;
    response
        .cookie(state.cookie.hold(refresh_token, refresh_expires_at))
        .json(accounts::SignedIn {
            user: user.into(),
            access_token,
            expires_in: state.seconds_until(access_expires_at),
        })
}

impl State {
    fn seconds_until(&self, moment: Timestamp) -> i64 {
        moment.as_secs() - self.clock.now().as_secs()
    }
}
