//! Accounts in the hands of admins and of the operator: finding them, role, disabling, signing out.

use auth::{AuthError, Session, VerifiedSession};
use domain::{Email, Role, User, UserId};
use repository::Tx;
use repository::users::UserQuery;
use tracing::warn;

use crate::audit::{self, Event};
use crate::error::AccountError;
use crate::retry::retrying;
use crate::revocations::Revocations;
use crate::standing;
use crate::write::Writes;

/// Use cases of other people's accounts.
#[derive(Clone)]
pub struct UserService {
    writes: Writes,
    revocations: Revocations,
}

/// What an admin changes; nothing where it is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct UserChange {
    /// Customer or staff.
    pub role: Option<Role>,
    /// Whether the account is locked out.
    pub disabled: Option<bool>,
}

/// Which accounts, from where on, and how many.
#[derive(Clone, Debug)]
pub struct UserFilter {
    /// Part of the name or the address.
    pub text: Option<String>,
    /// Of this role.
    pub role: Option<Role>,
    /// Locked out, or not.
    pub disabled: Option<bool>,
    /// Where the page before ended.
    pub before: Option<UserId>,
    /// How many at most.
    pub limit: u32,
}

/// A page of accounts, the newest first.
pub struct UserPage {
    /// The accounts.
    pub items: Vec<User>,
    /// Where it ended, if there are more.
    pub next: Option<UserId>,
}

impl UserService {
    pub(crate) fn new(writes: Writes, revocations: Revocations) -> UserService {
        UserService {
            writes,
            revocations,
        }
    }

    /// Accounts that match.
    ///
    /// # Errors
    /// [`AccountError::Forbidden`].
    pub async fn list(
        &self,
        session: &VerifiedSession,
        filter: UserFilter,
    ) -> Result<UserPage, AccountError> {
        standing::admin(session)?;
        let query = UserQuery {
            text: filter.text,
            role: filter.role,
            disabled: filter.disabled,
            before: filter.before,
            limit: filter.limit,
        };
        let page = repository::users::list(&self.writes.db, &query).await?;
        Ok(UserPage {
            items: page.items,
            next: page.next,
        })
    }

    /// An account.
    ///
    /// # Errors
    /// [`AccountError::Forbidden`], [`AccountError::NotFound`].
    pub async fn read(&self, session: &VerifiedSession, id: UserId) -> Result<User, AccountError> {
        standing::admin(session)?;
        let found = repository::users::find(&self.writes.db, id).await?;
        found.ok_or(AccountError::NotFound)
    }

    /// The sessions of an account, the newest first.
    ///
    /// # Errors
    /// [`AccountError::Forbidden`], [`AccountError::NotFound`], and when the session store is down.
    pub async fn sessions(
        &self,
        session: &VerifiedSession,
        id: UserId,
    ) -> Result<Vec<Session>, AccountError> {
        let user = self.read(session, id).await?;
        let sessions = self.revocations.authenticator().sessions();
        Ok(sessions.list(user.id).await.map_err(AuthError::from)?)
    }

    /// Changes an account. A new role and disabling end all its sessions and make its links worthless. The tickets of
    /// who is no enabled admin go back to nobody, soon after.
    ///
    /// # Errors
    /// [`AccountError::Forbidden`], [`AccountError::NotFound`], [`AccountError::LastAdmin`].
    pub async fn update(
        &self,
        session: &VerifiedSession,
        id: UserId,
        change: UserChange,
    ) -> Result<User, AccountError> {
        let (service, actor) = (self.clone(), standing::admin(session)?);
        let session = session.clone();
        Writes::to_end(async move {
            let authenticator = service.revocations.authenticator();
            let update = |session| service.try_update(Some(session), id, change);
            let changed = standing::in_good_standing(authenticator, &session, update).await?;
            if !is_enabled_admin(&changed.1) {
                service.writes.begin_release_of(id, actor);
            }
            service.enforce(changed, Some(actor)).await
        })
        .await
    }

    /// The same for the operator at the command line, who waits for the tickets.
    ///
    /// # Errors
    /// [`AccountError::NotFound`], [`AccountError::LastAdmin`].
    pub async fn update_as_operator(
        &self,
        email: &Email,
        change: UserChange,
    ) -> Result<User, AccountError> {
        let found = repository::users::find_by_email(&self.writes.db, email).await?;
        let id = found.ok_or(AccountError::NotFound)?.user.id;
        let changed = retrying(|| self.try_update(None, id, change)).await?;
        let is_former = !is_enabled_admin(&changed.1);
        let enforced = self.enforce(changed, None).await;
        if is_former && let Err(cause) = self.writes.release_of(id, None).await {
            warn!(user.id = %id, %cause, "Left tickets of a former admin to a later round");
        }
        enforced
    }

    async fn enforce(
        &self,
        (before, user): (User, User),
        actor: Option<UserId>,
    ) -> Result<User, AccountError> {
        for event in events(&before, &user) {
            let line = audit::about(event, user.id).detail(user.role.as_str());
            match actor {
                Some(actor) => line.by(actor).write(),
                None => line.write(),
            }
        }
        // Also when nothing has changed: the session store may have missed it the last time.
        self.revocations.enforce(&user, None).await?;
        Ok(user)
    }

    async fn try_update(
        &self,
        actor: Option<VerifiedSession>,
        id: UserId,
        change: UserChange,
    ) -> Result<(User, User), AccountError> {
        let tx = self.writes.db.begin().await?;
        let admins = match actor {
            Some(session) => standing::lock_admins(&tx, &session).await?,
            None => {
                let admins = repository::users::lock_enabled_admins(&tx).await?;
                admins.into_iter().map(|(id, _)| id).collect()
            }
        };
        let before = lock(&tx, id).await?;
        let now = self.writes.clock.now();
        let mut user = before.clone();
        user.role = change.role.unwrap_or(user.role);
        user.disabled_at = match change.disabled {
            Some(true) => user.disabled_at.or(Some(now)),
            Some(false) => None,
            None => user.disabled_at,
        };
        if admins == [id] && !is_enabled_admin(&user) {
            return Err(AccountError::LastAdmin);
        }
        let disabled = before.disabled_at.is_none() && user.disabled_at.is_some();
        if user.role != before.role || disabled {
            repository::password_resets::remove_of_and_by(&tx, id).await?;
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
        let (service, actor) = (self.clone(), standing::admin(session)?);
        let session = session.clone();
        Writes::to_end(async move {
            let authenticator = service.revocations.authenticator();
            let raise = |session| service.try_raise(session, id);
            let user = standing::in_good_standing(authenticator, &session, raise).await?;
            audit::about(Event::AllSessionsEnded, user.id)
                .by(actor)
                .write();
            service.revocations.enforce(&user, None).await
        })
        .await
    }

    async fn try_raise(&self, actor: VerifiedSession, id: UserId) -> Result<User, AccountError> {
        let tx = self.writes.db.begin().await?;
        standing::lock_admins(&tx, &actor).await?;
        let mut user = lock(&tx, id).await?;
        self.revocations.store_next_epoch(&tx, &mut user).await?;
        tx.commit().await?;
        Ok(user)
    }
}

fn is_enabled_admin(user: &User) -> bool {
    user.role == Role::Admin && user.disabled_at.is_none()
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
