//! Lists of tickets.

use domain::{CategoryId, Priority, Status, Ticket, TicketId, UserId, WaitingOn};
use sea_orm::sea_query::extension::mysql::{IndexHintScope, MySqlSelectStatementExt as _};
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};

use super::row::{self, Row};
use crate::entities::tickets as table;
use crate::lists::padded;
use crate::{Page, Read, Result};

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
    /// Only these.
    pub among: Option<Vec<TicketId>>,
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
            among: None,
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

impl TicketQuery {
    /// Whether every ticket belongs to the list.
    pub(crate) fn holds_all(&self) -> bool {
        let all = TicketQuery {
            sort: self.sort,
            after: self.after,
            limit: self.limit,
            ..TicketQuery::default()
        };
        *self == all
    }

    /// What makes a ticket belong to the list, whatever the order and the page.
    pub(crate) fn condition(&self) -> Condition {
        use table::Column;
        Condition::all()
            .add_option(self.requester.map(|id| Column::RequesterId.eq(id.0)))
            .add(self.status_condition())
            .add_option(
                self.priority
                    .map(|priority| Column::Priority.eq(row::rank(priority))),
            )
            .add_option(self.category.map(|id| Column::CategoryId.eq(id.0)))
            .add_option(
                self.waiting_on
                    .map(|side| Column::WaitingOn.eq(side.as_str())),
            )
            .add_option(self.assignee.map(|assignee| match assignee {
                AssigneeFilter::Nobody => Column::AssigneeId.is_null(),
                AssigneeFilter::Is(id) => Column::AssigneeId.eq(id.0),
            }))
            .add_option(
                self.among
                    .as_deref()
                    .map(|ids| Column::Id.is_in(padded(ids).map(|id| id.0))),
            )
    }

    /// Whether only closed tickets, or only others, belong to the list.
    fn closed(&self) -> Option<bool> {
        let has_closed = self.status.contains(&Status::Closed);
        let has_others = self.status.iter().any(|status| *status != Status::Closed);
        (has_closed != has_others).then_some(has_closed)
    }

    /// The column `closed` cuts all tickets in halves, which most lists are. As statuses they would be several ranges
    /// of an index, whose order a database could not use; so several statuses are what the others are not.
    fn status_condition(&self) -> Condition {
        let closed = self.closed();
        let column = |closed: bool| Expr::col((table::Entity, Alias::new("closed"))).eq(closed);
        let condition = Condition::all().add_option(closed.map(column));
        let status = table::Column::Status;
        match self.status.as_slice() {
            [] | [Status::Closed] => condition,
            [one] => condition.add(status.eq(one.as_str())),
            some => {
                let others = Status::ALL.iter().filter(|other| !some.contains(other));
                let others = others.filter(|other| closed.is_none() || **other != Status::Closed);
                others.fold(condition, |condition, other| {
                    condition.add(status.ne(other.as_str()))
                })
            }
        }
    }

    /// The index that has this list in its order, unless other conditions make it a short one. MariaDB rather sorts
    /// what it takes for few.
    fn index(&self) -> Option<&'static str> {
        use TicketSort::{Created, Priority, Updated};
        let narrower = self.priority.is_some() || self.category.is_some() || self.among.is_some();
        let of = |updated, created, priority| match self.sort {
            Updated => updated,
            Created => created,
            Priority => priority,
        };
        let narrowed_by = (
            self.assignee.is_some(),
            self.requester.is_some(),
            self.waiting_on.is_some(),
            self.closed().is_some(),
        );
        let has_one_open_status = self.status.len() == 1 && self.closed() == Some(false);
        match narrowed_by {
            _ if narrower => None,
            (false, false, false, true) if has_one_open_status => Some(of(
                "ix_tickets_status",
                "ix_tickets_status_created",
                "ix_tickets_status_priority",
            )),
            _ if has_one_open_status => None,
            (true, false, false, true) => Some(of(
                "ix_tickets_assignee_closed_updated",
                "ix_tickets_assignee_closed_created",
                "ix_tickets_assignee_closed_priority",
            )),
            (false, true, false, true) => Some(of(
                "ix_tickets_requester_closed_updated",
                "ix_tickets_requester_closed_created",
                "ix_tickets_requester_closed_priority",
            )),
            (false, false, true, false) => Some(of(
                "ix_tickets_waiting_on",
                "ix_tickets_waiting_on_created",
                "ix_tickets_waiting_on_priority",
            )),
            (false, false, false, true) => Some(of(
                "ix_tickets_closed_updated",
                "ix_tickets_closed_created",
                "ix_tickets_closed_priority",
            )),
            (false, false, false, false) => Some(of(
                "ix_tickets_updated",
                "ix_tickets_created",
                "ix_tickets_priority",
            )),
            _ => None,
        }
    }

    /// The queries whose results, one after the other, are the page: each is one range of an index in order. With
    /// alternatives in one query a page deep among tickets of equal priority would read all that it passed over.
    pub(super) fn statements(&self) -> Vec<Select<table::Entity>> {
        use table::Column;
        let key = match self.sort {
            TicketSort::Updated => Column::UpdatedAt,
            TicketSort::Created => Column::CreatedAt,
            TicketSort::Priority => Column::Priority,
        };
        let mut all = row::select()
            .filter(self.condition())
            .order_by(key, Order::Desc)
            .order_by(Column::Id, Order::Desc);
        if let Some(index) = self.index() {
            // For MySQL and MariaDB; SQLite finds it by itself.
            QueryTrait::query(&mut all).force_index_on(table::Entity, index, IndexHintScope::All);
        }
        let Some(after) = self.after else {
            return vec![all];
        };
        let equal = all
            .clone()
            .filter(key.eq(after.key))
            .filter(Column::Id.lt(after.id.0));
        vec![equal, all.filter(key.lt(after.key))]
    }
}

/// A page of tickets.
///
/// # Errors
/// The database's.
pub async fn list(from: &impl Read, query: &TicketQuery) -> Result<Page<Ticket, TicketCursor>> {
    let wanted = u64::from(query.limit) + 1;
    let mut rows: Vec<Row> = Vec::new();
    for statement in query.statements() {
        let missing = wanted.saturating_sub(rows.len() as u64);
        if missing > 0 {
            let more = statement.limit(missing).into_model::<Row>();
            rows.extend(more.all(from.connection().executor()).await?);
        }
    }
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

/// A query for the ticket that a row of another query, called `of`, names as its `ticket_id`: there is one if that belongs
/// to the list.
pub(crate) fn belonging(query: &TicketQuery, of: &'static str) -> Select<table::Entity> {
    let id = table::Column::Id;
    table::Entity::find()
        .select_only()
        .column(id)
        .filter(Expr::col((table::Entity, id)).equals((Alias::new(of), Alias::new("ticket_id"))))
        .filter(query.condition())
}
