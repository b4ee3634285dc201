//! Endings on one node are heard on another, also after a fault of the line between them.

use std::sync::Arc;
use std::time::Duration;

use auth::sessions::SESSIONS_PER_USER;
use auth::{
    RedisOptions, RedisSessions, Revocation, RevocationSource, Rotation, SessionError, SessionStore,
};
use domain::{SessionId, UserId};
use testkit::clock::ManualClock;
use testkit::redis::{self, Gate};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::stores::{redis_options, sign_in};

const ANNA: UserId = UserId(7);
const PROBE: UserId = UserId(99);
const PATIENCE: Duration = Duration::from_secs(20);
/// How soon another session is ended if the last one was not heard of.
const PROBE_INTERVAL: Duration = Duration::from_millis(50);

fn node(url: &str, prefix: &str) -> RedisSessions {
    let clock = Arc::new(ManualClock::new());
    RedisSessions::new(&redis_options(url, prefix), clock, None).unwrap()
}

/// Node A, and a receiver of node B whose line is up.
async fn two_nodes(prefix: &str) -> (RedisSessions, RedisSessions, Receiver<SessionId>) {
    let (a, b) = (node(&redis::url(), prefix), node(&redis::url(), prefix));
    let mut heard = b.endings();
    line_is_up(&a, &mut heard).await;
    (a, b, heard)
}

/// Ends new sessions on a node until the receiver hears of one.
async fn line_is_up(node: &RedisSessions, heard: &mut Receiver<SessionId>) {
    let probing = async {
        loop {
            let probe = node.create(sign_in(PROBE)).await.unwrap();
            node.end(PROBE, &probe.id).await.unwrap();
            if timeout(PROBE_INTERVAL, hears(heard, &probe.id))
                .await
                .is_ok()
            {
                return;
            }
        }
    };
    timeout(PATIENCE, probing).await.unwrap();
}

/// Waits for one ending among others.
async fn hears(heard: &mut Receiver<SessionId>, id: &SessionId) {
    while heard.recv().await.unwrap() != *id {}
}

async fn hears_in_time(heard: &mut Receiver<SessionId>, id: &SessionId) {
    timeout(PATIENCE, hears(heard, id)).await.unwrap();
}

#[tokio::test]
async fn an_end_is_heard_on_another_node() {
    let (a, _b, mut heard) = two_nodes(&redis::key_prefix()).await;
    let session = a.create(sign_in(ANNA)).await.unwrap();
    assert!(a.end(ANNA, &session.id).await.unwrap());
    hears_in_time(&mut heard, &session.id).await;
}

#[tokio::test]
async fn a_copied_cookie_and_one_from_the_future_are_heard_on_another_node() {
    let (a, _b, mut heard) = two_nodes(&redis::key_prefix()).await;
    let session = a.create(sign_in(ANNA)).await.unwrap();
    a.rotate(ANNA, &session.id, 1).await.unwrap();
    a.rotate(ANNA, &session.id, 2).await.unwrap();
    assert_eq!(a.rotate(ANNA, &session.id, 1).await, Ok(Rotation::Reused));
    hears_in_time(&mut heard, &session.id).await;
    let session = a.create(sign_in(ANNA)).await.unwrap();
    assert_eq!(a.rotate(ANNA, &session.id, 2).await, Ok(Rotation::Gone));
    hears_in_time(&mut heard, &session.id).await;
}

#[tokio::test]
async fn a_raised_epoch_is_heard_on_another_node() {
    let (a, _b, mut heard) = two_nodes(&redis::key_prefix()).await;
    let session = a.create(sign_in(ANNA)).await.unwrap();
    a.raise_epoch(ANNA, 2, None).await.unwrap();
    hears_in_time(&mut heard, &session.id).await;
}

#[tokio::test]
async fn a_session_pushed_out_is_heard_on_another_node() {
    let (a, _b, mut heard) = two_nodes(&redis::key_prefix()).await;
    // All began at one moment, so that any of them may leave but the last.
    let mut sessions = Vec::new();
    for _ in 0..=SESSIONS_PER_USER {
        sessions.push(a.create(sign_in(ANNA)).await.unwrap().id);
    }
    let left: Vec<SessionId> = a
        .list(ANNA)
        .await
        .unwrap()
        .into_iter()
        .map(|s| s.id)
        .collect();
    let gone = sessions.iter().find(|id| !left.contains(id)).unwrap();
    hears_in_time(&mut heard, gone).await;
}

