//! Alerts of new tickets.

use actix_web::web::Json;
use actix_web::{get, web};
use contract::Problem;
use contract::alerts::{AlertPage, AlertQuery, AlertState};
use contract::cursor::Cursor;
use domain::TicketId;

use crate::http::input::{self, ValidQuery};
use crate::http::problem::ApiResult;
use crate::http::session::Session;
use crate::state::State;

/// Marks cursors of this list.
const ORDER: u8 = 20;

/// The alerts of new tickets, those of the latest first, with the admins who have seen each.
#[utoipa::path(
    operation_id = "list_alerts",
    tag = "alerts",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(AlertQuery),
    responses(
        (status = 200, body = AlertPage),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[get("/alerts")]
pub(super) async fn list(
    session: Session,
    state: web::Data<State>,
    query: ValidQuery<AlertQuery>,
) -> ApiResult<Json<AlertPage>> {
    let before = input::cursor(query.0.cursor.as_deref(), ORDER)?;
    let before = before.map(|cursor| TicketId(cursor.id));
    let open = query.0.state != Some(AlertState::All);
    let limit = input::limit(query.0.limit);
    let alerts = &state.services.alerts;
    let page = alerts.list(&session, open, before, limit).await?;
    Ok(Json(AlertPage {
        items: page.items.into_iter().map(Into::into).collect(),
        next_cursor: page.next.map(|id| {
            Cursor {
                order: ORDER,
                key: 0,
                id: id.0,
            }
            .encode()
        }),
    }))
}
