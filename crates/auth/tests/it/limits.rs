//! What all limits do: each behaviour runs in process and against Redis.

use std::sync::Arc;
use std::time::Duration;

use auth::{InProcessLimits, Limits, RedisSessions, Verdict};
use testkit::clock::{ManualClock, START};
use testkit::redis;

use crate::stores::redis_options;

const SECOND: Duration = Duration::from_secs(1);
const MICRO: Duration = Duration::from_micros(1);
const HOUR: Duration = Duration::from_secs(3600);
const GO: Verdict = Verdict::Go;

/// Limits and their clock.
pub(crate) struct Counter {
    pub(crate) limits: Arc<dyn Limits>,
    pub(crate) clock: ManualClock,
}

fn in_process() -> Counter {
    let clock = ManualClock::new();
    Counter {
        limits: Arc::new(InProcessLimits::new(Arc::new(clock.clone()))),
        clock,
    }
}

/// One node of those that share a prefix.
pub(crate) fn in_redis(prefix: &str, clock: &ManualClock) -> Counter {
    let options = redis_options(&redis::url(), prefix);
    let sessions = RedisSessions::new(&options, Arc::new(clock.clone()), None).unwrap();
    Counter {
        limits: Arc::new(sessions.limits()),
        clock: clock.clone(),
    }
}

macro_rules! on_both_counters {
    ($($behaviour:ident),+ $(,)?) => {
        mod without_redis {
            $(
                #[tokio::test]
                async fn $behaviour() {
                    super::$behaviour(super::in_process()).await;
                }
            )+
        }
        mod with_redis {
            $(
                #[tokio::test]
                async fn $behaviour() {
                    let prefix = testkit::redis::key_prefix();
                    let clock = testkit::clock::ManualClock::new();
                    super::$behaviour(super::in_redis(&prefix, &clock)).await;
                }
            )+
        }
    };
}

impl Counter {
    pub(crate) async fn pass(&self, key: &str, per_minute: u32) -> Verdict {
        self.limits.pass(key, per_minute).await.unwrap()
    }

    pub(crate) async fn attempt(&self, key: &str) -> Verdict {
        self.limits.attempt(key).await.unwrap()
    }

    async fn fail_five_times(&self, key: &str) {
        for _ in 0..5 {
            assert_eq!(self.attempt(key).await, GO);
        }
    }
}

fn wait(span: Duration) -> Verdict {
    Verdict::Wait(span)
}

on_both_counters!(
    a_burst_passes_and_then_as_many_a_minute,
    a_full_burst_comes_back_after_a_quiet_minute,
    whoever_waits_is_not_counted,
    no_requests_a_minute_lets_nobody_pass,
    keys_and_kinds_are_counted_apart,
    a_clock_that_was_ahead_stops_nobody_for_long,
    five_failures_are_free_and_then_waits_double_to_an_hour,
    an_attempt_during_the_wait_is_not_counted,
    success_forgets_the_failures,
    a_withdrawn_attempt_is_uncounted,
    a_withdrawn_attempt_brings_no_new_wait,
    withdrawing_nothing_changes_nothing,
    failures_are_forgotten_a_day_after_the_last,
    of_twenty_attempts_at_once_five_go,
);

async fn a_burst_passes_and_then_as_many_a_minute(counter: Counter) {
    for _ in 0..10 {
        assert_eq!(counter.pass("a", 10).await, GO);
    }
    assert_eq!(counter.pass("a", 10).await, wait(6 * SECOND));
    counter.clock.advance(6 * SECOND - MICRO);
    assert_eq!(counter.pass("a", 10).await, wait(MICRO));
    counter.clock.advance(MICRO);
    assert_eq!(counter.pass("a", 10).await, GO);
    assert_eq!(counter.pass("a", 10).await, wait(6 * SECOND));
    counter.clock.advance(12 * SECOND);
    assert_eq!(counter.pass("a", 10).await, GO);
    assert_eq!(counter.pass("a", 10).await, GO);
    assert_eq!(counter.pass("a", 10).await, wait(6 * SECOND));
}

async fn a_full_burst_comes_back_after_a_quiet_minute(counter: Counter) {
    for _ in 0..3 {
        for _ in 0..7 {
            assert_eq!(counter.pass("a", 7).await, GO);
        }
        assert_ne!(counter.pass("a", 7).await, GO);
        counter.clock.advance(60 * SECOND);
    }
}

async fn whoever_waits_is_not_counted(counter: Counter) {
    assert_eq!(counter.pass("a", 1).await, GO);
    for _ in 0..50 {
        assert_eq!(counter.pass("a", 1).await, wait(60 * SECOND));
    }
    counter.clock.advance(60 * SECOND);
    assert_eq!(counter.pass("a", 1).await, GO);
}

