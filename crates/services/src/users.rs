//! Accounts in the hands of admins: role, disabling, signing out.

use auth::VerifiedSession;
use domain::{Clock, Role, User, UserId};
use repository::{Db, Tx};
use std::sync::Arc;

use crate::audit::{self, Event};
use crate::error::AccountError;
use crate::retry::retrying;
use crate::revocations::Revocations;
use crate::write::Writes;

/// Use cases of other people's accounts. All are for admins.
#[derive(Clone)]
pub struct UserService {
    db: Db,
    revocations: Revocations,
    clock: Arc<dyn Clock>,
}

/// What an admin changes; nothing where it is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct UserChange {
    /// Customer or staff.
    pub role: Option<Role>,
    /// Whether the account is locked out.
    pub disabled: Option<bool>,
}

/// That somebody is an admin, and who.
pub(crate) fn admin(session: &VerifiedSession) -> Result<UserId, AccountError> {
    match session.role() {
        Role::Admin => Ok(session.user_id()),
        Role::User => Err(AccountError::Forbidden),
    }
}

impl UserService {
    pub(crate) fn new(db: Db, revocations: Revocations, clock: Arc<dyn Clock>) -> UserService {
        UserService {
            db,
            revocations,
            clock,
        }
    }

    /// Changes an account. A new role and disabling end all its sessions.
    ///
    /// # Errors
    /// [`AccountError::Forbidden`], [`AccountError::NotFound`], [`AccountError::LastAdmin`].
    pub async fn update(
        &self,
        session: &VerifiedSession,
        id: UserId,
        change: UserChange,
    ) -> Result<User, AccountError> {
        let (service, actor) = (self.clone(), admin(session)?);
        Writes::to_end(async move {
            let (before, user) = retrying(|| service.try_update(id, change)).await?;
            for event in events(&before, &user) {
                let line = audit::about(event, user.id).by(actor);
                line.detail(user.role.as_str()).write();
            }
            // Also when nothing has changed: the session store may have missed it the last time.
            service.revocations.enforce(&user, None).await?;
            Ok(user)
        })
        .await
    }

    async fn try_update(
        &self,
        id: UserId,
        change: UserChange,
    ) -> Result<(User, User), AccountError> {
        let tx = self.db.begin().await?;
        // The admins first, so that everybody locks in the same order.
        let admins = repository::users::lock_enabled_admins(&tx).await?;
        let before = lock(&tx, id).await?;
        let now = self.clock.now();
        let mut user = before.clone();
        user.role = change.role.unwrap_or(user.role);
        user.disabled_at = match change.disabled {
            Some(true) => user.disabled_at.or(Some(now)),
            Some(false) => None,
            None => user.disabled_at,
        };
        let stays_admin = user.role == Role::Admin && user.disabled_at.is_none();
        if admins == [id] && !stays_admin {
            return Err(AccountError::LastAdmin);
        }
        let disabled = before.disabled_at.is_none() && user.disabled_at.is_some();
        if user.role != before.role || disabled {
            self.revocations.store_next_epoch(&tx, &mut user).await?;
        } else {
            repository::users::save_standing(&tx, &user, now).await?;
        }
        tx.commit().await?;
        Ok((before, user))
    }

    /// Signs somebody out everywhere.
    ///
    /// # Errors
    /// [`AccountError::Forbidden`], [`AccountError::NotFound`].
    pub async fn end_sessions(
        &self,
        session: &VerifiedSession,
        id: UserId,
    ) -> Result<(), AccountError> {
        let (service, actor) = (self.clone(), admin(session)?);
        Writes::to_end(async move {
            let user = retrying(|| service.try_raise(id)).await?;
            audit::about(Event::AllSessionsEnded, user.id)
                .by(actor)
                .write();
            service.revocations.enforce(&user, None).await
        })
        .await
    }

    async fn try_raise(&self, id: UserId) -> Result<User, AccountError> {
        let tx = self.db.begin().await?;
        let mut user = lock(&tx, id).await?;
        self.revocations.store_next_epoch(&tx, &mut user).await?;
        tx.commit().await?;
        Ok(user)
    }
}

async fn lock(tx: &Tx, id: UserId) -> Result<User, AccountError> {
    let locked = repository::users::lock(tx, id).await?;
    Ok(locked.ok_or(AccountError::NotFound)?.user)
}

/// What is to be said of a change.
fn events(before: &User, after: &User) -> Vec<Event> {
    let mut events = Vec::new();
    if before.role != after.role {
        events.push(Event::RoleChanged);
    }
    match (before.disabled_at, after.disabled_at) {
        (None, Some(_)) => events.push(Event::AccountDisabled),
        (Some(_), None) => events.push(Event::AccountEnabled),
        _ => {}
    }
    events
}
