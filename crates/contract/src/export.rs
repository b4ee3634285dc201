//! Exporting tickets to a file.

use serde::Deserialize;
use utoipa::IntoParams;
use validator::Validate;

use crate::text;
use crate::tickets::{Priority, TicketQuery, TicketSort, WaitingOn};

/// Which tickets to export, and in which order.
#[derive(Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ExportQuery {
    /// Statuses with commas between them.
    #[param(example = "open,in_progress")]
    pub status: Option<String>,
    /// Of this priority.
    #[param(inline)]
    pub priority: Option<Priority>,
    /// Under this category.
    pub category: Option<i64>,
    /// A user id, `me` or `none`.
    #[param(example = "me")]
    pub assignee: Option<String>,
    /// Of this customer.
    pub requester: Option<i64>,
    /// Waiting on them.
    #[param(inline)]
    pub waiting_on: Option<WaitingOn>,
    /// Words as in a search: tickets in which one text has them all, at most the best 1,000.
    #[param(max_length = 200)]
    #[validate(custom(function = "text::query"))]
    pub q: Option<String>,
    /// `created` when absent, an order in which no ticket moves while the file is written.
    #[param(inline)]
    pub sort: Option<TicketSort>,
}

impl From<ExportQuery> for TicketQuery {
    fn from(query: ExportQuery) -> TicketQuery {
        TicketQuery {
            status: query.status,
            priority: query.priority,
            category: query.category,
            assignee: query.assignee,
            requester: query.requester,
            waiting_on: query.waiting_on,
            q: query.q,
            sort: Some(query.sort.unwrap_or(TicketSort::Created)),
            cursor: None,
            limit: None,
        }
    }
}
