//! A ticket read in one go: its row and the names that belong to it.

use domain::ticket::LastMessage;
use domain::timeline::Named;
use domain::{Priority, Seq, Status, Ticket, TicketId, Timestamp, Title, WaitingOn};
use sea_orm::sea_query::{Alias, Asterisk, Expr, ExprTrait, LockType, Query};
use sea_orm::{
    EntityTrait, FromQueryResult, IntoSimpleExpr, JoinType, QuerySelect, QueryTrait, RelationTrait,
    Select,
};

use crate::entities::{categories, tickets as table, users};
use crate::{Error, Read, Result};

/// A ticket's row with what is joined to it.
#[derive(FromQueryResult)]
pub(super) struct Row {
    id: i64,
    requester_id: i64,
    requester_name: String,
    requester_role: String,
    assignee_id: Option<i64>,
    assignee_name: Option<String>,
    assignee_role: Option<String>,
    category_id: Option<i64>,
    category_name: Option<String>,
    follows_id: Option<i64>,
    title: String,
    status: String,
    priority: i16,
    waiting_on: String,
    last_seq: i64,
    last_message_seq: i64,
    last_message_author_id: i64,
    last_message_author_name: String,
    last_message_author_role: String,
    last_message_preview: String,
    last_message_at: i64,
    created_at: i64,
    updated_at: i64,
    closed_at: Option<i64>,
    first_response_at: Option<i64>,
    resolved_at: Option<i64>,
}

/// The query for [`Row`]s. Outer joins, though there is always a requester and an author: with inner ones
/// MariaDB may begin with the people and sort all their tickets, instead of walking the index of a list.
pub(super) fn select() -> Select<table::Entity> {
    use table::Relation::{Assignee, Category, LastMessageAuthor, Requester};
    use users::Column::{Name, Role};
    let of = |table: &'static str, column: users::Column| Expr::col((Alias::new(table), column));
    table::Entity::find()
        .join_as(JoinType::LeftJoin, Requester.def(), "requester")
        .join_as(JoinType::LeftJoin, LastMessageAuthor.def(), "author")
        .join_as(JoinType::LeftJoin, Assignee.def(), "assignee")
        .join(JoinType::LeftJoin, Category.def())
        .expr_as(of("requester", Name), "requester_name")
        .expr_as(of("requester", Role), "requester_role")
        .expr_as(of("author", Name), "last_message_author_name")
        .expr_as(of("author", Role), "last_message_author_role")
        .expr_as(of("assignee", Name), "assignee_name")
        .expr_as(of("assignee", Role), "assignee_role")
        .expr_as(categories::Column::Name.into_simple_expr(), "category_name")
}

/// The query for one ticket that locks its row, and only its row: the joined people and categories are
/// shared by many tickets. MariaDB has no `FOR UPDATE OF`, hence the lock stands in a derived table. What is
/// joined depends on the locked row, so it is read after the lock was granted.
pub(super) fn locked(id: TicketId) -> Select<table::Entity> {
    let row = Query::select()
        .column(Asterisk)
        .from(table::Entity)
        .and_where(Expr::col(table::Column::Id).eq(id.0))
        .lock(LockType::Update)
        .take();
    let mut select = select();
    QueryTrait::query(&mut select)
        .from_clear()
        .from_subquery(row, table::Entity);
    select
}

/// Runs a query for at most one ticket.
pub(super) async fn one(from: &impl Read, query: Select<table::Entity>) -> Result<Option<Ticket>> {
    let row = query
        .into_model::<Row>()
        .one(from.connection().executor())
        .await?;
    row.map(Ticket::try_from).transpose()
}

/// Place in [`Priority::ALL`], the least urgent first.
pub(super) fn rank(priority: Priority) -> i16 {
    match priority {
        Priority::Low => 0,
        Priority::Normal => 1,
        Priority::High => 2,
        Priority::Urgent => 3,
    }
}

fn of_rank(rank: i16) -> Option<Priority> {
    Priority::ALL
        .iter()
        .copied()
        .find(|&priority| self::rank(priority) == rank)
}

impl Row {
    /// What a list sorted by `sort` is ordered by.
    pub(super) fn key(&self, sort: super::TicketSort) -> i64 {
        match sort {
            super::TicketSort::Updated => self.updated_at,
            super::TicketSort::Created => self.created_at,
            super::TicketSort::Priority => i64::from(self.priority),
        }
    }

    pub(super) fn id(&self) -> TicketId {
        TicketId(self.id)
    }
}

impl TryFrom<Row> for Ticket {
    type Error = Error;

    fn try_from(row: Row) -> Result<Ticket> {
        use crate::users::person;
        let assignee = match (row.assignee_id, row.assignee_name, row.assignee_role) {
            (Some(id), Some(name), Some(role)) => Some(person(id, name, &role)?),
            _ => None,
        };
        let category = row.category_id.zip(row.category_name);
        Ok(Ticket {
            id: TicketId(row.id),
            title: Title::parse(&row.title).map_err(|_| Error::corrupt("tickets.title"))?,
            status: Status::parse(&row.status).ok_or(Error::corrupt("tickets.status"))?,
            priority: of_rank(row.priority).ok_or(Error::corrupt("tickets.priority"))?,
            category: category.map(|(id, name)| Named { id, name }),
            requester: person(row.requester_id, row.requester_name, &row.requester_role)?,
            assignee,
            follows_id: row.follows_id.map(TicketId),
            head_seq: Seq(row.last_seq),
            waiting_on: WaitingOn::parse(&row.waiting_on)
                .ok_or(Error::corrupt("tickets.waiting_on"))?,
            last_message: LastMessage {
                seq: Seq(row.last_message_seq),
                author: person(
                    row.last_message_author_id,
                    row.last_message_author_name,
                    &row.last_message_author_role,
                )?,
                preview: row.last_message_preview,
                created_at: Timestamp(row.last_message_at),
            },
            created_at: Timestamp(row.created_at),
            updated_at: Timestamp(row.updated_at),
            closed_at: row.closed_at.map(Timestamp),
            first_response_at: row.first_response_at.map(Timestamp),
            resolved_at: row.resolved_at.map(Timestamp),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_follow_urgency() {
        for (place, &priority) in (0..).zip(Priority::ALL) {
            assert_eq!(rank(priority), place);
            assert_eq!(of_rank(place), Some(priority));
        }
    }
}
