//! Revocations: stored with what caused them, then in force in the session store.
//!
//! The database is told first. If the session store cannot be told, the caller hears so, this node puts all
//! revocations into the store before it next asks it for anything, and every node puts recent ones in again.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use auth::sessions::LONGEST_SESSION;
use auth::{AuthError, Authenticator, Revocation, RevocationSource, SessionError};
use domain::{Clock, SessionId, User, UserId};
use repository::revocations::{self, Revoked};
use repository::{Db, Tx};
use tracing::{error, info, warn};

use crate::Database;
use crate::error::AccountError;
use crate::retry::retrying;

/// How often recent revocations are put into the session store again: the node that made one may have died
/// before it could.
const AGAIN_EVERY: Duration = Duration::from_secs(15);
/// The age of those: old enough for their own node to have been first, and each met more than once.
const AGAIN_AGED: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(65));
/// Attempts to tell the session store, and the pause between them.
const TELL: (usize, Duration) = (3, Duration::from_millis(200));
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

    pub(crate) fn authenticator(&self) -> &Authenticator {
        &self.authenticator
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
        // A cookie may be older than the database. Then nobody has such a session.
        if repository::users::find(&tx, user).await?.is_some() {
            self.store(&tx, user, session).await?;
        }
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

    /// Voids the sessions of lower epochs, but for one if given.
    pub(crate) async fn enforce(
        &self,
        user: &User,
        except: Option<&SessionId>,
    ) -> Result<(), AccountError> {
        let sessions = self.authenticator.sessions();
        let raise = || sessions.raise_epoch(user.id, user.session_epoch, except);
        for _ in 1..TELL.0 {
            if raise().await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(TELL.1).await;
        }
        raise().await.map_err(AuthError::from)?;
        Ok(())
    }

    /// Puts recent revocations into the session store again, forever.
    pub(crate) async fn keep_telling(&self) {
        let mut round = tokio::time::interval(AGAIN_EVERY);
        round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            round.tick().await;
            if let Err(cause) = self.tell_again().await {
                warn!(%cause, "Could not put recent revocations in force again");
            }
        }
    }

    async fn tell_again(&self) -> Result<(), AccountError> {
        let now = self.clock.now();
        let (begin, end) = (now.minus(AGAIN_AGED.1), now.minus(AGAIN_AGED.0));
        let sessions = self.authenticator.sessions();
        for (user, revoked) in revocations::made_between(&self.db, begin, end).await? {
            let told = match revoked {
                Revoked::Session(session) => sessions.end(user, &session).await.map(drop),
                // A session that was spared has been carried over by now.
                Revoked::Epoch(epoch) => sessions.raise_epoch(user, epoch, None).await.map(drop),
            };
            told.map_err(AuthError::from)?;
        }
        Ok(())
    }
}
