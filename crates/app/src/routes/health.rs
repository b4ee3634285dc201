//! Whether the process lives, and whether what it depends on does.

use std::sync::atomic::Ordering;

use actix_web::{HttpResponse, route, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::state::State;

/// A dependency and whether it answers.
#[derive(Serialize, ToSchema)]
pub(super) struct Dependency {
    /// `database` or `sessions`.
    name: &'static str,
    /// Whether it answers.
    ok: bool,
}

/// Everything that the process depends on.
#[derive(Serialize, ToSchema)]
pub(super) struct Readiness {
    /// Whether requests can be served.
    ready: bool,
    /// Whether the process is about to end.
    draining: bool,
    /// Each dependency.
    dependencies: Vec<Dependency>,
}

/// The process lives.
#[utoipa::path(get, path = "/livez", operation_id = "live", tag = "health", responses((status = 204, description = "Alive")))]
#[route("/livez", method = "GET", method = "HEAD")]
pub(super) async fn live() -> HttpResponse {
    HttpResponse::NoContent().finish()
}

/// Everything that the process depends on answers.
#[utoipa::path(
    get,
    path = "/readyz",
    operation_id = "ready",
    tag = "health",
    responses((status = 200, body = Readiness), (status = 503, body = Readiness)),
)]
#[route("/readyz", method = "GET", method = "HEAD")]
pub(super) async fn ready(state: web::Data<State>) -> HttpResponse {
    let (database, sessions) =
        futures_util::future::join(state.database.ping(), state.authenticator.sessions().ping())
            .await;
    let dependencies = vec![
        Dependency {
            name: "database",
            ok: database.is_ok(),
        },
        Dependency {
            name: "sessions",
            ok: sessions.is_ok(),
        },
    ];
    let draining = state.draining.load(Ordering::Relaxed);
    let ready = !draining && dependencies.iter().all(|dependency| dependency.ok);
    let mut response = if ready {
        HttpResponse::Ok()
    } else {
        HttpResponse::ServiceUnavailable()
    };
    response.json(Readiness {
        ready,
        draining,
        dependencies,
    })
}
