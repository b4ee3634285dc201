//! The API's document, collected from the routes.

use contract::frames::{ClientFrame, ServerFrame};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_actix_web::AppExt as _;

use crate::routes;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Deskwire",
        description = "A real-time support desk. Errors are `application/problem+json` (RFC 9457) with a `code` to decide \
            by. Every signed-in request carries the access token in the Authorization header and the refresh cookie. \
            WebSocket frames are the schemas ClientFrame and ServerFrame.",
        license(name = "MIT", identifier = "MIT"),
    ),
    components(schemas(ClientFrame, ServerFrame)),
    tags(
        (name = "accounts", description = "Set-up, sign-up, sign-in, new passwords by link"),
        (name = "me", description = "One's own account"),
        (name = "sessions", description = "One's own devices"),
        (name = "users", description = "Other people's accounts, for admins"),
        (name = "tickets", description = "Tickets"),
        (name = "messages", description = "The conversation in a ticket"),
        (name = "notifications", description = "What one is told of"),
        (name = "categories", description = "Ticket categories"),
        (name = "canned_replies", description = "Texts for answers, for admins"),
        (name = "alerts", description = "New tickets of which somebody should take notice, for admins"),
        (name = "stats", description = "What happened over some days, for admins"),
        (name = "socket", description = "Real time"),
        (name = "health", description = "For operators"),
    ),
)]
struct Document;

/// The document of everything that [`routes::configure`] serves.
#[must_use]
pub fn document() -> OpenApi {
    let (_, mut document) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(Document::openapi())
        .configure(routes::configure)
        .split_for_parts();
    let components = document.components.get_or_insert_default();
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT");
    components.add_security_scheme("access_token", SecurityScheme::Http(bearer.build()));
    let cookie = ApiKey::Cookie(ApiKeyValue::with_description(
        "__Host-deskwire",
        "The refresh token; `deskwire` without the prefix where the public URL is plain http and not localhost",
    ));
    components.add_security_scheme("refresh_cookie", SecurityScheme::ApiKey(cookie));
    document
}

/// The document as it is committed and served.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn json() -> serde_json::Result<String> {
    document().to_pretty_json().map(|text| text + "\n")
}
