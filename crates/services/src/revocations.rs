//! Revocations: stored with what caused them, then in force in the session store.
//!
//! The database is told first. If the session store cannot be told, the caller hears so, and all
//! revocations are put into the store before it is next asked for anything.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use auth::sessions::LONGEST_SESSION;
use auth::{AuthError, Authenticator, Revocation, RevocationSource, SessionError, VerifiedSession};
use domain::{Clock, SessionId, User, UserId};
use repository::revocations::{self, Revoked};
use repository::users::Credentials;
use repository::{Db, Tx};
use tracing::{error, info, warn};

use crate::Database;
use crate::error::AccountError;
use crate::retry::retrying;

/// How often, and after which pause, a session that an account has voided is looked at again: what voided it
/// may have spared it and not be in force yet.
const LOOK_AGAIN: (usize, Duration) = (5, Duration::from_millis(50));
/// How often what has expired is forgotten.
const TIDY_EVERY: Duration = Duration::from_secs(60 * 60);

/// The revocations that the database holds.
#[derive(Clone)]
pub struct RevocationLog {
    db: Db,
    clock: Arc<dyn Clock>,
}

impl RevocationLog {
    /// Reads them from this database.
    #[must_use]
    pub fn new(database: &Database, clock: Arc<dyn Clock>) -> RevocationLog {
        RevocationLog {
            db: database.db.clone(),
            clock,
        }
    }

    /// Forgets every hour what has expired, with one-time links that have ended; forever.
    pub async fn keep_tidy(&self) {
        let mut round = tokio::time::interval(TIDY_EVERY);
        round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            round.tick().await;
            match retrying(|| self.tidy()).await {
                Ok(0) => {}
                Ok(count) => info!(count, "Forgot expired revocations"),
                Err(cause) => warn!(%cause, "Could not forget expired revocations"),
            }
        }
    }

    /// Forgets what has expired, and gives how many revocations that was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tidy(&self) -> Result<u64, AccountError> {
        let now = self.clock.now();
        let tx = self.db.begin().await?;
        let count = revocations::remove_expired(&tx, now).await?;
        repository::password_resets::remove_expired(&tx, now).await?;
        tx.commit().await?;
        Ok(count)
    }
}

#[async_trait]
impl RevocationSource for RevocationLog {
    async fn revocations(&self) -> Result<Vec<Revocation>, SessionError> {
        let current = revocations::current(&self.db, self.clock.now()).await;
        let current = current.map_err(|cause| {
            error!(%cause, "Could not read the revocations");
            SessionError::Unavailable
        })?;
        Ok(current
            .into_iter()
            .map(|(user_id, revoked)| match revoked {
                Revoked::Session(session_id) => Revocation::Session {
                    user_id,
                    session_id,
                },
                Revoked::Epoch(epoch) => Revocation::Epoch { user_id, epoch },
            })
            .collect())
    }
}

/// What use cases end sessions with.
#[derive(Clone)]
pub(crate) struct Revocations {
    db: Db,
    authenticator: Arc<Authenticator>,
    clock: Arc<dyn Clock>,
}

impl Revocations {
    pub(crate) fn new(
        db: Db,
        authenticator: Arc<Authenticator>,
        clock: Arc<dyn Clock>,
    ) -> Revocations {
        Revocations {
            db,
            authenticator,
            clock,
        }
    }

    /// Ends one session; whether there was one.
    pub(crate) async fn end(
        &self,
        user: UserId,
        session: &SessionId,
    ) -> Result<bool, AccountError> {
        retrying(|| self.try_store(user, session)).await?;
        let ended = self.authenticator.sessions().end(user, session).await;
        Ok(ended.map_err(AuthError::from)?)
    }

    async fn try_store(&self, user: UserId, session: &SessionId) -> Result<(), AccountError> {
        let tx = self.db.begin().await?;
        self.store(&tx, user, session).await?;
        Ok(tx.commit().await?)
    }

    /// Stores that a session has ended or is about to.
    pub(crate) async fn store(
        &self,
        tx: &Tx,
        user: UserId,
        session: &SessionId,
    ) -> Result<(), AccountError> {
        let (revoked, now) = (Revoked::Session(session.clone()), self.clock.now());
        Ok(revocations::add(tx, user, revoked, now, now.plus(LONGEST_SESSION)).await?)
    }

    /// Stores an account that was locked, with an epoch that voids all its sessions once it is
    /// [in force](Revocations::enforce).
    pub(crate) async fn store_next_epoch(
        &self,
        tx: &Tx,
        user: &mut User,
    ) -> Result<(), AccountError> {
        user.session_epoch += 1;
        let (revoked, now) = (Revoked::Epoch(user.session_epoch), self.clock.now());
        repository::users::save_standing(tx, user, now).await?;
        Ok(revocations::add(tx, user.id, revoked, now, now.plus(LONGEST_SESSION)).await?)
    }

    /// Locks the viewer's own account for a change that spares their session, unless the account has voided it:
    /// what is committed counts here before it is in force in the session store. Otherwise whoever is being
    /// signed out could keep their session by signing the others out.
    pub(crate) async fn lock_own(
        &self,
        tx: &Tx,
        session: &VerifiedSession,
    ) -> Result<Credentials, AccountError> {
        let locked = repository::users::lock(tx, session.user_id()).await?;
        let current = |found: &Credentials| found.user.session_epoch == session.epoch();
        Ok(locked.filter(current).ok_or(AuthError::SessionEnded)?)
    }

    /// Runs a change that begins with [`Revocations::lock_own`]. If something else has changed the account and
    /// spared the session meanwhile, the change is tried again with the session as it is then.
    pub(crate) async fn as_own<T, F>(
        &self,
        session: &VerifiedSession,
        change: impl Fn(VerifiedSession) -> F,
    ) -> Result<T, AccountError>
    where
        F: Future<Output = Result<T, AccountError>>,
    {
        let mut session = session.clone();
        for _ in 1..LOOK_AGAIN.0 {
            match retrying(|| change(session.clone())).await {
                Err(AccountError::Session(AuthError::SessionEnded)) => {}
                settled => return settled,
            }
            tokio::time::sleep(LOOK_AGAIN.1).await;
            session = self.authenticator.revalidate(&session).await?;
        }
        retrying(|| change(session.clone())).await
    }

    /// Voids the sessions of lower epochs, but for one if given.
    pub(crate) async fn enforce(
        &self,
        user: &User,
        except: Option<&SessionId>,
    ) -> Result<(), AccountError> {
        let sessions = self.authenticator.sessions();
        let raised = sessions
            .raise_epoch(user.id, user.session_epoch, except)
            .await;
        raised.map_err(AuthError::from)?;
        Ok(())
    }
}
