//! Ticket categories.

use actix_web::web::Json;
use actix_web::{HttpResponse, get, patch, post, web};
use contract::Problem;
use contract::categories::{Category, CategoryList, CreateCategoryRequest, UpdateCategoryRequest};
use domain::{CategoryId, CategoryName};
use services::CategoryChange;

use crate::http::input::{self, CheckedText as _, PathId, ValidJson};
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

/// Adds a category to the end of the list. Admins only.
#[utoipa::path(
    operation_id = "create_category",
    tag = "categories",
    security(("access_token" = [], "refresh_cookie" = [])),
    request_body = CreateCategoryRequest,
    responses(
        (status = 201, body = Category),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`name_taken`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[post("/categories")]
pub(super) async fn create(
    session: Session,
    state: web::Data<State>,
    body: ValidJson<CreateCategoryRequest>,
) -> ApiResult<HttpResponse> {
    let name = CategoryName::checked("name", &body.0.name)?;
    let category = state.services.categories.add(&session, name).await?;
    Ok(HttpResponse::Created().json(Category::from(category)))
}

/// Renames, moves, retires or brings back a category. Admins only.
#[utoipa::path(
    operation_id = "update_category",
    tag = "categories",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(("id" = i64, Path, description = "The category")),
    request_body = UpdateCategoryRequest,
    responses(
        (status = 200, body = Category),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "`not_found`"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`name_taken`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[patch("/categories/{id}")]
pub(super) async fn update(
    session: Session,
    state: web::Data<State>,
    id: PathId,
    body: ValidJson<UpdateCategoryRequest>,
) -> ApiResult<Json<Category>> {
    let change = CategoryChange {
        name: input::checked_if_present("name", body.0.name.as_ref())?,
        position: body.0.position,
        retired: body.0.retired,
    };
    let categories = &state.services.categories;
    let category = categories
        .update(&session, CategoryId(id.0), change)
        .await?;
    Ok(Json(category.into()))
}
