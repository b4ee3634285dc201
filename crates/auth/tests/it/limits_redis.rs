//! Limits in Redis: shared by nodes, gone in the end, and never a silent yes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use auth::{LimitError, Limits, RedisOptions, RedisSessions, Verdict};
use testkit::clock::ManualClock;
use testkit::redis::{self, Gate};

use crate::limits::in_redis;
use crate::stores::redis_options;

/// As for sessions: waiting 250, opening 500 and asking 250 ms, and twice as much for a busy machine.
const IN_TIME: Duration = Duration::from_secs(10);

#[tokio::test]
async fn two_nodes_share_their_counts() {
    let (prefix, clock) = (redis::key_prefix(), ManualClock::new());
    let nodes = [in_redis(&prefix, &clock), in_redis(&prefix, &clock)];
    for turn in 0..6 {
        let attempt = nodes[turn % 2].attempt("a").await;
        assert_eq!(attempt == Verdict::Go, turn < 5);
        let passed = nodes[turn % 2].pass("a", 5).await;
        assert_eq!(passed == Verdict::Go, turn < 5);
    }
    nodes[0].limits.succeeded("a").await.unwrap();
    assert_eq!(nodes[1].attempt("a").await, Verdict::Go);
    nodes[0].limits.withdrawn("a").await.unwrap();
    for _ in 0..5 {
        assert_eq!(nodes[1].attempt("a").await, Verdict::Go);
    }
}

#[tokio::test]
async fn every_key_ends() {
    let (prefix, clock) = (redis::key_prefix(), ManualClock::new());
    let node = in_redis(&prefix, &clock);
    for key in ["addr:203.0.113.7", "addr:2001:db8::/64"] {
        assert_eq!(node.pass(key, 10).await, Verdict::Go);
        for _ in 0..7 {
            let _ = node.attempt(key).await;
        }
        node.limits.withdrawn(key).await.unwrap();
    }
    let client = deadpool_redis::redis::Client::open(redis::url()).unwrap();
    let mut raw = client.get_multiplexed_async_connection().await.unwrap();
    let mut keys = deadpool_redis::redis::cmd("KEYS");
    let keys: Vec<String> = keys
        .arg(format!("{prefix}limit:*"))
        .query_async(&mut raw)
        .await
        .unwrap();
    assert_eq!(keys.len(), 4);
    for key in keys {
        let mut ttl = deadpool_redis::redis::cmd("PTTL");
        let left: i64 = ttl.arg(&key).query_async(&mut raw).await.unwrap();
        let most = if key.contains(":requests:") {
            120
        } else {
            24 * 3600
        };
        assert!((1..=most * 1000).contains(&left), "{key} {left}");
    }
}

async fn every_call_is_unavailable(limits: &dyn Limits) {
    let began = Instant::now();
    let unavailable = LimitError::Unavailable;
    let (pass, attempt, succeeded, withdrawn) = tokio::join!(
        limits.pass("a", 10),
        limits.attempt("a"),
        limits.succeeded("a"),
        limits.withdrawn("a"),
    );
    assert_eq!(pass, Err(unavailable));
    assert_eq!(attempt, Err(unavailable));
    assert_eq!(succeeded, Err(unavailable));
    assert_eq!(withdrawn, Err(unavailable));
    assert!(began.elapsed() < IN_TIME, "{:?}", began.elapsed());
}

#[tokio::test]
async fn without_redis_there_is_no_verdict() {
    let silent = redis::silent().await.unwrap();
    for url in [redis::refusing_url().await.unwrap(), silent.url()] {
        let options = RedisOptions::new(url.into());
        let store = RedisSessions::new(&options, Arc::new(ManualClock::new()), None).unwrap();
        every_call_is_unavailable(&store.limits()).await;
    }
}

#[tokio::test]
async fn an_outage_ends_by_itself() {
    let gate = Gate::open().await.unwrap();
    let options = redis_options(gate.url(), &redis::key_prefix());
    let store = RedisSessions::new(&options, Arc::new(ManualClock::new()), None).unwrap();
    let limits = store.limits();
    assert_eq!(limits.attempt("a").await, Ok(Verdict::Go));
    gate.cut();
    every_call_is_unavailable(&limits).await;
    gate.restore();
    assert_eq!(limits.attempt("a").await, Ok(Verdict::Go));
}
