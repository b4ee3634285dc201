//! Canned replies, each admin's own and those that all share.

use std::sync::Arc;

use auth::VerifiedSession;
use domain::{Body, CannedReply, CannedReplyId, CannedReplyName, Clock, UserId, limits};
use repository::{Db, Tx};

use crate::error::CannedReplyError;
use crate::retry::retrying;
use crate::standing;
use crate::write::Writes;

/// Use cases of canned replies.
#[derive(Clone)]
pub struct CannedReplyService {
    db: Db,
    clock: Arc<dyn Clock>,
}

/// A reply to be kept.
#[derive(Clone, Debug)]
pub struct NewCannedReply {
    /// What it is found by.
    pub name: CannedReplyName,
    /// The text.
    pub body: Body,
    /// Whether all admins have it.
    pub shared: bool,
}

/// What an admin changes; nothing where it is none.
#[derive(Clone, Debug, Default)]
pub struct CannedReplyChange {
    /// What it is found by.
    pub name: Option<CannedReplyName>,
    /// The text.
    pub body: Option<Body>,
    /// Whether all admins have it; otherwise it becomes that of whoever changes it.
    pub shared: Option<bool>,
}

impl CannedReplyService {
    pub(crate) fn new(db: Db, clock: Arc<dyn Clock>) -> CannedReplyService {
        CannedReplyService { db, clock }
    }

    /// The viewer's own replies and the shared ones, by name.
    ///
    /// # Errors
    /// [`CannedReplyError::Forbidden`].
    pub async fn list(
        &self,
        session: &VerifiedSession,
    ) -> Result<Vec<CannedReply>, CannedReplyError> {
        let admin = admin(session)?;
        Ok(repository::canned_replies::list(&self.db, admin).await?)
    }

    /// Keeps a new reply.
    ///
    /// # Errors
    /// [`CannedReplyError::Forbidden`], [`CannedReplyError::TooMany`].
    pub async fn add(
        &self,
        session: &VerifiedSession,
        new: NewCannedReply,
    ) -> Result<CannedReply, CannedReplyError> {
        let (service, admin) = (self.clone(), admin(session)?);
        let add = async move { retrying(|| service.try_add(admin, &new)).await };
        Writes::to_end(add).await
    }

    async fn try_add(
        &self,
        admin: UserId,
        new: &NewCannedReply,
    ) -> Result<CannedReply, CannedReplyError> {
        let owner = (!new.shared).then_some(admin);
        let (name, body) = (new.name.clone(), new.body.clone());
        let tx = self.db.begin().await?;
        check_room(&tx, owner).await?;
        let now = self.clock.now();
        let reply = repository::canned_replies::add(&tx, owner, name, body, now).await?;
        tx.commit().await?;
        Ok(reply)
    }

    /// Changes a reply that is open to the viewer.
    ///
    /// # Errors
    /// [`CannedReplyError::Forbidden`], [`CannedReplyError::NotFound`], [`CannedReplyError::TooMany`].
    pub async fn update(
        &self,
        session: &VerifiedSession,
        id: CannedReplyId,
        change: CannedReplyChange,
    ) -> Result<CannedReply, CannedReplyError> {
        let (service, admin) = (self.clone(), admin(session)?);
        let update = async move { retrying(|| service.try_update(admin, id, &change)).await };
        Writes::to_end(update).await
    }

    async fn try_update(
        &self,
        admin: UserId,
        id: CannedReplyId,
        change: &CannedReplyChange,
    ) -> Result<CannedReply, CannedReplyError> {
        let tx = self.db.begin().await?;
        let before = lock(&tx, admin, id).await?;
        let reply = CannedReply {
            id,
            owner: match change.shared {
                None => before.owner,
                Some(true) => None,
                Some(false) => Some(admin),
            },
            name: change.name.clone().unwrap_or(before.name),
            body: change.body.clone().unwrap_or(before.body),
        };
        if reply.owner != before.owner {
            check_room(&tx, reply.owner).await?;
        }
        repository::canned_replies::save(&tx, &reply, self.clock.now()).await?;
        tx.commit().await?;
        Ok(reply)
    }

    /// Removes a reply that is open to the viewer.
    ///
    /// # Errors
    /// [`CannedReplyError::Forbidden`], [`CannedReplyError::NotFound`].
    pub async fn remove(
        &self,
        session: &VerifiedSession,
        id: CannedReplyId,
    ) -> Result<(), CannedReplyError> {
        let (service, admin) = (self.clone(), admin(session)?);
        Writes::to_end(async move { retrying(|| service.try_remove(admin, id)).await }).await
    }

    async fn try_remove(&self, admin: UserId, id: CannedReplyId) -> Result<(), CannedReplyError> {
        let tx = self.db.begin().await?;
        lock(&tx, admin, id).await?;
        repository::canned_replies::remove(&tx, id).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn admin(session: &VerifiedSession) -> Result<UserId, CannedReplyError> {
    standing::admin_or(session, CannedReplyError::Forbidden)
}

/// A reply of another admin's own is as if it were not there.
async fn lock(tx: &Tx, admin: UserId, id: CannedReplyId) -> Result<CannedReply, CannedReplyError> {
    let found = repository::canned_replies::lock(tx, id).await?;
    let open = found.filter(|reply| reply.is_open_to(admin));
    open.ok_or(CannedReplyError::NotFound)
}

/// Two at once may exceed the limit by one, which bounds a list and nothing else.
async fn check_room(tx: &Tx, owner: Option<UserId>) -> Result<(), CannedReplyError> {
    let present = repository::canned_replies::count(tx, owner).await?;
    match present < u64::from(limits::CANNED_REPLIES_MAX) {
        true => Ok(()),
        false => Err(CannedReplyError::TooMany),
    }
}
