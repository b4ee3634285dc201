//! How many tickets there are.

use serde::Serialize;
use utoipa::ToSchema;

/// How many tickets a view holds.
#[derive(Serialize, ToSchema)]
pub struct ViewCount {
    /// How many, at most 1,000.
    #[schema(maximum = 1000)]
    pub count: i64,
    /// Whether there are more than that.
    pub more: bool,
}

impl ViewCount {
    /// From a count that goes on past the limit.
    #[must_use]
    pub fn of(count: i64) -> ViewCount {
        let max = domain::limits::VIEW_COUNT_MAX;
        ViewCount {
            count: count.min(max),
            more: count > max,
        }
    }
}

/// How many tickets the views of staff hold.
#[derive(Serialize, ToSchema)]
pub struct TicketCounts {
    /// Assigned to the reader and not closed.
    pub mine: ViewCount,
    /// Assigned to nobody and not closed.
    pub unassigned: ViewCount,
    /// Not closed: open, in progress, pending or resolved.
    pub open: ViewCount,
    /// Waiting on staff, who must act next.
    pub waiting: ViewCount,
    /// Closed.
    pub closed: ViewCount,
    /// All.
    pub all: ViewCount,
}
