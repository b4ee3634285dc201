//! Lists of tickets.

use domain::{CategoryId, Priority, Status, Ticket, TicketId, UserId, WaitingOn};
use sea_orm::{ColumnTrait, Condition, Order, QueryFilter, QueryOrder, QuerySelect};

use super::row::{self, Row};
use crate::entities::tickets as table;
use crate::{Page, Read, Result, lists};

/// Which tickets, in which order, and how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketQuery {
    /// Those of this customer.
    pub requester: Option<UserId>,
    /// Those in one of these states; with none, in any.
    pub status: Vec<Status>,
    /// Those this urgent.
    pub priority: Option<Priority>,
    /// Those sorted under this.
    pub category: Option<CategoryId>,
    /// Those that this admin, or nobody, handles.
    pub assignee: Option<AssigneeFilter>,
    /// Those that wait for this side.
    pub waiting_on: Option<WaitingOn>,
    /// Those whose title holds this text, in any case.
    pub text: Option<String>,
    /// The order.
    pub sort: TicketSort,
    /// Only what comes after this place in the order.
    pub after: Option<TicketCursor>,
    /// Most items on the page.
    pub limit: u32,
}

impl Default for TicketQuery {
    fn default() -> Self {
        TicketQuery {
            requester: None,
            status: Vec::new(),
            priority: None,
            category: None,
            assignee: None,
            waiting_on: None,
            text: None,
            sort: TicketSort::Updated,
            after: None,
            limit: domain::limits::PAGE_DEFAULT,
        }
    }
}

/// Who handles a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssigneeFilter {
    /// Nobody yet.
    Nobody,
    /// This admin.
    Is(UserId),
}

/// The order of a list. Equal ones come newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TicketSort {
    /// Latest change first.
    Updated,
    /// Latest opened first.
    Created,
    /// Most urgent first.
    Priority,
}

/// A place in a list: that of a ticket, whether it is still there or not. Only good for the same sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketCursor {
    /// What the list is sorted by: microseconds, or the rank of a priority.
    pub key: i64,
    /// The ticket.
    pub id: TicketId,
}

/// A page of tickets.
///
/// # Errors
/// The database's.
pub async fn list(from: &impl Read, query: &TicketQuery) -> Result<Page<Ticket, TicketCursor>> {
    use table::Column;
    let key = match query.sort {
        TicketSort::Updated => Column::UpdatedAt,
        TicketSort::Created => Column::CreatedAt,
        TicketSort::Priority => Column::Priority,
    };
    let mut filter = Condition::all()
        .add_option(query.requester.map(|id| Column::RequesterId.eq(id.0)))
        .add_option(
            query
                .priority
                .map(|priority| Column::Priority.eq(row::rank(priority))),
        )
        .add_option(query.category.map(|id| Column::CategoryId.eq(id.0)))
        .add_option(
            query
                .waiting_on
                .map(|side| Column::WaitingOn.eq(side.as_str())),
        )
        .add_option(
            query
                .text
                .as_deref()
                .map(|text| Column::Title.like(lists::holding(text))),
        )
        .add_option(query.assignee.map(|assignee| match assignee {
            AssigneeFilter::Nobody => Column::AssigneeId.is_null(),
            AssigneeFilter::Is(id) => Column::AssigneeId.eq(id.0),
        }));
    match query.status.as_slice() {
        [] => {}
        // Equality lets the index give the order too.
        [one] => filter = filter.add(Column::Status.eq(one.as_str())),
        many => filter = filter.add(Column::Status.is_in(many.iter().map(|s| s.as_str()))),
    }
    if let Some(after) = query.after {
        // Neither a comparison of pairs, in which MySQL sees no range of the index, nor the alternatives
        // alone, in which SQLite sees none.
        filter = filter.add(key.lte(after.key)).add(
            Condition::any().add(key.lt(after.key)).add(
                Condition::all()
                    .add(key.eq(after.key))
                    .add(Column::Id.lt(after.id.0)),
            ),
        );
    }
    let rows = row::select()
        .filter(filter)
        .order_by(key, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(u64::from(query.limit) + 1)
        .into_model::<Row>()
        .all(from.connection().executor())
        .await?;
    let page = Page::cut(rows, query.limit, |row| TicketCursor {
        key: row.key(query.sort),
        id: row.id(),
    });
    Ok(Page {
        items: page
            .items
            .into_iter()
            .map(Ticket::try_from)
            .collect::<Result<_>>()?,
        next: page.next,
    })
}
