//! One's own sessions: which there are, and ending them.

use auth::sessions::public_id;
use auth::{AuthError, Authenticator, Session, VerifiedSession};
use domain::User;
use repository::Db;
use std::sync::Arc;

use crate::audit::{self, Event};
use crate::error::AccountError;
use crate::revocations::Revocations;
use crate::standing;
use crate::write::Writes;

/// Use cases of one's own sessions.
#[derive(Clone)]
pub struct SessionService {
    db: Db,
    authenticator: Arc<Authenticator>,
    revocations: Revocations,
}

impl SessionService {
    pub(crate) fn new(
        db: Db,
        authenticator: Arc<Authenticator>,
        revocations: Revocations,
    ) -> SessionService {
        SessionService {
            db,
            authenticator,
            revocations,
        }
    }

    /// The viewer's sessions, the newest first.
    ///
    /// # Errors
    /// When the session store is down.
    pub async fn list(&self, session: &VerifiedSession) -> Result<Vec<Session>, AccountError> {
        let listed = self.authenticator.sessions().list(session.user_id()).await;
        Ok(listed.map_err(AuthError::from)?)
    }

    /// Ends one of the viewer's sessions by its public name; it may be the present one.
    ///
    /// # Errors
    /// [`AccountError::NotFound`] if the viewer has none of this name.
    pub async fn end(&self, session: &VerifiedSession, name: &str) -> Result<(), AccountError> {
        let sessions = self.list(session).await?;
        let ending = sessions
            .into_iter()
            .find(|other| public_id(&other.id) == name)
            .ok_or(AccountError::NotFound)?;
        let revocations = self.revocations.clone();
        Writes::to_end(async move {
            revocations.end(ending.user_id, &ending.id).await?;
            audit::about(Event::SessionEnded, ending.user_id)
                .session(&ending.id)
                .write();
            Ok(())
        })
        .await
    }

    /// Ends all of the viewer's sessions but the present one.
    ///
    /// # Errors
    /// When the database or the session store fails.
    pub async fn end_others(&self, session: &VerifiedSession) -> Result<(), AccountError> {
        let (service, session) = (self.clone(), session.clone());
        Writes::to_end(async move {
            let raise = |session| service.try_raise(session);
            let user = standing::in_good_standing(&service.authenticator, &session, raise).await?;
            let kept = session.session_id();
            audit::about(Event::OtherSessionsEnded, user.id)
                .session(kept)
                .write();
            service.revocations.enforce(&user, Some(kept)).await
        })
        .await
    }

    /// Puts what was revoked lately into the session store again, forever: the node that revoked it may have died
    /// before it could.
    pub async fn keep_revoking(&self) {
        self.revocations.keep_telling().await;
    }

    async fn try_raise(&self, session: VerifiedSession) -> Result<User, AccountError> {
        let tx = self.db.begin().await?;
        let mut user = standing::lock_own(&tx, &session).await?.user;
        self.revocations.store_next_epoch(&tx, &mut user).await?;
        tx.commit().await?;
        Ok(user)
    }
}
