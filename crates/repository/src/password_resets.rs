//! One-time links that set a new password: at most one of each account, known by the hash of its token.

use domain::{Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

use crate::entities::password_resets as table;
use crate::{Read, Result, Tx};

/// A link as it is stored.
#[derive(Clone, Debug)]
pub struct PasswordReset {
    /// Whose password it sets.
    pub user_id: UserId,
    /// Hash of the token in the link.
    pub token_hash: String,
    /// The admin who made it; none: the operator at the command line.
    pub created_by: Option<UserId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Stores a link in the place of any other of the same account.
///
/// # Errors
/// The database's.
pub async fn replace(tx: &Tx, reset: PasswordReset) -> Result<()> {
    remove_of(tx, reset.user_id).await?;
    let row = table::ActiveModel {
        user_id: Set(reset.user_id.0),
        token_hash: Set(reset.token_hash),
        created_by: Set(reset.created_by.map(|id| id.0)),
        created_at: Set(reset.created_at.0),
        expires_at: Set(reset.expires_at.0),
    };
    table::Entity::insert(row)
        .exec_without_returning(tx.connection().executor())
        .await?;
    Ok(())
}

/// Whose password the link sets, if there is one that has not ended.
///
/// # Errors
/// The database's.
pub async fn find(from: &impl Read, token_hash: &str, now: Timestamp) -> Result<Option<UserId>> {
    let row = table::Entity::find()
        .filter(table::Column::TokenHash.eq(token_hash))
        .filter(table::Column::ExpiresAt.gt(now.0))
        .one(from.connection().executor())
        .await?;
    Ok(row.map(|row| UserId(row.user_id)))
}

/// Uses the link up; false if somebody else was faster, or it has ended.
///
/// # Errors
/// The database's.
pub async fn take(tx: &Tx, token_hash: &str, now: Timestamp) -> Result<bool> {
    let removed = table::Entity::delete_many()
        .filter(table::Column::TokenHash.eq(token_hash))
        .filter(table::Column::ExpiresAt.gt(now.0))
        .exec(tx.connection().executor())
        .await?;
    Ok(removed.rows_affected == 1)
}

/// Makes the account's link worthless, if it has one.
///
/// # Errors
/// The database's.
pub async fn remove_of(tx: &Tx, user: UserId) -> Result<()> {
    table::Entity::delete_by_id(user.0)
        .exec(tx.connection().executor())
        .await?;
    Ok(())
}

/// Makes worthless the account's link and those that it has made for others.
///
/// # Errors
/// The database's.
pub async fn remove_of_and_by(tx: &Tx, user: UserId) -> Result<()> {
    let of_or_by = Condition::any()
        .add(table::Column::UserId.eq(user.0))
        .add(table::Column::CreatedBy.eq(user.0));
    table::Entity::delete_many()
        .filter(of_or_by)
        .exec(tx.connection().executor())
        .await?;
    Ok(())
}

/// Forgets links that have ended.
///
/// # Errors
/// The database's.
pub async fn remove_expired(tx: &Tx, now: Timestamp) -> Result<()> {
    table::Entity::delete_many()
        .filter(table::Column::ExpiresAt.lte(now.0))
        .exec(tx.connection().executor())
        .await?;
    Ok(())
}
