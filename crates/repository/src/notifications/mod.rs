//! What people are told of.

use domain::{NotificationId, NotificationKind, Role, Seq, TicketId, Timestamp, UserId, Viewer};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Statement,
};

use crate::entities::notifications as table;
use crate::lists::padded;
use crate::{Read, Result, Tx};

mod announce;
mod groups;
mod row;

pub use announce::{Told, after_entry};
pub use groups::groups;

/// Tells people of something: of an entry of a ticket, or, without one, of what happened to their account.
/// `told` is sorted, so that transactions that tell the same people do not lock each other out.
///
/// # Errors
/// The database's; also if somebody was told of the entry before.
pub async fn add(
    tx: &Tx,
    told: &[UserId],
    kind: NotificationKind,
    entry: Option<(TicketId, Seq)>,
    actor: Option<UserId>,
    now: Timestamp,
) -> Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    let rows = told.iter().map(|user| table::ActiveModel {
        id: NotSet,
        user_id: Set(user.0),
        kind: Set(kind.as_str().to_owned()),
        ticket_id: Set(entry.map(|(ticket, _)| ticket.0)),
        seq: Set(entry.map(|(_, seq)| seq.0)),
        actor_id: Set(actor.map(|actor| actor.0)),
        created_at: Set(now.0),
        read_at: Set(None),
    });
    table::Entity::insert_many(rows)
        .exec_without_returning(tx.connection().executor())
        .await?;
    Ok(())
}

/// Counts stop here: nobody reads a larger number, and counting must not slow down with what piles up.
pub const COUNT_MAX: i64 = 1000;

/// How many notifications somebody may see and has not read, at most [`COUNT_MAX`]: events, not groups.
///
/// # Errors
/// The database's.
pub async fn unread(from: &impl Read, viewer: Viewer) -> Result<i64> {
    let connection = from.connection();
    let statement = Statement::from_sql_and_values(
        connection.executor().get_database_backend(),
        format!("SELECT {} AS unread", unread_sql(viewer.role)),
        [viewer.user_id.0.into()],
    );
    let row = connection.executor().query_one_raw(statement).await?;
    let unread = row.map(|row| row.try_get("", "unread")).transpose()?;
    Ok(unread.unwrap_or(0))
}

/// SQL that counts what the user of its parameter, who has this role, has not read.
fn unread_sql(role: Role) -> String {
    format!(
        "(SELECT COUNT(*) FROM (SELECT 1 AS one FROM notifications \
         WHERE user_id = ? AND read_at IS NULL AND {} LIMIT {COUNT_MAX}) waiting)",
        visible_sql(role)
    )
}

/// SQL for what of their notifications people of a role may see: who is no admin any more keeps what others' tickets
/// and notes brought them, without seeing it.
fn visible_sql(role: Role) -> &'static str {
    match role {
        Role::Admin => "1 = 1",
        Role::User => {
            "notifications.kind <> 'note' AND (notifications.ticket_id IS NULL OR EXISTS (SELECT 1 FROM tickets own \
             WHERE own.id = notifications.ticket_id AND own.requester_id = notifications.user_id))"
        }
    }
}

/// Marks the groups of these notifications as read, each up to the notification named; gives how many
/// notifications that were. Identifiers of others' notifications are passed over.
///
/// # Errors
/// The database's.
pub async fn mark_read_ids(
    tx: &Tx,
    user: UserId,
    ids: &[NotificationId],
    now: Timestamp,
) -> Result<u64> {
    use table::Column;
    if ids.is_empty() {
        return Ok(0);
    }
    let heads: Vec<(i64, String, Option<i64>)> = table::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Kind, Column::TicketId])
        .filter(Column::UserId.eq(user.0))
        .filter(Column::Id.is_in(padded(ids).map(|id| id.0)))
        .into_tuple()
        .all(tx.connection().executor())
        .await?;
    if heads.is_empty() {
        return Ok(0);
    }
    let mut groups = Condition::any();
    for (id, kind, ticket) in heads {
        groups = groups.add(
            Condition::all()
                .add(match ticket {
                    Some(ticket) => Column::TicketId.eq(ticket),
                    None => Column::TicketId.is_null(),
                })
                .add(Column::Kind.eq(kind))
                .add(Column::Id.lte(id)),
        );
    }
    mark(tx, user, groups, now).await
}

/// Marks what somebody was told of a ticket as read, up to an entry or all of it; gives how many
/// notifications that were.
///
/// # Errors
/// The database's.
pub async fn mark_read_ticket(
    tx: &Tx,
    user: UserId,
    ticket: TicketId,
    up_to: Option<Seq>,
    now: Timestamp,
) -> Result<u64> {
    use table::Column;
    let of_ticket = Condition::all()
        .add(Column::TicketId.eq(ticket.0))
        .add_option(up_to.map(|seq| Column::Seq.lte(seq.0)));
    mark(tx, user, of_ticket, now).await
}

async fn mark(tx: &Tx, user: UserId, which: Condition, now: Timestamp) -> Result<u64> {
    let update = table::Entity::update_many()
        .col_expr(table::Column::ReadAt, Expr::value(now.0))
        .filter(table::Column::UserId.eq(user.0))
        .filter(table::Column::ReadAt.is_null())
        .filter(which);
    Ok(update.exec(tx.connection().executor()).await?.rows_affected)
}
