//! Sessions in this process's memory: one node, gone with a restart.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use domain::{Clock, SessionId, Timestamp, UserId};
use tokio::sync::broadcast;

use super::endings::Endings;
use super::rules::{self, Standing};
use super::{
    NewSession, Rotation, SESSIONS_PER_USER, Session, SessionError, SessionStore, Verification,
};

/// How often sessions that have run out are removed.
const SWEEP_INTERVAL: Duration = Duration::from_secs(10 * 60);

#[derive(Default)]
struct UserSessions {
    epoch: i64,
    sessions: HashMap<SessionId, Session>,
}

impl UserSessions {
    fn living(&mut self, id: &SessionId, now: Timestamp) -> Option<&mut Session> {
        let epoch = self.epoch;
        self.sessions
            .get_mut(id)
            .filter(|session| rules::lives(session, epoch, now))
    }

    fn remove(&mut self, leaves: impl Fn(&Session) -> bool) -> Vec<SessionId> {
        let leaving: Vec<SessionId> = self
            .sessions
            .values()
            .filter(|session| leaves(session))
            .map(|session| session.id.clone())
            .collect();
        for id in &leaving {
            self.sessions.remove(id);
        }
        leaving
    }
}

struct State {
    users: HashMap<UserId, UserSessions>,
    swept_at: Timestamp,
}

/// The session store of the embedded default.
pub struct InProcessSessions {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
    endings: Endings,
}

impl fmt::Debug for InProcessSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcessSessions(..)")
    }
}

impl InProcessSessions {
    /// An empty store.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> InProcessSessions {
        let swept_at = clock.now();
        InProcessSessions {
            clock,
            state: Mutex::new(State {
                users: HashMap::new(),
                swept_at,
            }),
            endings: Endings::new(),
        }
    }

    /// No code panics while it holds the lock, so what a poisoned lock guards is whole.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Forgets what has run out. Raised epochs stay: a slow sign-in may still come with a lower one.
    fn sweep(&mut self, now: Timestamp) {
        if now < self.swept_at.plus(SWEEP_INTERVAL) {
            return;
        }
        self.swept_at = now;
        for user in self.users.values_mut() {
            let epoch = user.epoch;
            user.sessions
                .retain(|_, session| rules::lives(session, epoch, now));
        }
        self.users
            .retain(|_, user| user.epoch > 0 || !user.sessions.is_empty());
    }
}

#[async_trait]
impl SessionStore for InProcessSessions {
    async fn create(&self, new: NewSession) -> Result<Session, SessionError> {
        let now = self.clock.now();
        let session = rules::begin(new, now);
        let mut state = self.state();
        state.sweep(now);
        let user = state.users.entry(session.user_id).or_default();
        user.epoch = user.epoch.max(session.epoch);
        let epoch = user.epoch;
        self.endings.tell(user.remove(|other| other.epoch < epoch));
        user.remove(|other| !rules::lives(other, epoch, now));
        user.sessions.insert(session.id.clone(), session.clone());
        while user.sessions.len() > SESSIONS_PER_USER {
            let oldest = user
                .sessions
                .values()
                .filter(|other| other.id != session.id)
                .min_by_key(|other| (other.created_at, other.id.clone()))
                .map(|other| other.id.clone());
            let Some(id) = oldest else { break };
            user.sessions.remove(&id);
            self.endings.tell([id]);
        }
        Ok(session)
    }

    async fn verify(
        &self,
        user_id: UserId,
        session_id: &SessionId,
        generation: Option<u64>,
    ) -> Result<Verification, SessionError> {
        let now = self.clock.now();
        let mut state = self.state();
        let living = state
            .users
            .get_mut(&user_id)
            .and_then(|user| user.living(session_id, now));
        let Some(session) = living else {
            return Ok(Verification::Gone);
        };
        match generation.map(|given| rules::standing(session, given, now)) {
            None | Some(Standing::Previous) => {}
            Some(Standing::Current) => session.confirmed = true,
            Some(Standing::Old | Standing::Ahead) => return Ok(Verification::Stale),
        }
        rules::touch(session, now);
        Ok(Verification::Valid(rules::record(session)))
    }

    async fn rotate(
        &self,
        user_id: UserId,
        session_id: &SessionId,
        generation: u64,
    ) -> Result<Rotation, SessionError> {
        let now = self.clock.now();
        let mut state = self.state();
        let Some(user) = state.users.get_mut(&user_id) else {
            return Ok(Rotation::Gone);
        };
        let Some(session) = user.living(session_id, now) else {
            return Ok(Rotation::Gone);
        };
        Ok(match rules::standing(session, generation, now) {
            Standing::Current => {
                session.generation += 1;
                session.confirmed = false;
                session.rotated_at = now;
                rules::see(session, now);
                Rotation::Rotated {
                    generation: session.generation,
                    expires_at: session.expires_at(),
                }
            }
            Standing::Previous => Rotation::Same {
                generation: session.generation,
                expires_at: session.expires_at(),
            },
            Standing::Old => {
                user.sessions.remove(session_id);
                self.endings.tell([session_id.clone()]);
                Rotation::Reused
            }
            Standing::Ahead => {
                user.sessions.remove(session_id);
                self.endings.tell([session_id.clone()]);
                Rotation::Gone
            }
        })
    }

    async fn end(&self, user_id: UserId, session_id: &SessionId) -> Result<bool, SessionError> {
        let mut state = self.state();
        let user = state.users.get_mut(&user_id);
        let ended = user.and_then(|user| user.sessions.remove(session_id));
        self.endings
            .tell(ended.iter().map(|session| session.id.clone()));
        Ok(ended.is_some())
    }

    async fn list(&self, user_id: UserId) -> Result<Vec<Session>, SessionError> {
        let now = self.clock.now();
        let state = self.state();
        let mut sessions: Vec<Session> = match state.users.get(&user_id) {
            Some(user) => user
                .sessions
                .values()
                .filter(|session| rules::lives(session, user.epoch, now))
                .cloned()
                .collect(),
            None => Vec::new(),
        };
        sessions.sort_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
        Ok(sessions)
    }

    async fn raise_epoch(
        &self,
        user_id: UserId,
        epoch: i64,
        except: Option<&SessionId>,
    ) -> Result<Vec<SessionId>, SessionError> {
        let now = self.clock.now();
        let mut state = self.state();
        let user = state.users.entry(user_id).or_default();
        if let Some(session) = except.and_then(|id| user.living(id, now)) {
            session.epoch = session.epoch.max(epoch);
        }
        user.epoch = user.epoch.max(epoch);
        let epoch = user.epoch;
        let ended = user.remove(|session| session.epoch < epoch);
        self.endings.tell(ended.iter().cloned());
        Ok(ended)
    }

    fn endings(&self) -> broadcast::Receiver<SessionId> {
        self.endings.receiver()
    }

    async fn ping(&self) -> Result<(), SessionError> {
        Ok(())
    }
}