async fn no_requests_a_minute_lets_nobody_pass(counter: Counter) {
    assert_eq!(counter.pass("a", 0).await, wait(60 * SECOND));
    assert_eq!(counter.pass("b", u32::MAX).await, GO);
    assert_eq!(counter.pass("b", u32::MAX).await, GO);
}

async fn keys_and_kinds_are_counted_apart(counter: Counter) {
    counter.fail_five_times("a").await;
    assert_eq!(counter.attempt("a").await, wait(SECOND));
    assert_eq!(counter.attempt("b").await, GO);
    assert_eq!(counter.pass("a", 1).await, GO);
    assert_eq!(counter.pass("b", 1).await, GO);
    counter.limits.succeeded("a").await.unwrap();
    assert_ne!(counter.pass("a", 1).await, GO);
}

async fn a_clock_that_was_ahead_stops_nobody_for_long(counter: Counter) {
    counter.clock.set(START.plus(1000 * HOUR));
    counter.fail_five_times("a").await;
    assert_eq!(counter.pass("a", 1).await, GO);
    counter.clock.set(START);
    assert_eq!(counter.attempt("a").await, wait(SECOND));
    assert_eq!(counter.pass("a", 1).await, wait(60 * SECOND));
    counter.clock.advance(SECOND);
    assert_eq!(counter.attempt("a").await, GO);
    counter.clock.advance(59 * SECOND);
    assert_eq!(counter.pass("a", 1).await, GO);
}

async fn five_failures_are_free_and_then_waits_double_to_an_hour(counter: Counter) {
    counter.fail_five_times("a").await;
    for seconds in [
        1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600, 3600,
    ] {
        let span = Duration::from_secs(seconds);
        assert_eq!(counter.attempt("a").await, wait(span));
        counter.clock.advance(span - MICRO);
        assert_eq!(counter.attempt("a").await, wait(MICRO));
        counter.clock.advance(MICRO);
        assert_eq!(counter.attempt("a").await, GO);
    }
}

async fn an_attempt_during_the_wait_is_not_counted(counter: Counter) {
    counter.fail_five_times("a").await;
    for _ in 0..50 {
        assert_eq!(counter.attempt("a").await, wait(SECOND));
    }
    counter.clock.advance(SECOND);
    assert_eq!(counter.attempt("a").await, GO);
    assert_eq!(counter.attempt("a").await, wait(2 * SECOND));
}

async fn success_forgets_the_failures(counter: Counter) {
    counter.fail_five_times("a").await;
    counter.clock.advance(SECOND);
    assert_eq!(counter.attempt("a").await, GO);
    counter.limits.succeeded("a").await.unwrap();
    counter.fail_five_times("a").await;
    assert_eq!(counter.attempt("a").await, wait(SECOND));
}

async fn a_withdrawn_attempt_is_uncounted(counter: Counter) {
    for _ in 0..50 {
        assert_eq!(counter.attempt("a").await, GO);
        counter.limits.withdrawn("a").await.unwrap();
    }
    counter.fail_five_times("a").await;
    assert_eq!(counter.attempt("a").await, wait(SECOND));
}

async fn a_withdrawn_attempt_brings_no_new_wait(counter: Counter) {
    counter.fail_five_times("a").await;
    counter.clock.advance(SECOND);
    for _ in 0..20 {
        assert_eq!(counter.attempt("a").await, GO);
        assert_eq!(counter.attempt("a").await, wait(2 * SECOND));
        counter.limits.withdrawn("a").await.unwrap();
    }
    assert_eq!(counter.attempt("a").await, GO);
    assert_eq!(counter.attempt("a").await, wait(2 * SECOND));
}

async fn withdrawing_nothing_changes_nothing(counter: Counter) {
    counter.limits.withdrawn("a").await.unwrap();
    counter.limits.succeeded("a").await.unwrap();
    counter.fail_five_times("a").await;
    assert_eq!(counter.attempt("a").await, wait(SECOND));
}

async fn failures_are_forgotten_a_day_after_the_last(counter: Counter) {
    counter.fail_five_times("a").await;
    counter.clock.advance(24 * HOUR - MICRO);
    assert_eq!(counter.attempt("a").await, GO);
    assert_eq!(counter.attempt("a").await, wait(2 * SECOND));
    counter.clock.advance(24 * HOUR);
    counter.fail_five_times("a").await;
    assert_eq!(counter.attempt("a").await, wait(SECOND));
}

async fn of_twenty_attempts_at_once_five_go(counter: Counter) {
    let attempts: Vec<_> = (0..20)
        .map(|_| {
            let limits = Arc::clone(&counter.limits);
            tokio::spawn(async move { limits.attempt("a").await.unwrap() })
        })
        .collect();
    let mut went = 0;
    for attempt in attempts {
        went += usize::from(attempt.await.unwrap() == GO);
    }
    assert_eq!(went, 5);
}
