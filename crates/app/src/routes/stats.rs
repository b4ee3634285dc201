//! Statistics of the desk.

use actix_web::web::Json;
use actix_web::{get, web};
use contract::Problem;
use contract::stats::{StatsQuery, StatsView};
use domain::stats::PeriodError;

use crate::http::input::ValidQuery;
use crate::http::problem::{ApiError, ApiResult};
use crate::http::session::Session;
use crate::state::State;

/// How many tickets were opened and closed on each day, how long the first answer and the resolution took, by category
/// and by admin, and how many tickets there are now.
#[utoipa::path(
    operation_id = "read_stats",
    tag = "stats",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(StatsQuery),
    responses(
        (status = 200, body = StatsView),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "`forbidden`: for admins"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[get("/stats")]
pub(super) async fn read(
    session: Session,
    state: web::Data<State>,
    query: ValidQuery<StatsQuery>,
) -> ApiResult<Json<StatsView>> {
    let period = query.0.period().map_err(refusal)?;
    let stats = state.services.stats.read(&session, period).await?;
    Ok(Json(StatsView::new(&query.0, stats)))
}

fn refusal(error: PeriodError) -> ApiError {
    let (field, message) = match error {
        PeriodError::Backwards => ("to", "must not be before from"),
        PeriodError::TooLong => ("to", "must be at most 366 days, from included"),
        PeriodError::Offset => ("utc_offset_minutes", "must be from -840 to 840"),
    };
    ApiError::field(field, "out_of_range", message)
}
