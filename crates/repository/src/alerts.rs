//! Alerts of new tickets.

use std::collections::HashMap;

use domain::alert::SeenAlert;
use domain::{Alert, Person, TicketId, Timestamp, UserId, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Func, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Select, SelectExt, Statement, Value,
};

use crate::entities::ticket_alerts as table;
use crate::lists::{marks, padded};
use crate::users::person;
use crate::{Page, Read, Result, Tx};

/// Alerts of a new ticket. With an admin it is acknowledged from the start.
///
/// # Errors
/// The database's.
pub async fn raise(
    tx: &Tx,
    ticket: TicketId,
    now: Timestamp,
    next_at: Option<Timestamp>,
    acknowledged_by: Option<UserId>,
) -> Result<()> {
    let acknowledged_at = acknowledged_by.map(|_| now.0);
    let row = table::ActiveModel {
        ticket_id: Set(ticket.0),
        raised_at: Set(now.0),
        level: Set(0),
        next_at: Set(next_at.filter(|_| acknowledged_by.is_none()).map(|at| at.0)),
        acknowledged_by: Set(acknowledged_by.map(|id| id.0)),
        acknowledged_at: Set(acknowledged_at),
        ended_at: Set(acknowledged_at),
    };
    table::Entity::insert(row)
        .exec_without_returning(tx.connection().executor())
        .await?;
    Ok(())
}

