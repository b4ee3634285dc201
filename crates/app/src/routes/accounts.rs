//! Set-up, sign-up, sign-in, refresh, sign-out, new passwords by link.

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, post, web};
use auth::SignedIn;
use contract::accounts::{self, LoginRequest, RegisterRequest, ResetPasswordRequest, SetupRequest};
use contract::{ErrorCode, Problem};
use domain::{Email, PersonName, Timestamp};
use secrecy::SecretString;
use services::{AccountError, NewAccount, SignedInUser};

use crate::http::client;
use crate::http::input::{CheckedText as _, ValidJson};
use crate::http::origin::TrustedOrigin;
use crate::http::pace::SignInPace;
use crate::http::problem::{ApiError, ApiResult};
use crate::http::refusal;
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
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`; `password` may be `too_weak`"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "`rate_limited`: too many attempts; see Retry-After"),
    ),
)]
#[post("/setup")]
pub(super) async fn set_up(
    _origin: TrustedOrigin,
    _pace: SignInPace,
    state: web::Data<State>,
    request: HttpRequest,
    body: ValidJson<SetupRequest>,
) -> ApiResult<HttpResponse> {
    let body = body.0;
    let account = account(&body.email, &body.name, body.password)?;
    let client = client::info(&request);
    let signed_in = state
        .services
        .accounts
        .set_up(&state.setup, &body.token, account, client);
    let signed_in = signed_in.await?;
    answer(&state, &request, signed_in, HttpResponse::Created()).await
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
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`; `password` may be `too_weak`"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "`rate_limited`: too many attempts; see Retry-After"),
    ),
)]
#[post("/auth/register")]
pub(super) async fn register(
    _origin: TrustedOrigin,
    _pace: SignInPace,
    state: web::Data<State>,
    request: HttpRequest,
    body: ValidJson<RegisterRequest>,
) -> ApiResult<HttpResponse> {
    let body = body.0;
    let account = account(&body.email, &body.name, body.password)?;
    let signed_in = state
        .services
        .accounts
        .register(account, client::info(&request))
        .await?;
    answer(&state, &request, signed_in, HttpResponse::Created()).await
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
        (status = 429, body = Problem, content_type = "application/problem+json", description = "`rate_limited`: too many attempts; see Retry-After"),
    ),
)]
#[post("/auth/login")]
pub(super) async fn log_in(
    _origin: TrustedOrigin,
    _pace: SignInPace,
    state: web::Data<State>,
    request: HttpRequest,
    body: ValidJson<LoginRequest>,
) -> ApiResult<HttpResponse> {
    let email = Email::checked("email", &body.0.email)?;
    let password = SecretString::from(body.0.password);
    let device = state.cookie.read_device(&request);
    let signed_in = state
        .services
        .accounts
        .log_in(&email, &password, device.as_deref(), client::info(&request))
        .await?;
    answer(&state, &request, signed_in, HttpResponse::Ok()).await
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
    let refreshed = state.services.accounts.refresh(&token).await;
    let refreshed = refreshed.inspect_err(|error| {
        if let AccountError::Session(error) = error {
            refusal::audit_tokens(error);
        }
    })?;
    let expires_in = state.seconds_until(refreshed.access_expires_at);
    let cookie = state
        .cookie
        .hold(refreshed.refresh_token, refreshed.refresh_expires_at);
    Ok(HttpResponse::Ok().cookie(cookie).json(accounts::Refreshed {
        access_token: refreshed.access_token,
        expires_in,
    }))
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
    end_earlier(&state, &request).await?;
    Ok(HttpResponse::NoContent()
        .cookie(state.cookie.clear())
        .finish())
}

/// Sets a new password with the token of a one-time link, and ends all sessions of the account.
#[utoipa::path(
    operation_id = "reset_password",
    tag = "accounts",
    request_body = ResetPasswordRequest,
    responses(
        (status = 204, description = "The new password counts from now on; sign in with it"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`link_expired`: used, ended or never made; `origin_not_allowed`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`; `password` may be `too_weak`, then the link still works"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "`rate_limited`: too many attempts; see Retry-After"),
    ),
)]
#[post("/auth/reset")]
pub(super) async fn reset_password(
    _origin: TrustedOrigin,
    _pace: SignInPace,
    state: web::Data<State>,
    request: HttpRequest,
    body: ValidJson<ResetPasswordRequest>,
) -> ApiResult<HttpResponse> {
    let (token, new) = (body.0.token, body.0.password.into());
    state.services.passwords.reset(&token, &new).await?;
    // Whoever was signed in here may be somebody else.
    end_earlier(&state, &request).await?;
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

/// The answer to a sign-in. A browser has one session: the new one takes the place of the one that the request
/// came with (ASVS 5.0, 7.2.4).
async fn answer(
    state: &State,
    request: &HttpRequest,
    signed_in: SignedInUser,
    mut response: HttpResponseBuilder,
) -> ApiResult<HttpResponse> {
    end_earlier(state, request).await?;
    let SignedInUser {
        user,
        tokens,
        device,
    } = signed_in;
    let SignedIn {
        access_token,
        access_expires_at,
        refresh_token,
        refresh_expires_at,
        ..
    } = tokens;
    Ok(response
        .cookie(state.cookie.hold(refresh_token, refresh_expires_at))
        .cookie(state.cookie.hold_device(device.text, device.expires_at))
        .json(accounts::SignedIn {
            user: user.into(),
            access_token,
            expires_in: state.seconds_until(access_expires_at),
        }))
}

/// Ends the session that a request came with.
async fn end_earlier(state: &State, request: &HttpRequest) -> ApiResult<()> {
    if let Some(earlier) = state.cookie.read(request) {
        state.services.accounts.log_out(&earlier).await?;
    }
    Ok(())
}

impl State {
    fn seconds_until(&self, moment: Timestamp) -> i64 {
        moment.as_secs() - self.clock.now().as_secs()
    }
}
