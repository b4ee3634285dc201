//! What queries run on: the database, a transaction or a snapshot.

use sea_orm::{DatabaseConnection, DatabaseExecutor, DatabaseTransaction};

use crate::{Db, Error, Result};

mod sealed {
    use super::Connection;

    pub trait Sealed: Sync {
        fn connection(&self) -> Connection<'_>;
    }
}

use sealed::Sealed;

/// A connection that nothing outside this crate can use.
pub struct Connection<'c>(DatabaseExecutor<'c>);

impl<'c> Connection<'c> {
    pub(crate) fn of_pool(pool: &'c DatabaseConnection) -> Connection<'c> {
        Connection(pool.into())
    }

    pub(crate) fn executor(&self) -> &DatabaseExecutor<'c> {
        &self.0
    }
}

/// Something that can be read from: [`Db`], [`Tx`] or [`Snapshot`].
pub trait Read: Sealed {}

/// A transaction that may write. Dropping it rolls it back.
#[must_use = "dropping a transaction rolls it back"]
pub struct Tx(pub(crate) DatabaseTransaction);

/// A state of the database that stays as it was when it was first read from.
#[must_use]
pub struct Snapshot(pub(crate) DatabaseTransaction);

impl Tx {
    pub(crate) fn connection(&self) -> Connection<'_> {
        Connection((&self.0).into())
    }

    /// Makes the writes durable and visible.
    ///
    /// # Errors
    /// The database's. If its [outcome is unknown](Error::is_unknown_outcome), nobody can tell whether the
    /// writes are stored: look for what they would have left before repeating them.
    pub async fn commit(self) -> Result<()> {
        self.0.commit().await.map_err(Error::of_commit)
    }

    /// Takes the writes back and waits until they are. Dropping does the same in the background.
    ///
    /// # Errors
    /// The database's.
    pub async fn rollback(self) -> Result<()> {
        self.0.rollback().await.map_err(Error::from)
    }
}

impl Sealed for Db {
    fn connection(&self) -> Connection<'_> {
        Connection::of_pool(self.reader())
    }
}

impl Sealed for Tx {
    fn connection(&self) -> Connection<'_> {
        Tx::connection(self)
    }
}

impl Sealed for Snapshot {
    fn connection(&self) -> Connection<'_> {
        Connection((&self.0).into())
    }
}

impl Read for Db {}
impl Read for Tx {}
impl Read for Snapshot {}