/// Notes that an admin has taken notice of a ticket; whether they were the first.
///
/// # Errors
/// The database's.
pub async fn acknowledge(tx: &Tx, ticket: TicketId, by: UserId, now: Timestamp) -> Result<bool> {
    let change = table::ActiveModel {
        next_at: Set(None),
        acknowledged_by: Set(Some(by.0)),
        acknowledged_at: Set(Some(now.0)),
        ..Default::default()
    };
    // It may have ended before.
    let ended_at = Func::coalesce([Expr::col(table::Column::EndedAt), now.0.into()]);
    let done = table::Entity::update_many()
        .set(change)
        .col_expr(table::Column::EndedAt, ended_at.into())
        .filter(table::Column::TicketId.eq(ticket.0))
        .filter(table::Column::AcknowledgedBy.is_null())
        .exec(tx.connection().executor())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Ends an alert that nobody has acknowledged.
///
/// # Errors
/// The database's.
pub async fn end(tx: &Tx, ticket: TicketId, now: Timestamp) -> Result<()> {
    let change = table::ActiveModel {
        next_at: Set(None),
        ended_at: Set(Some(now.0)),
        ..Default::default()
    };
    table::Entity::update_many()
        .set(change)
        .filter(table::Column::TicketId.eq(ticket.0))
        .filter(table::Column::EndedAt.is_null())
        .exec(tx.connection().executor())
        .await?;
    Ok(())
}

/// Whether any alert is to be repeated by now, without holding it.
///
/// # Errors
/// The database's.
pub async fn has_due(from: &impl Read, now: Timestamp) -> Result<bool> {
    Ok(due(now).exists(from.connection().executor()).await?)
}

/// The alerts that are to be repeated by now.
pub(crate) fn due(now: Timestamp) -> Select<table::Entity> {
    table::Entity::find().filter(table::Column::NextAt.lte(now.0))
}

/// Raises the level of alerts that are to be repeated by now and that no other transaction is busy with, the longest
/// due first, and gives their tickets. Those that are not at the highest level then are due again at `next_at`.
///
/// # Errors
/// The database's.
pub async fn raise_due(
    tx: &Tx,
    now: Timestamp,
    next_at: Timestamp,
    limit: u32,
) -> Result<Vec<TicketId>> {
    let ids: Vec<i64> = due(now)
        .select_only()
        .column(table::Column::TicketId)
        .order_by_asc(table::Column::NextAt)
        .limit(u64::from(limit))
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_tuple()
        .all(tx.connection().executor())
        .await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let level = || Expr::col(table::Column::Level).add(1);
    let again = Expr::case(level().lt(limits::ALERT_LEVEL_MAX), next_at.0);
    // MySQL assigns from left to right, so the column that is compared comes last.
    table::Entity::update_many()
        .col_expr(table::Column::NextAt, again.into())
        .col_expr(table::Column::Level, level())
        .filter(table::Column::TicketId.is_in(padded(&ids)))
        .exec(tx.connection().executor())
        .await?;
    Ok(ids.into_iter().map(TicketId).collect())
}

const SELECT: &str = "SELECT a.ticket_id, t.title, a.level, a.raised_at, a.acknowledged_at, a.ended_at, \
     u.id AS user_id, u.name AS user_name, u.role AS user_role FROM ticket_alerts a \
     JOIN tickets t ON t.id = a.ticket_id LEFT JOIN users u ON u.id = a.acknowledged_by";

/// The alerts of these tickets that there are.
///
/// # Errors
/// The database's.
pub async fn of_tickets(from: &impl Read, tickets: &[TicketId]) -> Result<Vec<Alert>> {
    if tickets.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Value> = padded(tickets).map(|id| id.0.into()).collect();
    let sql = format!("{SELECT} WHERE a.ticket_id IN ({})", marks(ids.len()));
    select(from, &sql, ids).await
}

/// A page of alerts, those of the latest tickets first; `open` ones have neither been acknowledged nor closed.
///
/// # Errors
/// The database's.
pub async fn list(
    from: &impl Read,
    open: bool,
    before: Option<TicketId>,
    limit: u32,
) -> Result<Page<SeenAlert, TicketId>> {
    let (sql, values) = page(open, before, limit);
    let page = Page::cut(select(from, &sql, values).await?, limit, |alert| {
        alert.ticket_id
    });
    let ids: Vec<_> = page.items.iter().map(|alert| alert.ticket_id).collect();
    let mut readers = readers(from, &ids).await?;
    let items = page.items.into_iter().map(|alert| {
        let first = alert.acknowledged.clone();
        let mut seen_by = readers.remove(&alert.ticket_id).unwrap_or_default();
        seen_by.retain(|(reader, _)| first.as_ref().is_none_or(|(by, _)| by.id != reader.id));
        seen_by.extend(first);
        seen_by.sort_by_key(|(reader, at)| (*at, reader.id));
        SeenAlert { alert, seen_by }
    });
    Ok(Page {
        items: items.collect(),
        next: page.next,
    })
}

/// The statement of a page, which tells by one more whether there are more.
pub(crate) fn page(open: bool, before: Option<TicketId>, limit: u32) -> (String, Vec<Value>) {
    let before = before.map_or(i64::MAX, |id| id.0);
    let open = if open { "AND a.ended_at IS NULL" } else { "" };
    (
        format!("{SELECT} WHERE a.ticket_id < ? {open} ORDER BY a.ticket_id DESC LIMIT ?"),
        vec![before.into(), (i64::from(limit) + 1).into()],
    )
}

/// The admins who have read tickets, and when they first did.
async fn readers(
    from: &impl Read,
    tickets: &[TicketId],
) -> Result<HashMap<TicketId, Vec<(Person, Timestamp)>>> {
    #[derive(FromQueryResult)]
    struct Reader {
        ticket_id: i64,
        first_at: i64,
        id: i64,
        name: String,
        role: String,
    }
    if tickets.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Value> = padded(tickets).map(|id| id.0.into()).collect();
    let sql = format!(
        "SELECT c.ticket_id, COALESCE(c.first_at, c.updated_at) AS first_at, u.id, u.name, u.role FROM read_cursors c \
         JOIN users u ON u.id = c.user_id WHERE c.ticket_id IN ({}) AND u.role = 'admin'",
        marks(ids.len())
    );
    let mut readers: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows::<Reader>(from, &sql, ids).await? {
        let reader = person(row.id, row.name, &row.role)?;
        let of_ticket = readers.entry(TicketId(row.ticket_id)).or_default();
        of_ticket.push((reader, Timestamp(row.first_at)));
    }
    Ok(readers)
}

#[derive(FromQueryResult)]
struct Row {
    ticket_id: i64,
    title: String,
    level: i16,
    raised_at: i64,
    acknowledged_at: Option<i64>,
    ended_at: Option<i64>,
    user_id: Option<i64>,
    user_name: Option<String>,
    user_role: Option<String>,
}

async fn select(from: &impl Read, sql: &str, values: Vec<Value>) -> Result<Vec<Alert>> {
    let rows = rows::<Row>(from, sql, values).await?.into_iter();
    let alerts = rows.map(|row| {
        let by = match (row.user_id, row.user_name, row.user_role) {
            (Some(id), Some(name), Some(role)) => Some(person(id, name, &role)?),
            _ => None,
        };
        Ok(Alert {
            ticket_id: TicketId(row.ticket_id),
            title: row.title,
            level: row.level,
            raised_at: Timestamp(row.raised_at),
            acknowledged: by.zip(row.acknowledged_at.map(Timestamp)),
            ended_at: row.ended_at.map(Timestamp),
        })
    });
    alerts.collect()
}

async fn rows<T: FromQueryResult>(
    from: &impl Read,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<T>> {
    let connection = from.connection();
    let backend = connection.executor().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let rows = T::find_by_statement(statement);
    Ok(rows.all(connection.executor()).await?)
}
