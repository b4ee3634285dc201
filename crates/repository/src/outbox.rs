//! Entries that are committed and not yet announced.

use domain::{Seq, TicketId, Timestamp};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, SelectExt,
};

use crate::entities::{outbox as table, timeline};
use crate::{Read, Result, Tx};

/// Most rows that one statement removes.
const BATCH: usize = 128;

/// What waits to be announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutboxBacklog {
    /// Entries.
    pub rows: u64,
    /// When the oldest was made.
    pub oldest: Option<Timestamp>,
}

/// Notes that an entry is to be announced.
///
/// # Errors
/// The database's.
pub async fn add(tx: &Tx, ticket: TicketId, seq: Seq, now: Timestamp) -> Result<()> {
    let row = table::ActiveModel {
        ticket_id: Set(ticket.0),
        seq: Set(seq.0),
        created_at: Set(now.0),
    };
    table::Entity::insert(row)
        .exec_without_returning(tx.connection().executor())
        .await?;
    Ok(())
}

/// Entries noted before `then`, oldest first, that no other transaction is busy with. On MySQL they stay
/// this transaction's until it ends; on SQLite there is no other.
///
/// # Errors
/// The database's.
pub async fn older_than(tx: &Tx, then: Timestamp, limit: u32) -> Result<Vec<(TicketId, Seq)>> {
    let rows: Vec<(i64, i64)> = table::Entity::find()
        .select_only()
        .columns([table::Column::TicketId, table::Column::Seq])
        .filter(table::Column::CreatedAt.lt(then.0))
        .order_by_asc(table::Column::CreatedAt)
        .limit(u64::from(limit))
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_tuple()
        .all(tx.connection().executor())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(ticket, seq)| (TicketId(ticket), Seq(seq)))
        .collect())
}

/// Whether any entry was noted before `then`, without holding it.
///
/// # Errors
/// The database's.
pub async fn has_older_than(from: &impl Read, then: Timestamp) -> Result<bool> {
    let older = table::Entity::find().filter(table::Column::CreatedAt.lt(then.0));
    Ok(older.exists(from.connection().executor()).await?)
}

/// How much waits to be announced, and since when.
///
/// # Errors
/// The database's.
pub async fn backlog(from: &impl Read) -> Result<OutboxBacklog> {
    // The time of the row is when it was last claimed, so the entry's own is asked for.
    let entry = table::Entity::belongs_to(timeline::Entity)
        .from((table::Column::TicketId, table::Column::Seq))
        .to((timeline::Column::TicketId, timeline::Column::Seq))
        .into();
    let counted: Option<(i64, Option<i64>)> = table::Entity::find()
        .join(JoinType::InnerJoin, entry)
        .select_only()
        .column_as(table::Column::TicketId.count(), "rows_waiting")
        .column_as(timeline::Column::CreatedAt.min(), "oldest")
        .into_tuple()
        .one(from.connection().executor())
        .await?;
    let (rows, oldest) = counted.unwrap_or_default();
    Ok(OutboxBacklog {
        rows: rows.try_into().unwrap_or_default(),
        oldest: oldest.map(Timestamp),
    })
}

/// Forgets entries that were announced; those that are gone already do not matter.
///
/// # Errors
/// The database's.
pub async fn remove(tx: &Tx, entries: &[(TicketId, Seq)]) -> Result<()> {
    for batch in entries.chunks(BATCH) {
        // Alternatives rather than a list of pairs, for which MariaDB would read the whole table.
        let mut any = Condition::any();
        for (ticket, seq) in crate::lists::padded(batch) {
            any = any.add(
                Condition::all()
                    .add(table::Column::TicketId.eq(ticket.0))
                    .add(table::Column::Seq.eq(seq.0)),
            );
        }
        table::Entity::delete_many()
            .filter(any)
            .exec(tx.connection().executor())
            .await?;
    }
    Ok(())
}
