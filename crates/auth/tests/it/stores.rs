//! The two session stores, each with a clock that a test turns.

use std::sync::Arc;
use std::time::Duration;

use auth::{
    InProcessSessions, NewSession, RedisOptions, RedisSessions, Rotation, Session, SessionStore,
    Verification,
};
use domain::{Role, SessionId, UserId};
use testkit::clock::ManualClock;
use testkit::redis;

/// Runs each behaviour with both stores, as `$make` wraps them.
macro_rules! on_both_stores {
    ($make:ident: $($behaviour:ident),+ $(,)?) => {
        mod without_redis {
            $(
                #[tokio::test]
                async fn $behaviour() {
                    super::$behaviour(super::$make(crate::stores::in_process())).await;
                }
            )+
        }
        mod with_redis {
            $(
                #[tokio::test]
                async fn $behaviour() {
                    super::$behaviour(super::$make(crate::stores::in_redis())).await;
                }
            )+
        }
    };
}

pub(crate) use on_both_stores;

const PATIENCE: Duration = Duration::from_secs(10);

/// A store and its clock.
pub(crate) struct Desk {
    pub(crate) store: Arc<dyn SessionStore>,
    pub(crate) clock: ManualClock,
}

pub(crate) fn in_process() -> Desk {
    let clock = ManualClock::new();
    Desk {
        store: Arc::new(InProcessSessions::new(Arc::new(clock.clone()))),
        clock,
    }
}

pub(crate) fn in_redis() -> Desk {
    let clock = ManualClock::new();
    let options = redis_options(&redis::url(), &redis::key_prefix());
    let store = RedisSessions::new(&options, Arc::new(clock.clone()), None).unwrap();
    Desk {
        store: Arc::new(store),
        clock,
    }
}

/// More patient than a server: a busy test machine is no fault of Redis.
pub(crate) fn redis_options(url: &str, prefix: &str) -> RedisOptions {
    RedisOptions {
        key_prefix: prefix.to_owned(),
        ..RedisOptions::new(url.into()).patient_for(PATIENCE)
    }
}

/// A customer's sign-in at epoch 1.
pub(crate) fn sign_in(user: UserId) -> NewSession {
    NewSession {
        user_id: user,
        role: Role::User,
        epoch: 1,
        user_agent: Some("Firefox".to_owned()),
        address: "2001:db8::7".parse().ok(),
    }
}

impl Desk {
    pub(crate) async fn begin(&self, user: UserId) -> Session {
        self.store.create(sign_in(user)).await.unwrap()
    }

    pub(crate) async fn verify(&self, session: &Session, generation: u64) -> Verification {
        self.store
            .verify(session.user_id, &session.id, Some(generation))
            .await
            .unwrap()
    }

    pub(crate) async fn lives(&self, session: &Session) -> bool {
        let verification = self
            .store
            .verify(session.user_id, &session.id, None)
            .await
            .unwrap();
        matches!(verification, Verification::Valid(_))
    }

    pub(crate) async fn accepts(&self, session: &Session, generation: u64) -> bool {
        matches!(
            self.verify(session, generation).await,
            Verification::Valid(_)
        )
    }

    pub(crate) async fn rotate(&self, session: &Session, generation: u64) -> Rotation {
        self.store
            .rotate(session.user_id, &session.id, generation)
            .await
            .unwrap()
    }

    pub(crate) async fn ids(&self, user: UserId) -> Vec<SessionId> {
        self.store
            .list(user)
            .await
            .unwrap()
            .into_iter()
            .map(|session| session.id)
            .collect()
    }
}

/// The generation that a rotation made.
pub(crate) fn rotated(rotation: Rotation) -> Option<u64> {
    match rotation {
        Rotation::Rotated { generation, .. } => Some(generation),
        _ => None,
    }
}

/// The generation that a rotation found made already.
pub(crate) fn same(rotation: Rotation) -> Option<u64> {
    match rotation {
        Rotation::Same { generation, .. } => Some(generation),
        _ => None,
    }
}
