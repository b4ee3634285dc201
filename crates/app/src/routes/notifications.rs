//! Notifications.

use actix_web::web::Json;
use actix_web::{get, post, web};
use contract::Problem;
use contract::cursor::Cursor;
use contract::notifications::{
    NotificationPage, NotificationQuery, ReadNotificationsRequest, UnreadNotifications,
};
use domain::{NotificationId, TicketId};
use services::ReadWhich;

use crate::http::input::{self, ValidJson, ValidQuery};
use crate::http::problem::{ApiError, ApiResult};
use crate::http::session::Session;
use crate::state::State;

/// Marks cursors of this list.
const ORDER: u8 = 10;

/// One's own notifications, grouped by ticket and kind, the latest first.
#[utoipa::path(
    operation_id = "list_notifications",
    tag = "notifications",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(NotificationQuery),
    responses(
        (status = 200, body = NotificationPage),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[get("/notifications")]
pub(super) async fn list(
    session: Session,
    state: web::Data<State>,
    query: ValidQuery<NotificationQuery>,
) -> ApiResult<Json<NotificationPage>> {
    let before = input::cursor(query.0.cursor.as_deref(), ORDER)?;
    let before = before.map(|cursor| NotificationId(cursor.id));
    let limit = input::limit(query.0.limit);
    let page = state
        .services
        .notifications
        .list(&session, before, limit)
        .await?;
    Ok(Json(NotificationPage {
        items: page.items.into_iter().map(Into::into).collect(),
        next_cursor: page.next.map(|id| {
            Cursor {
                order: ORDER,
                key: 0,
                id: id.0,
            }
            .encode()
        }),
        unread: page.unread,
    }))
}

/// Marks notifications as read: groups by id, or all of a ticket. Those of others are passed over.
#[utoipa::path(
    operation_id = "mark_notifications_read",
    tag = "notifications",
    security(("access_token" = [], "refresh_cookie" = [])),
    request_body = ReadNotificationsRequest,
    responses(
        (status = 200, body = UnreadNotifications),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[post("/notifications/read")]
pub(super) async fn mark_read(
    session: Session,
    state: web::Data<State>,
    body: ValidJson<ReadNotificationsRequest>,
) -> ApiResult<Json<UnreadNotifications>> {
    let which = match (body.0.ids, body.0.ticket_id) {
        (Some(ids), None) => ReadWhich::Groups(ids.into_iter().map(NotificationId).collect()),
        (None, Some(id)) => ReadWhich::Ticket(TicketId(id)),
        _ => {
            return Err(ApiError::field(
                "",
                "missing",
                "must have either ids or ticket_id",
            ));
        }
    };
    let unread = state
        .services
        .notifications
        .mark_read(&session, which)
        .await?;
    Ok(Json(UnreadNotifications { unread }))
}
