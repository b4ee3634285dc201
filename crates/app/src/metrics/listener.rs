//! A listener of its own, for operators: it has no authentication, and shows nothing but numbers.

use std::io;
use std::net::TcpListener;
use std::time::Duration;

use actix_web::http::header;
use actix_web::{App, HttpResponse, HttpServer, web};
use tracing::error;

use super::expose;
use crate::state::State;

/// Those who scrape are few.
const CONNECTIONS: usize = 64;
const HEAD_WITHIN: Duration = Duration::from_secs(5);
const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves `GET /metrics` there.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(state: web::Data<State>, listener: TcpListener) -> io::Result<actix_web::dev::Server> {
    let app = move || {
        App::new()
            .app_data(state.clone())
            .route("/metrics", web::get().to(metrics))
    };
    let server = HttpServer::new(app)
        .workers(1)
        .max_connections(CONNECTIONS)
        .client_request_timeout(HEAD_WITHIN)
        .disable_signals()
        .listen(listener)?
        .run();
    Ok(server)
}

async fn metrics(state: web::Data<State>) -> HttpResponse {
    match expose(&state).await {
        Ok(text) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, CONTENT_TYPE))
            .body(text),
        Err(cause) => {
            error!(%cause, "Could not write the metrics");
            HttpResponse::InternalServerError().finish()
        }
    }
}
