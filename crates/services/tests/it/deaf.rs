//! A session store that does not hear of what ends sessions, as if it had gone back in time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use auth::{
    InProcessSessions, NewSession, Revocation, Rotation, Session, SessionError, SessionStore,
    Verification,
};
use domain::{SessionId, UserId};
use tokio::sync::broadcast;

/// Says that it does as it is told, or fails, and leaves the sessions behind it as they are.
#[derive(Debug)]
pub(crate) struct Deaf {
    behind: Arc<InProcessSessions>,
    down: AtomicBool,
}

impl Deaf {
    pub(crate) fn new(behind: InProcessSessions) -> Deaf {
        Deaf {
            behind: Arc::new(behind),
            down: AtomicBool::new(false),
        }
    }

    /// From now on says that it cannot be reached when it is to end something.
    pub(crate) fn fail(&self) {
        self.down.store(true, Ordering::SeqCst);
    }

    /// What stores do with the revocations of the database.
    pub(crate) async fn put_back(&self, revocations: &[Revocation]) {
        for revocation in revocations {
            match revocation {
                Revocation::Session {
                    user_id,
                    session_id,
                } => drop(self.behind.end(*user_id, session_id).await.unwrap()),
                Revocation::Epoch { user_id, epoch } => {
                    let raised = self.behind.raise_epoch(*user_id, *epoch, None).await;
                    drop(raised.unwrap());
                }
            }
        }
    }

    fn answer<T>(&self, answer: T) -> Result<T, SessionError> {
        if self.down.load(Ordering::SeqCst) {
            return Err(SessionError::Unavailable);
        }
        Ok(answer)
    }
}

#[async_trait]
impl SessionStore for Deaf {
    async fn create(&self, new: NewSession) -> Result<Session, SessionError> {
        self.behind.create(new).await
    }

    async fn verify(
        &self,
        user_id: UserId,
        session_id: &SessionId,
        generation: Option<u64>,
    ) -> Result<Verification, SessionError> {
        self.behind.verify(user_id, session_id, generation).await
    }

    /// Every refresh token seems to have been used before.
    async fn rotate(&self, _: UserId, _: &SessionId, _: u64) -> Result<Rotation, SessionError> {
        self.answer(Rotation::Reused)
    }

    async fn end(&self, _: UserId, _: &SessionId) -> Result<bool, SessionError> {
        self.answer(true)
    }

    async fn list(&self, user_id: UserId) -> Result<Vec<Session>, SessionError> {
        self.behind.list(user_id).await
    }

    async fn raise_epoch(
        &self,
        _: UserId,
        _: i64,
        _: Option<&SessionId>,
    ) -> Result<Vec<SessionId>, SessionError> {
        self.answer(Vec::new())
    }

    fn endings(&self) -> broadcast::Receiver<SessionId> {
        self.behind.endings()
    }

    async fn ping(&self) -> Result<(), SessionError> {
        self.behind.ping().await
    }
}
