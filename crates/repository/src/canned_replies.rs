//! Canned replies.

use domain::{Body, CannedReply, CannedReplyId, CannedReplyName, Timestamp, UserId, limits};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entities::canned_replies as table;
use crate::{Error, Read, Result, Tx};

/// Those that this admin may use: their own and the shared ones, by name.
///
/// # Errors
/// The database's.
pub async fn list(from: &impl Read, admin: UserId) -> Result<Vec<CannedReply>> {
    let open = Condition::any()
        .add(table::Column::OwnerId.is_null())
        .add(table::Column::OwnerId.eq(admin.0));
    let rows = table::Entity::find()
        .filter(open)
        .order_by_asc(table::Column::Name)
        .order_by_asc(table::Column::Id)
        .limit(2 * u64::from(limits::CANNED_REPLIES_MAX))
        .all(from.connection().executor())
        .await?;
    rows.into_iter().map(CannedReply::try_from).collect()
}

/// How many this admin keeps, or how many all share.
///
/// # Errors
/// The database's.
pub async fn count(tx: &Tx, owner: Option<UserId>) -> Result<u64> {
    Ok(table::Entity::find()
        .filter(match owner {
            Some(owner) => table::Column::OwnerId.eq(owner.0),
            None => table::Column::OwnerId.is_null(),
        })
        .count(tx.connection().executor())
        .await?)
}

/// The reply, if there is one, held until the transaction ends.
///
/// # Errors
/// The database's.
pub async fn lock(tx: &Tx, id: CannedReplyId) -> Result<Option<CannedReply>> {
    let row = table::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(tx.connection().executor())
        .await?;
    row.map(CannedReply::try_from).transpose()
}

/// Keeps a new reply.
///
/// # Errors
/// The database's.
pub async fn add(
    tx: &Tx,
    owner: Option<UserId>,
    name: CannedReplyName,
    body: Body,
    now: Timestamp,
) -> Result<CannedReply> {
    let row = table::ActiveModel {
        id: NotSet,
        owner_id: Set(owner.map(|id| id.0)),
        name: Set(name.as_str().to_owned()),
        body: Set(body.as_str().to_owned()),
        created_at: Set(now.0),
        updated_at: Set(now.0),
    };
    let inserted = table::Entity::insert(row)
        .exec(tx.connection().executor())
        .await?;
    Ok(CannedReply {
        id: CannedReplyId(inserted.last_insert_id),
        owner,
        name,
        body,
    })
}

/// Stores a reply that was [locked](lock) and changed.
///
/// # Errors
/// One if there is no such reply.
pub async fn save(tx: &Tx, reply: &CannedReply, now: Timestamp) -> Result<()> {
    let updated = table::Entity::update_many()
        .set(table::ActiveModel {
            owner_id: Set(reply.owner.map(|id| id.0)),
            name: Set(reply.name.as_str().to_owned()),
            body: Set(reply.body.as_str().to_owned()),
            updated_at: Set(now.0),
            ..Default::default()
        })
        .filter(table::Column::Id.eq(reply.id.0))
        .exec(tx.connection().executor())
        .await?;
    match updated.rows_affected {
        0 => Err(Error::missing("canned_replies")),
        _ => Ok(()),
    }
}

/// Removes a reply.
///
/// # Errors
/// The database's.
pub async fn remove(tx: &Tx, id: CannedReplyId) -> Result<()> {
    table::Entity::delete_by_id(id.0)
        .exec(tx.connection().executor())
        .await?;
    Ok(())
}

impl TryFrom<table::Model> for CannedReply {
    type Error = Error;

    fn try_from(row: table::Model) -> Result<CannedReply> {
        Ok(CannedReply {
            id: CannedReplyId(row.id),
            owner: row.owner_id.map(UserId),
            name: CannedReplyName::parse(&row.name)
                .map_err(|_| Error::corrupt("canned_replies.name"))?,
            body: Body::parse(&row.body).map_err(|_| Error::corrupt("canned_replies.body"))?,
        })
    }
}
