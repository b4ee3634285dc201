//! A Redis that lost or resurrected data revives nobody.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use auth::{
    NewSession, RedisSessions, Revocation, RevocationSource, Session, SessionError, SessionStore,
    Verification,
};
use domain::{SessionId, UserId};
use testkit::clock::ManualClock;
use testkit::redis::{self, Gate};

use crate::stores::{redis_options, sign_in};

const ANNA: UserId = UserId(7);

/// What the database would say.
#[derive(Default)]
struct Kept {
    revocations: Mutex<Vec<Revocation>>,
    fails: Mutex<bool>,
    read: AtomicUsize,
}

impl Kept {
    fn add(&self, revocation: Revocation) {
        self.revocations.lock().unwrap().push(revocation);
    }

    fn fail(&self, fails: bool) {
        *self.fails.lock().unwrap() = fails;
    }

    fn read(&self) -> usize {
        self.read.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl RevocationSource for Kept {
    async fn revocations(&self) -> Result<Vec<Revocation>, SessionError> {
        if *self.fails.lock().unwrap() {
            return Err(SessionError::Unavailable);
        }
        self.read.fetch_add(1, Ordering::SeqCst);
        Ok(self.revocations.lock().unwrap().clone())
    }
}

struct Node {
    gate: Gate,
    store: RedisSessions,
    kept: Arc<Kept>,
}

impl Node {
    async fn start(prefix: &str) -> Node {
        let gate = Gate::open().await.unwrap();
        let kept = Arc::new(Kept::default());
        let store = RedisSessions::new(
            &redis_options(gate.url(), prefix),
            Arc::new(ManualClock::new()),
            Some(kept.clone()),
        )
        .unwrap();
        Node { gate, store, kept }
    }

    async fn lives(&self, session: &Session) -> bool {
        let found = self.store.verify(ANNA, &session.id, Some(1)).await.unwrap();
        matches!(found, Verification::Valid(_))
    }
}

fn end_of(session: &Session) -> Revocation {
    Revocation::Session {
        user_id: ANNA,
        session_id: session.id.clone(),
    }
}

/// Writes what a resurrected Redis would hold: sessions whose end it has forgotten.
async fn resurrect(prefix: &str) -> Session {
    let options = redis_options(&redis::url(), prefix);
    let old = RedisSessions::new(&options, Arc::new(ManualClock::new()), None).unwrap();
    old.create(sign_in(ANNA)).await.unwrap()
}

#[tokio::test]
async fn revocations_are_put_back_before_the_first_answer() {
    let prefix = redis::key_prefix();
    let (ended, kept) = (resurrect(&prefix).await, resurrect(&prefix).await);
    let node = Node::start(&prefix).await;
    node.kept.add(end_of(&ended));
    assert!(!node.lives(&ended).await);
    assert!(node.lives(&kept).await);
    assert_eq!(node.kept.read(), 1);
}

#[tokio::test]
async fn raised_epochs_are_put_back_before_the_first_answer() {
    let prefix = redis::key_prefix();
    let void = resurrect(&prefix).await;
    let node = Node::start(&prefix).await;
    node.kept.add(Revocation::Epoch {
        user_id: ANNA,
        epoch: 2,
    });
    assert!(!node.lives(&void).await);
    assert!(node.store.list(ANNA).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_redis_of_another_run_id_gets_them_again_and_the_same_one_does_not() {
    let prefix = redis::key_prefix();
    let node = Node::start(&prefix).await;
    let session = node.store.create(sign_in(ANNA)).await.unwrap();
    assert_eq!(node.kept.read(), 1);

    node.gate.cut();
    node.gate.restore();
    assert!(node.lives(&session).await);
    assert_eq!(node.kept.read(), 1);

    node.kept.add(end_of(&session));
    node.gate.pretend_restart();
    node.gate.cut();
    node.gate.restore();
    assert!(!node.lives(&session).await);
    assert_eq!(node.kept.read(), 2);
}

#[tokio::test]
async fn thousands_of_revocations_are_put_back_whatever_scripts_redis_knows() {
    let prefix = redis::key_prefix();
    let node = Node::start(&prefix).await;
    let mut ended = Vec::new();
    for at in 0..3000 {
        // Sessions that lived, spread over all of them, among others that Redis has never seen.
        if at % 500 == 0 {
            let session = resurrect(&prefix).await;
            node.kept.add(end_of(&session));
            ended.push(session);
        }
        node.kept.add(Revocation::Epoch {
            user_id: UserId(1000 + at),
            epoch: 2,
        });
        node.kept.add(Revocation::Session {
            user_id: UserId(1000 + at),
            session_id: SessionId::new("A".repeat(43)),
        });
    }
    let kept = resurrect(&prefix).await;
    // This process knows the hashes of the scripts, and Redis forgets what they stand for.
    let other = redis_options(&redis::url(), &redis::key_prefix());
    let other = RedisSessions::new(&other, Arc::new(ManualClock::new()), None).unwrap();
    other.end(ANNA, &kept.id).await.unwrap();
    other.raise_epoch(ANNA, 2, None).await.unwrap();
    let client = deadpool_redis::redis::Client::open(redis::url()).unwrap();
    let mut raw = client.get_multiplexed_async_connection().await.unwrap();
    let mut flush = deadpool_redis::redis::cmd("SCRIPT");
    let _: () = flush.arg("FLUSH").query_async(&mut raw).await.unwrap();
    for session in &ended {
        assert!(!node.lives(session).await);
    }
    assert!(node.lives(&kept).await);
    assert_eq!(node.kept.read(), 1);
    let void = NewSession {
        user_id: UserId(3999),
        ..sign_in(ANNA)
    };
    let void = node.store.create(void).await.unwrap();
    let found = node.store.verify(void.user_id, &void.id, None).await;
    assert_eq!(found, Ok(Verification::Gone));
}

#[tokio::test]
async fn nothing_is_served_while_the_revocations_cannot_be_read() {
    let prefix = redis::key_prefix();
    let session = resurrect(&prefix).await;
    let node = Node::start(&prefix).await;
    node.kept.fail(true);
    let refused = node.store.verify(ANNA, &session.id, Some(1)).await;
    assert_eq!(refused, Err(SessionError::Unavailable));
    node.kept.fail(false);
    assert!(node.lives(&session).await);
}

#[tokio::test]
async fn an_end_that_did_not_arrive_is_made_up_for_before_the_next_answer() {
    let prefix = redis::key_prefix();
    let node = Node::start(&prefix).await;
    let session = node.store.create(sign_in(ANNA)).await.unwrap();
    node.kept.add(end_of(&session));
    node.gate.cut();
    let ended = node.store.end(ANNA, &session.id).await;
    assert_eq!(ended, Err(SessionError::Unavailable));
    node.gate.restore();
    assert!(!node.lives(&session).await);
}
