//! Rows by the thousand, under identifiers that the caller gives: for tickets that did not happen here.
//!
//! Nobody is told of them, and nothing is checked but what the database checks itself.

use domain::{Entry, Seq, Ticket, TicketId, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QuerySelect};

use crate::entities::{read_cursors, tickets, timeline, users};
use crate::users::NewUser;
use crate::{Result, Tx};

/// Parameters of one statement: SQLite takes at most 32,766, MySQL 65,535.
const PARAMETERS: usize = 16_000;

/// How far somebody has read a ticket, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadCursor {
    /// Who.
    pub user: UserId,
    /// What.
    pub ticket: TicketId,
    /// Up to here.
    pub seq: Seq,
    /// When it came there.
    pub at: Timestamp,
}

/// An identifier from which on no account has one.
///
/// # Errors
/// The database's.
pub async fn next_user_id(tx: &Tx) -> Result<UserId> {
    let last: Option<Option<i64>> = users::Entity::find()
        .select_only()
        .column_as(users::Column::Id.max(), "last")
        .into_tuple()
        .one(tx.connection().executor())
        .await?;
    Ok(UserId(last.flatten().unwrap_or(0) + 1))
}

/// An identifier from which on no ticket has one.
///
/// # Errors
/// The database's.
pub async fn next_ticket_id(tx: &Tx) -> Result<TicketId> {
    let last: Option<Option<i64>> = tickets::Entity::find()
        .select_only()
        .column_as(tickets::Column::Id.max(), "last")
        .into_tuple()
        .one(tx.connection().executor())
        .await?;
    Ok(TicketId(last.flatten().unwrap_or(0) + 1))
}

/// Stores accounts.
///
/// # Errors
/// The database's, as for an identifier or address that is taken.
pub async fn add_users(tx: &Tx, new: &[(UserId, NewUser)]) -> Result<()> {
    let rows = new.iter().map(|(id, new)| users::ActiveModel {
        id: Set(id.0),
        ..crate::users::row(new)
    });
    insert::<users::Entity, _>(tx, rows).await
}

/// Stores tickets as they stand.
///
/// # Errors
/// The database's, as for an identifier that is taken.
pub async fn add_tickets(tx: &Tx, all: &[Ticket]) -> Result<()> {
    insert::<tickets::Entity, _>(tx, all.iter().map(crate::tickets::whole_row)).await
}

/// Stores entries of tickets that are there.
///
/// # Errors
/// The database's, as for a place that is taken.
pub async fn add_entries(tx: &Tx, all: &[Entry]) -> Result<()> {
    let rows = all.iter().map(crate::timeline::new_row);
    let rows = rows.collect::<Result<Vec<_>>>()?;
    insert::<timeline::Entity, _>(tx, rows).await
}

/// Stores read cursors of those who have none in these tickets.
///
/// # Errors
/// The database's.
pub async fn add_read_cursors(tx: &Tx, all: &[ReadCursor]) -> Result<()> {
    let rows = all.iter().map(|cursor| read_cursors::ActiveModel {
        user_id: Set(cursor.user.0),
        ticket_id: Set(cursor.ticket.0),
        seq: Set(cursor.seq.0),
        updated_at: Set(cursor.at.0),
        first_at: Set(Some(cursor.at.0)),
    });
    insert::<read_cursors::Entity, _>(tx, rows).await
}

async fn insert<E, A>(tx: &Tx, rows: impl IntoIterator<Item = A>) -> Result<()>
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E>,
{
    use sea_orm::Iterable as _;
    let at_once = PARAMETERS / E::Column::iter().count().max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some: Vec<A> = rows.by_ref().take(at_once).collect();
        E::insert_many(some)
            .exec_without_returning(tx.connection().executor())
            .await?;
    }
    Ok(())
}
