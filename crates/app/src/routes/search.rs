//! Searching tickets.

use actix_web::web::Json;
use actix_web::{get, web};
use contract::Problem;
use contract::search::{SearchItem, SearchMatch, SearchRequest, SearchResults};
use contract::tickets::Ticket;
use domain::limits;
use services::{FoundEntry, FoundTicket};

use super::tickets;
use crate::http::input::ValidQuery;
use crate::http::problem::ApiResult;
use crate::http::session::Session;
use crate::state::State;

/// Searches titles, descriptions, messages and, for staff, notes. Customers find what is in their own tickets.
///
/// The best come first, and what a ticket is called counts more than what was said in it. There are no further pages:
/// a search looks at the best few thousand texts only.
#[utoipa::path(
    operation_id = "search_tickets",
    tag = "tickets",
    security(("access_token" = [], "refresh_cookie" = [])),
    params(SearchRequest),
    responses(
        (status = 200, body = SearchResults, description = "Nothing is found without a word"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "`unauthenticated`, `token_expired`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`invalid`"),
    ),
)]
#[get("/search")]
pub(super) async fn search(
    session: Session,
    state: web::Data<State>,
    query: ValidQuery<SearchRequest>,
) -> ApiResult<Json<SearchResults>> {
    let limit = query.0.limit.unwrap_or(limits::SEARCH_DEFAULT);
    let filter = tickets::filter(query.0.into(), &session)?;
    let found = state
        .services
        .tickets
        .search(&session, filter, limit)
        .await?;
    Ok(Json(SearchResults {
        items: found.items.into_iter().map(item).collect(),
        truncated: found.truncated,
    }))
}

fn item(found: FoundTicket) -> SearchItem {
    SearchItem {
        ticket: Ticket::new(found.view.ticket, found.view.unread),
        title: found.title.into_iter().map(Into::into).collect(),
        matches: found.matches.into_iter().map(matching).collect(),
    }
}

fn matching(found: FoundEntry) -> SearchMatch {
    SearchMatch {
        seq: found.seq.0,
        kind: found.kind.into(),
        author: found.author.into(),
        created_at: found.created_at.into(),
        snippet: found.snippet.into_iter().map(Into::into).collect(),
    }
}
