//! The tickets that somebody handles.

use domain::{TicketId, UserId};
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entities::tickets as table;
use crate::{Read, Result};

/// Tickets that this admin handles and that are not closed, those longest untouched first.
///
/// # Errors
/// The database's.
pub async fn held_by(from: &impl Read, admin: UserId, limit: u32) -> Result<Vec<TicketId>> {
    let closed = Expr::col((table::Entity, Alias::new("closed")));
    let ids: Vec<i64> = table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::AssigneeId.eq(admin.0))
        .filter(closed.eq(false))
        .order_by_asc(table::Column::UpdatedAt)
        .order_by_asc(table::Column::Id)
        .limit(u64::from(limit))
        .into_tuple()
        .all(from.connection().executor())
        .await?;
    Ok(ids.into_iter().map(TicketId).collect())
}

/// The next after this one, by identifier, who handles any ticket, closed or not: a step in an index, however many
/// tickets each handles.
///
/// # Errors
/// The database's.
pub async fn next_assignee(from: &impl Read, after: UserId) -> Result<Option<UserId>> {
    let next: Option<Option<i64>> = table::Entity::find()
        .select_only()
        .column_as(table::Column::AssigneeId.min(), "next")
        .filter(table::Column::AssigneeId.gt(after.0))
        .into_tuple()
        .one(from.connection().executor())
        .await?;
    Ok(next.flatten().map(UserId))
}
