//! How much of tickets is unread.

use std::collections::HashMap;

use domain::limits::UNREAD_MAX;
use domain::{EntryKind, Seq, TicketId, Viewer};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect,
    Statement, Value,
};

use crate::entities::{read_cursors, tickets, timeline};
use crate::lists::padded;
use crate::{Read, Result};

/// Most tickets that one statement counts to the limit.
const BATCH: usize = 64;

/// What others have said in each of these tickets since the viewer last read it, as far as the viewer may
/// know, at most [`UNREAD_MAX`] each. Tickets without any are left out. Two queries, however many tickets; one more if
/// more than that lies behind any cursor.
///
/// # Errors
/// The database's.
pub async fn unread(
    from: &impl Read,
    viewer: Viewer,
    ids: &[TicketId],
) -> Result<HashMap<TicketId, i64>> {
    let behind = behind(from, viewer, ids).await?;
    let (far, near): (Vec<_>, Vec<_>) = behind
        .into_iter()
        .partition(|cursor| cursor.head - cursor.read > UNREAD_MAX);
    let mut unread = count(from, viewer, &near).await?;
    for some in far.chunks(BATCH) {
        unread.extend(count_to_limit(from, viewer, some).await?);
    }
    Ok(unread)
}

/// What the viewer has not read of tickets in which little follows their cursor.
async fn count(
    from: &impl Read,
    viewer: Viewer,
    behind: &[Behind],
) -> Result<HashMap<TicketId, i64>> {
    use timeline::Column;
    if behind.is_empty() {
        return Ok(HashMap::new());
    }
    // One range of the primary key for each ticket: only unread entries are read.
    let mut ranges = Condition::any();
    for cursor in padded(behind) {
        ranges = ranges.add(
            Condition::all()
                .add(Column::TicketId.eq(cursor.ticket))
                .add(Column::Seq.gt(cursor.read)),
        );
    }
    let rows: Vec<(i64, i64)> = timeline::Entity::find()
        .select_only()
        .column(Column::TicketId)
        .expr_as(Expr::col(Column::Seq).count(), "unread")
        .filter(ranges)
        .filter(Column::Kind.is_in(said(viewer)))
        .filter(Column::ActorId.ne(viewer.user_id.0))
        .group_by(Column::TicketId)
        .into_tuple()
        .all(from.connection().executor())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, unread)| (TicketId(id), unread))
        .collect())
}

/// The same where much follows: one SELECT for each ticket, since only there can a LIMIT end the counting.
async fn count_to_limit(
    from: &impl Read,
    viewer: Viewer,
    behind: &[Behind],
) -> Result<HashMap<TicketId, i64>> {
    let kinds: Vec<_> = said(viewer).map(|kind| format!("'{kind}'")).collect();
    let one = format!(
        "SELECT ? AS ticket_id, (SELECT COUNT(*) FROM (SELECT 1 AS one FROM timeline WHERE ticket_id = ? AND seq > ? \
         AND actor_id <> ? AND kind IN ({}) LIMIT {UNREAD_MAX}) said) AS unread",
        kinds.join(", ")
    );
    let (mut sql, mut values) = (Vec::new(), Vec::<Value>::new());
    for cursor in padded(behind) {
        sql.push(one.as_str());
        values
            .extend([cursor.ticket, cursor.ticket, cursor.read, viewer.user_id.0].map(Value::from));
    }
    let connection = from.connection();
    let statement = Statement::from_sql_and_values(
        connection.executor().get_database_backend(),
        sql.join(" UNION ALL "),
        values,
    );
    let mut unread = HashMap::new();
    for row in connection.executor().query_all_raw(statement).await? {
        match row.try_get("", "unread")? {
            0 => {}
            count => {
                unread.insert(TicketId(row.try_get("", "ticket_id")?), count);
            }
        }
    }
    Ok(unread)
}

/// The kinds of entries that count for this viewer.
fn said(viewer: Viewer) -> impl Iterator<Item = &'static str> {
    let audience = viewer.role.audience();
    let kinds = EntryKind::ALL.iter();
    kinds
        .filter(move |kind| kind.is_said() && kind.visible_to(audience))
        .map(|kind| kind.as_str())
}

/// A ticket of which the viewer has not read all.
#[derive(Clone, Copy)]
struct Behind {
    ticket: i64,
    read: i64,
    head: i64,
}

/// The tickets that have entries after the viewer's cursor.
async fn behind(from: &impl Read, viewer: Viewer, ids: &[TicketId]) -> Result<Vec<Behind>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let of_ticket = |column: tickets::Column| Expr::col((tickets::Entity, column));
    let of_cursor = |column: read_cursors::Column| Expr::col((read_cursors::Entity, column));
    let query = Query::select()
        .expr(of_ticket(tickets::Column::Id))
        .expr(of_cursor(read_cursors::Column::Seq))
        .expr(of_ticket(tickets::Column::LastSeq))
        .from(tickets::Entity)
        .join(
            JoinType::LeftJoin,
            read_cursors::Entity,
            of_cursor(read_cursors::Column::TicketId)
                .equals((tickets::Entity, tickets::Column::Id))
                .and(of_cursor(read_cursors::Column::UserId).eq(viewer.user_id.0)),
        )
        .and_where(of_ticket(tickets::Column::Id).is_in(padded(ids).map(|id| id.0)))
        .and_where(
            of_cursor(read_cursors::Column::Seq)
                .is_null()
                .or(of_ticket(tickets::Column::LastSeq).gt(of_cursor(read_cursors::Column::Seq))),
        )
        .take();
    let rows = from.connection().executor().query_all(&query).await?;
    rows.into_iter()
        .map(|row| {
            let read: Option<i64> = row.try_get_by(1)?;
            Ok(Behind {
                ticket: row.try_get_by(0)?,
                read: read.unwrap_or(Seq::ZERO.0),
                head: row.try_get_by(2)?,
            })
        })
        .collect()
}
