//! How far people have read tickets.

use domain::{Seq, TicketId, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Func, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entities::read_cursors as table;
use crate::{Read, Result, Tx};

/// Moves a cursor forwards to `seq`, or leaves it where it is further; gives where it is then.
///
/// # Errors
/// The database's; also if the ticket has no such entry.
pub async fn advance(
    tx: &Tx,
    user: UserId,
    ticket: TicketId,
    seq: Seq,
    now: Timestamp,
) -> Result<Seq> {
    if seq > Seq::ZERO {
        let row = table::ActiveModel {
            user_id: Set(user.0),
            ticket_id: Set(ticket.0),
            seq: Set(seq.0),
            updated_at: Set(now.0),
            first_at: Set(Some(now.0)),
        };
        let further = |column: table::Column, value: i64| {
            Expr::case(Expr::col(table::Column::Seq).lt(seq.0), value).finally(Expr::col(column))
        };
        // What an older node wrote has none.
        let first_at = [table::Column::FirstAt, table::Column::UpdatedAt].map(Expr::col);
        // MySQL assigns from left to right, so the column that is compared comes last.
        let forwards = OnConflict::columns([table::Column::UserId, table::Column::TicketId])
            .value(table::Column::FirstAt, Func::coalesce(first_at))
            .value(
                table::Column::UpdatedAt,
                further(table::Column::UpdatedAt, now.0),
            )
            .value(table::Column::Seq, further(table::Column::Seq, seq.0))
            .to_owned();
        table::Entity::insert(row)
            .on_conflict(forwards)
            .exec_without_returning(tx.connection().executor())
            .await?;
    }
    find(tx, user, ticket).await
}

/// Where a cursor is; before the first entry, if the ticket was never read.
///
/// # Errors
/// The database's.
pub async fn find(from: &impl Read, user: UserId, ticket: TicketId) -> Result<Seq> {
    let row = table::Entity::find_by_id((user.0, ticket.0))
        .one(from.connection().executor())
        .await?;
    Ok(row.map_or(Seq::ZERO, |row| Seq(row.seq)))
}

/// The cursors of all who have read a ticket, in the order of their identifiers.
///
/// # Errors
/// The database's.
pub async fn of_ticket(from: &impl Read, ticket: TicketId) -> Result<Vec<(UserId, Seq)>> {
    let rows: Vec<(i64, i64)> = table::Entity::find()
        .select_only()
        .columns([table::Column::UserId, table::Column::Seq])
        .filter(table::Column::TicketId.eq(ticket.0))
        .order_by_asc(table::Column::UserId)
        .into_tuple()
        .all(from.connection().executor())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(user, seq)| (UserId(user), Seq(seq)))
        .collect())
}
