//! How much of tickets is unread.

use std::collections::HashMap;

use domain::{Audience, EntryKind, Role, Seq, TicketId, Viewer};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect,
};

use crate::entities::{read_cursors, tickets, timeline};
use crate::lists::padded;
use crate::{Read, Result};

/// What others have said in each of these tickets since the viewer last read it, as far as the viewer may
/// know. Tickets without any are left out. Two queries at most, however many tickets.
///
/// # Errors
/// The database's.
pub async fn unread(
    from: &impl Read,
    viewer: Viewer,
    ids: &[TicketId],
) -> Result<HashMap<TicketId, i64>> {
    let behind = behind(from, viewer, ids).await?;
    if behind.is_empty() {
        return Ok(HashMap::new());
    }

    use timeline::Column;
    let audience = match viewer.role {
        Role::Admin => Audience::Staff,
        Role::User => Audience::Customer,
    };
    let kinds = EntryKind::ALL
        .iter()
        .filter(|kind| kind.is_said() && kind.visible_to(audience))
        .map(|kind| kind.as_str());
    // One range of the primary key for each ticket: only unread entries are read.
    let mut ranges = Condition::any();
    for (id, read) in padded(&behind) {
        ranges = ranges.add(
            Condition::all()
                .add(Column::TicketId.eq(id.0))
                .add(Column::Seq.gt(read.0)),
        );
    }
    let rows: Vec<(i64, i64)> = timeline::Entity::find()
        .select_only()
        .column(Column::TicketId)
        .expr_as(Expr::col(Column::Seq).count(), "unread")
        .filter(ranges)
        .filter(Column::Kind.is_in(kinds))
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

/// The tickets that have entries after the viewer's cursor, with the cursor.
async fn behind(
    from: &impl Read,
    viewer: Viewer,
    ids: &[TicketId],
) -> Result<Vec<(TicketId, Seq)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let of_ticket = |column: tickets::Column| Expr::col((tickets::Entity, column));
    let of_cursor = |column: read_cursors::Column| Expr::col((read_cursors::Entity, column));
    let query = Query::select()
        .expr(of_ticket(tickets::Column::Id))
        .expr(of_cursor(read_cursors::Column::Seq))
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
            Ok((TicketId(row.try_get_by(0)?), read.map_or(Seq::ZERO, Seq)))
        })
        .collect()
}
