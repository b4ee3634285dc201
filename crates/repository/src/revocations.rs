//! What ended sessions before their time, kept as long as a session could have lived.

use domain::{SessionId, Timestamp, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select};

use crate::entities::revocations as table;
use crate::{Error, Read, Result, Tx};

/// What was revoked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revoked {
    /// One session.
    Session(SessionId),
    /// All sessions of a lower epoch.
    Epoch(i64),
}

/// Notes what was revoked of a user, until `expires_at`. The same session again changes nothing.
///
/// # Errors
/// The database's.
pub async fn add(
    tx: &Tx,
    user: UserId,
    revoked: Revoked,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    let (session_id, epoch) = match revoked {
        Revoked::Session(id) => (Some(id.as_str().to_owned()), None),
        Revoked::Epoch(epoch) => (None, Some(epoch)),
    };
    let row = table::ActiveModel {
        id: NotSet,
        user_id: Set(user.0),
        session_id: Set(session_id),
        epoch: Set(epoch),
        created_at: Set(now.0),
        expires_at: Set(expires_at.0),
    };
    let again = OnConflict::column(table::Column::SessionId)
        .do_nothing_on([table::Column::SessionId])
        .to_owned();
    table::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx.connection().executor())
        .await?;
    Ok(())
}

/// All that have not expired, the oldest first.
///
/// # Errors
/// The database's.
pub async fn current(from: &impl Read, now: Timestamp) -> Result<Vec<(UserId, Revoked)>> {
    let current = table::Entity::find().filter(table::Column::ExpiresAt.gt(now.0));
    read(from, current).await
}

/// Those made from `begin` on and before `end`, the oldest first.
///
/// # Errors
/// The database's.
pub async fn made_between(
    from: &impl Read,
    begin: Timestamp,
    end: Timestamp,
) -> Result<Vec<(UserId, Revoked)>> {
    let made = table::Entity::find()
        .filter(table::Column::CreatedAt.gte(begin.0))
        .filter(table::Column::CreatedAt.lt(end.0));
    read(from, made).await
}

async fn read(from: &impl Read, rows: Select<table::Entity>) -> Result<Vec<(UserId, Revoked)>> {
    let rows = rows
        .order_by_asc(table::Column::Id)
        .all(from.connection().executor())
        .await?;
    let revoked = rows.into_iter().map(|row| {
        let revoked = match (row.session_id, row.epoch) {
            (Some(id), None) => Revoked::Session(SessionId::new(id)),
            (None, Some(epoch)) => Revoked::Epoch(epoch),
            _ => return Err(Error::corrupt("revocations")),
        };
        Ok((UserId(row.user_id), revoked))
    });
    revoked.collect()
}

/// Forgets what has expired: no session lives that long. How many they were.
///
/// # Errors
/// The database's.
pub async fn remove_expired(tx: &Tx, now: Timestamp) -> Result<u64> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::ExpiresAt.lte(now.0))
        .exec(tx.connection().executor())
        .await?;
    Ok(removed.rows_affected)
}
