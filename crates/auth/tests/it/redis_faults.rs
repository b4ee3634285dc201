//! Redis refusing, silent, cut off and back: always an answer in time, and never "signed out".

use std::sync::Arc;
use std::time::{Duration, Instant};

use auth::{
    RedisOptions, RedisSessions, RedisSetupError, SessionError, SessionStore, Verification,
};
use domain::{SessionId, UserId};
use testkit::clock::ManualClock;
use testkit::redis::{self, Gate};

use crate::stores::{redis_options, sign_in};

const ANNA: UserId = UserId(7);

/// Waiting 250, opening 500 and asking 250 ms, and twice as much again for a busy machine.
const IN_TIME: Duration = Duration::from_secs(10);
const HALF_SECOND: Duration = Duration::from_millis(500);

fn store(url: &str) -> RedisSessions {
    let options = redis_options(url, &redis::key_prefix());
    RedisSessions::new(&options, Arc::new(ManualClock::new()), None).unwrap()
}

/// As impatient as a server is by default.
fn default_store(url: &str) -> RedisSessions {
    let options = RedisOptions::new(url.into());
    RedisSessions::new(&options, Arc::new(ManualClock::new()), None).unwrap()
}

async fn every_call_is_unavailable(store: &RedisSessions) {
    let id = SessionId::new("A".repeat(43));
    let began = Instant::now();
    let unavailable = SessionError::Unavailable;
    let (create, verify, rotate, end, list, raise, ping) = tokio::join!(
        store.create(sign_in(ANNA)),
        store.verify(ANNA, &id, Some(1)),
        store.rotate(ANNA, &id, 1),
        store.end(ANNA, &id),
        store.list(ANNA),
        store.raise_epoch(ANNA, 2, None),
        store.ping(),
    );
    assert_eq!(create.unwrap_err(), unavailable);
    assert_eq!(verify.unwrap_err(), unavailable);
    assert_eq!(rotate.unwrap_err(), unavailable);
    assert_eq!(end.unwrap_err(), unavailable);
    assert_eq!(list.unwrap_err(), unavailable);
    assert_eq!(raise.unwrap_err(), unavailable);
    assert_eq!(ping.unwrap_err(), unavailable);
    assert!(began.elapsed() < IN_TIME, "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_port_that_refuses_is_unavailable() {
    let url = redis::refusing_url().await.unwrap();
    every_call_is_unavailable(&default_store(&url)).await;
}

#[tokio::test]
async fn a_server_that_never_answers_is_unavailable_in_time() {
    let silent = redis::silent().await.unwrap();
    every_call_is_unavailable(&default_store(&silent.url())).await;
}

#[tokio::test]
async fn a_connection_that_falls_silent_is_unavailable_in_time_and_replaced() {
    let gate = Gate::open().await.unwrap();
    let options = redis_options(gate.url(), &redis::key_prefix()).patient_for(HALF_SECOND);
    let store = RedisSessions::new(&options, Arc::new(ManualClock::new()), None).unwrap();
    let session = store.create(sign_in(ANNA)).await.unwrap();
    gate.silence();
    every_call_is_unavailable(&store).await;
    gate.restore();
    let found = store.verify(ANNA, &session.id, Some(1)).await.unwrap();
    assert!(matches!(found, Verification::Valid(_)));
}

#[tokio::test]
async fn a_restart_of_redis_is_not_noticed() {
    let gate = Gate::open().await.unwrap();
    let store = store(gate.url());
    let session = store.create(sign_in(ANNA)).await.unwrap();
    // As many calls as there are connections, so that all of them are open and then cut.
    for _ in 0..4 {
        store.ping().await.unwrap();
    }
    gate.cut();
    gate.restore();
    for _ in 0..4 {
        let found = store.verify(ANNA, &session.id, Some(1)).await.unwrap();
        assert!(matches!(found, Verification::Valid(_)));
    }
}

#[tokio::test]
async fn an_outage_ends_by_itself() {
    let gate = Gate::open().await.unwrap();
    let store = store(gate.url());
    let session = store.create(sign_in(ANNA)).await.unwrap();
    for _ in 0..3 {
        gate.cut();
        every_call_is_unavailable(&store).await;
        gate.restore();
        let found = store.verify(ANNA, &session.id, Some(1)).await.unwrap();
        assert!(matches!(found, Verification::Valid(_)));
    }
}

#[tokio::test]
async fn callers_that_go_away_leave_the_line_in_order() {
    let gate = Gate::open().await.unwrap();
    let store = store(gate.url());
    for _ in 0..50 {
        let asking = {
            let store = store.clone();
            tokio::spawn(async move { store.list(ANNA).await })
        };
        tokio::task::yield_now().await;
        asking.abort();
    }
    let session = store.create(sign_in(ANNA)).await.unwrap();
    assert_eq!(store.list(ANNA).await.unwrap(), [session]);
}

#[tokio::test]
async fn scripts_that_redis_forgot_are_sent_again() {
    let store = store(&redis::url());
    store.ping().await.unwrap();
    let client = deadpool_redis::redis::Client::open(redis::url()).unwrap();
    let mut raw = client.get_multiplexed_async_connection().await.unwrap();
    let mut flush = deadpool_redis::redis::cmd("SCRIPT");
    let _: () = flush.arg("FLUSH").query_async(&mut raw).await.unwrap();
    store.ping().await.unwrap();
}

#[tokio::test]
async fn all_keys_of_a_user_share_a_hash_tag_and_end() {
    let prefix = redis::key_prefix();
    let options = redis_options(&redis::url(), &prefix);
    let store = RedisSessions::new(&options, Arc::new(ManualClock::new()), None).unwrap();
    store.create(sign_in(ANNA)).await.unwrap();
    let client = deadpool_redis::redis::Client::open(redis::url()).unwrap();
    let mut raw = client.get_multiplexed_async_connection().await.unwrap();
    let mut keys = deadpool_redis::redis::cmd("KEYS");
    let keys: Vec<String> = keys
        .arg(format!("{prefix}*"))
        .query_async(&mut raw)
        .await
        .unwrap();
    assert_eq!(keys.len(), 3);
    for key in keys {
        assert!(key.contains("{7}"), "{key}");
        let mut ttl = deadpool_redis::redis::cmd("PTTL");
        let left: i64 = ttl.arg(&key).query_async(&mut raw).await.unwrap();
        assert!(left > 0, "{key}");
    }
}

#[test]
fn options_that_cannot_work_are_refused() {
    let clock = Arc::new(ManualClock::new());
    let bad_url = redis_options("http://example.org", "p:");
    assert_eq!(
        RedisSessions::new(&bad_url, clock.clone(), None).unwrap_err(),
        RedisSetupError::Url
    );
    let bad_prefix = redis_options("redis://127.0.0.1:1", "{p}:");
    assert_eq!(
        RedisSessions::new(&bad_prefix, clock, None).unwrap_err(),
        RedisSetupError::Prefix
    );
    let secret = redis_options("redis://:hunter2@127.0.0.1:1", "p:");
    assert!(!format!("{secret:?}").contains("hunter2"));
}
