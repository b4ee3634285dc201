//! Ticket categories.

use actix_web::web::Json;
use actix_web::{get, web};
use contract::Problem;
use contract::categories::CategoryList;

use crate::http::problem::ApiResult;
use crate::http::session::Session;
use crate::state::State;

/// All categories in their order, retired ones included.
#[utoipa::path(
    operation_id = "list_categories",
    tag = "categories",
    security(("access_token" = [], "refresh_cookie" = [])),
    responses(
        (status = 200, body = CategoryList),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
    ),
)]
#[get("/categories")]
pub(super) async fn list(
    session: Session,
    state: web::Data<State>,
) -> ApiResult<Json<CategoryList>> {
    let categories = state.services.categories.list(&session).await?;
    Ok(Json(CategoryList {
        items: categories.into_iter().map(Into::into).collect(),
    }))
}