/// A database that knows of one ended session.
struct Ended(SessionId);

#[async_trait::async_trait]
impl RevocationSource for Ended {
    async fn revocations(&self) -> Result<Vec<Revocation>, SessionError> {
        Ok(vec![Revocation::Session {
            user_id: ANNA,
            session_id: self.0.clone(),
        }])
    }
}

#[tokio::test]
async fn a_revocation_that_is_put_back_is_heard() {
    let prefix = redis::key_prefix();
    let (a, _b, mut heard) = two_nodes(&prefix).await;
    let resurrected = a.create(sign_in(ANNA)).await.unwrap().id;
    let new = RedisSessions::new(
        &redis_options(&redis::url(), &prefix),
        Arc::new(ManualClock::new()),
        Some(Arc::new(Ended(resurrected.clone()))),
    );
    new.unwrap().ping().await.unwrap();
    hears_in_time(&mut heard, &resurrected).await;
}

#[tokio::test]
async fn the_line_is_opened_again_after_each_fault() {
    let prefix = redis::key_prefix();
    let gate = Gate::open().await.unwrap();
    let (a, b) = (node(&redis::url(), &prefix), node(gate.url(), &prefix));
    let mut heard = b.endings();
    line_is_up(&a, &mut heard).await;
    for _ in 0..2 {
        gate.cut();
        let session = a.create(sign_in(ANNA)).await.unwrap();
        a.end(ANNA, &session.id).await.unwrap();
        gate.restore();
        line_is_up(&a, &mut heard).await;
    }
}

#[tokio::test]
async fn a_line_that_is_down_from_the_start_is_opened_later() {
    let prefix = redis::key_prefix();
    let gate = Gate::open().await.unwrap();
    gate.cut();
    let (a, b) = (node(&redis::url(), &prefix), node(gate.url(), &prefix));
    let mut heard = b.endings();
    gate.restore();
    line_is_up(&a, &mut heard).await;
}

/// Answers as Redis does until the subscription stands, and says nothing after that.
async fn subscribe_and_fall_silent(mut client: TcpStream) {
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = client.read(&mut buffer).await {
        let asked = String::from_utf8_lossy(&buffer[..count]).to_uppercase();
        let answer = if asked.contains("SUBSCRIBE") {
            "*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n".to_owned()
        } else if asked.contains("PING") {
            String::new()
        } else {
            "+OK\r\n".repeat(asked.matches('*').count())
        };
        client.write_all(answer.as_bytes()).await.unwrap();
    }
}

#[tokio::test]
async fn a_line_that_falls_silent_is_opened_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("redis://{}", listener.local_addr().unwrap());
    let options = RedisOptions {
        command_timeout: Duration::from_millis(100),
        ..redis_options(&url, "p:")
    };
    let store = RedisSessions::new(&options, Arc::new(ManualClock::new()), None).unwrap();
    let _heard = store.endings();
    let mut silent = JoinSet::new();
    for _ in 0..3 {
        let (client, _) = timeout(PATIENCE, listener.accept()).await.unwrap().unwrap();
        silent.spawn(subscribe_and_fall_silent(client));
    }
    // The lines before the last one were given up, not kept.
    for _ in 0..2 {
        let closed = timeout(PATIENCE, silent.join_next()).await.unwrap();
        closed.unwrap().unwrap();
    }
}

#[tokio::test]
async fn this_nodes_own_endings_need_no_line() {
    let prefix = redis::key_prefix();
    let clock = Arc::new(ManualClock::new());
    let store = RedisSessions::new(&redis_options(&redis::url(), &prefix), clock, None).unwrap();
    let mut heard = store.endings();
    let session = store.create(sign_in(ANNA)).await.unwrap();
    store.end(ANNA, &session.id).await.unwrap();
    assert_eq!(heard.try_recv(), Ok(session.id));
}

#[tokio::test]
async fn a_dropped_store_hangs_up() {
    let prefix = redis::key_prefix();
    let (a, b, mut heard) = two_nodes(&prefix).await;
    let clone = b.clone();
    drop(b);
    // A clone is the same store.
    line_is_up(&a, &mut heard).await;
    drop(clone);
    // The task held the last sender.
    let closed = async { while heard.recv().await != Err(RecvError::Closed) {} };
    timeout(PATIENCE, closed).await.unwrap();
}
