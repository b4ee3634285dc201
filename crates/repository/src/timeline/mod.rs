//! The timelines of tickets.

use domain::{Audience, ClientId, Entry, EntryKind, Person, Seq, TicketId, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};

use crate::entities::{timeline as table, users};
use crate::lists::padded;
use crate::users::person;
use crate::{Read, Result, Tx};

mod payload;
mod row;

use row::{Row, select};

/// Stores an entry.
///
/// # Errors
/// [`Unique::ClientId`](crate::Unique::ClientId) if its author's client has used the identifier before.
pub async fn add(tx: &Tx, entry: &Entry) -> Result<()> {
    table::Entity::insert(new_row(entry)?)
        .exec_without_returning(tx.connection().executor())
        .await?;
    Ok(())
}

/// The row of a new entry.
pub(crate) fn new_row(entry: &Entry) -> Result<table::ActiveModel> {
    Ok(table::ActiveModel {
        ticket_id: Set(entry.ticket_id.0),
        seq: Set(entry.seq.0),
        kind: Set(entry.kind().as_str().to_owned()),
        actor_id: Set(entry.actor.id.0),
        body: Set(entry.change.body().map(|body| body.as_str().to_owned())),
        payload: Set(payload::write(&entry.change)?),
        client_id: Set(entry.client_id.map(|id| id.0)),
        created_at: Set(entry.created_at.0),
    })
}

/// The first entries after a place, in order.
///
/// # Errors
/// The database's.
pub async fn after(
    from: &impl Read,
    ticket: TicketId,
    after: Seq,
    limit: u32,
) -> Result<Vec<Entry>> {
    let query = of_ticket(ticket)
        .filter(table::Column::Seq.gt(after.0))
        .order_by_asc(table::Column::Seq)
        .limit(u64::from(limit));
    all(from, query).await
}

/// The first entries of these kinds after a place that are not by `author`, in order. What is passed over is not
/// read, but for who made it and what it is.
///
/// # Errors
/// The database's.
pub async fn of_others_after(
    from: &impl Read,
    ticket: TicketId,
    after: Seq,
    author: UserId,
    kinds: &[EntryKind],
    limit: u32,
) -> Result<Vec<Entry>> {
    let query = of_ticket(ticket)
        .filter(table::Column::Seq.gt(after.0))
        .filter(table::Column::ActorId.ne(author.0))
        .filter(table::Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str())))
        .order_by_asc(table::Column::Seq)
        .limit(u64::from(limit));
    all(from, query).await
}

/// The last entries before a place, in order.
///
/// # Errors
/// The database's.
pub async fn before(
    from: &impl Read,
    ticket: TicketId,
    before: Seq,
    limit: u32,
) -> Result<Vec<Entry>> {
    let query = of_ticket(ticket).filter(table::Column::Seq.lt(before.0));
    last(from, query, limit).await
}

/// The latest entries, in order.
///
/// # Errors
/// The database's.
pub async fn latest(from: &impl Read, ticket: TicketId, limit: u32) -> Result<Vec<Entry>> {
    last(from, of_ticket(ticket), limit).await
}

/// The entry at a place, if there is one.
///
/// # Errors
/// The database's.
pub async fn find(from: &impl Read, ticket: TicketId, seq: Seq) -> Result<Option<Entry>> {
    one(from, of_ticket(ticket).filter(table::Column::Seq.eq(seq.0))).await
}

/// How many places a query names at most.
const PLACES_MAX: usize = 128;

/// The entries at these places, in no order.
///
/// # Errors
/// The database's.
pub async fn find_all(from: &impl Read, places: &[(TicketId, Seq)]) -> Result<Vec<Entry>> {
    let mut entries = Vec::with_capacity(places.len());
    for some in places.chunks(PLACES_MAX) {
        let mut which = Condition::any();
        for (ticket, seq) in padded(some) {
            which = which.add(
                Condition::all()
                    .add(table::Column::TicketId.eq(ticket.0))
                    .add(table::Column::Seq.eq(seq.0)),
            );
        }
        entries.extend(all(from, select().filter(which)).await?);
    }
    Ok(entries)
}

/// The places of the entries made from `from` on and before `to`, oldest first.
///
/// # Errors
/// The database's.
pub async fn made_between(
    from_db: &impl Read,
    from: Timestamp,
    to: Timestamp,
    limit: u32,
) -> Result<Vec<(TicketId, Seq)>> {
    let rows: Vec<(i64, i64)> = table::Entity::find()
        .select_only()
        .columns([table::Column::TicketId, table::Column::Seq])
        .filter(table::Column::CreatedAt.gte(from.0))
        .filter(table::Column::CreatedAt.lt(to.0))
        .order_by_asc(table::Column::CreatedAt)
        .limit(u64::from(limit))
        .into_tuple()
        .all(from_db.connection().executor())
        .await?;
    let places = rows.into_iter();
    Ok(places
        .map(|(ticket, seq)| (TicketId(ticket), Seq(seq)))
        .collect())
}

/// The entry that a write made to which its author's client gave this identifier, if it made one.
///
/// # Errors
/// The database's.
pub async fn find_by_client_id(
    from: &impl Read,
    author: UserId,
    client_id: ClientId,
) -> Result<Option<Entry>> {
    let query = select()
        .filter(table::Column::ActorId.eq(author.0))
        .filter(table::Column::ClientId.eq(client_id.0));
    one(from, query).await
}

/// Those who made an entry that this audience may see, each once.
///
/// # Errors
/// The database's.
pub async fn authors(
    from: &impl Read,
    ticket: TicketId,
    audience: Audience,
) -> Result<Vec<Person>> {
    let visible = EntryKind::ALL
        .iter()
        .filter(|kind| kind.visible_to(audience));
    let visible: Vec<_> = visible.map(|kind| kind.as_str()).collect();
    let made = table::Entity::find()
        .select_only()
        .column(table::Column::ActorId)
        .filter(table::Column::TicketId.eq(ticket.0))
        .filter(table::Column::Kind.is_in(visible))
        .into_query();
    let rows = users::Entity::find()
        .filter(users::Column::Id.in_subquery(made))
        .order_by_asc(users::Column::Id)
        .all(from.connection().executor())
        .await?;
    rows.into_iter()
        .map(|row| person(row.id, row.name, &row.role))
        .collect()
}

fn of_ticket(ticket: TicketId) -> Select<table::Entity> {
    select().filter(table::Column::TicketId.eq(ticket.0))
}

async fn last(from: &impl Read, query: Select<table::Entity>, limit: u32) -> Result<Vec<Entry>> {
    let query = query
        .order_by_desc(table::Column::Seq)
        .limit(u64::from(limit));
    let mut entries = all(from, query).await?;
    entries.reverse();
    Ok(entries)
}

async fn all(from: &impl Read, query: Select<table::Entity>) -> Result<Vec<Entry>> {
    let rows = query
        .into_model::<Row>()
        .all(from.connection().executor())
        .await?;
    rows.into_iter().map(Entry::try_from).collect()
}

async fn one(from: &impl Read, query: Select<table::Entity>) -> Result<Option<Entry>> {
    let row = query
        .into_model::<Row>()
        .one(from.connection().executor())
        .await?;
    row.map(Entry::try_from).transpose()
}
