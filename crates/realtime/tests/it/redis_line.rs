//! The line between nodes on a real Redis, and what becomes of it when Redis does not answer.

use std::time::Duration;

use bytes::Bytes;
use realtime::{Bus, Heard, RedisBus, RedisBusOptions};
use testkit::redis::{self, Gate};
use tokio::sync::mpsc;

/// Longest wait for what must happen; reached only when it does not.
const PATIENCE: Duration = Duration::from_secs(20);

fn bus(url: &str, channel: &str) -> RedisBus {
    RedisBus::new(RedisBusOptions {
        url: url.to_owned(),
        channel: channel.to_owned(),
        connect_timeout: Duration::from_secs(30),
        command_timeout: Duration::from_secs(1),
    })
    .unwrap()
}

async fn next(line: &mut mpsc::Receiver<Heard>) -> Heard {
    let heard = tokio::time::timeout(PATIENCE, line.recv()).await;
    heard.unwrap().unwrap()
}

async fn until(line: &mut mpsc::Receiver<Heard>, wanted: &Heard) {
    while next(line).await != *wanted {}
}

fn message(text: &'static str) -> Bytes {
    Bytes::from_static(text.as_bytes())
}

#[tokio::test]
async fn what_is_published_is_heard_by_all_of_this_desk_and_by_no_other() {
    let channel = format!("{}events", redis::key_prefix());
    let (one, two) = (bus(&redis::url(), &channel), bus(&redis::url(), &channel));
    let other = bus(&redis::url(), &format!("{channel}of another desk"));
    let mut lines = [one.listen(), two.listen(), other.listen()];
    for line in &mut lines {
        assert_eq!(next(line).await, Heard::Resumed);
    }
    assert!(one.publish(message("first")).await);
    two.offer(message("second"));
    let [by_one, by_two, by_other] = &mut lines;
    for line in [by_one, by_two] {
        assert_eq!(next(line).await, Heard::Message(message("first")));
        assert_eq!(next(line).await, Heard::Message(message("second")));
    }
    assert!(by_other.try_recv().is_err());
}

#[tokio::test]
async fn a_line_that_breaks_says_so_and_comes_back_by_itself() {
    let channel = format!("{}events", redis::key_prefix());
    let gate = Gate::open().await.unwrap();
    let here = bus(gate.url(), &channel);
    let there = bus(&redis::url(), &channel);
    let mut line = here.listen();
    assert_eq!(next(&mut line).await, Heard::Resumed);
    assert!(here.publish(message("before")).await);
    until(&mut line, &Heard::Message(message("before"))).await;

    gate.cut();
    until(&mut line, &Heard::Down).await;
    assert!(!here.publish(message("lost")).await);
    assert!(there.publish(message("not heard")).await);

    gate.restore();
    until(&mut line, &Heard::Resumed).await;
    // What failed is not tried for a moment.
    tokio::time::timeout(PATIENCE, async {
        while !here.publish(message("after")).await {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    until(&mut line, &Heard::Message(message("after"))).await;
}

#[tokio::test]
async fn nobody_waits_long_for_a_redis_that_has_fallen_silent() {
    let gate = Gate::open().await.unwrap();
    let bus = bus(gate.url(), &redis::key_prefix());
    let mut line = bus.listen();
    assert_eq!(next(&mut line).await, Heard::Resumed);
    assert!(bus.publish(message("before")).await);
    gate.silence();
    let told = tokio::time::timeout(PATIENCE, bus.publish(message("lost")));
    assert!(!told.await.unwrap());
    // The listener asks whether the line is still there.
    until(&mut line, &Heard::Down).await;
}

#[tokio::test]
async fn whoever_does_not_listen_loses_messages_and_is_told_that_some_are_missing() {
    let channel = format!("{}events", redis::key_prefix());
    let bus = bus(&redis::url(), &channel);
    let mut line = bus.listen();
    assert_eq!(next(&mut line).await, Heard::Resumed);
    // More than the line holds for a listener that is busy.
    for _ in 0..100 {
        let many = (0..100).map(|_| bus.publish(message("flood")));
        let published = futures_util::future::join_all(many).await;
        assert!(published.into_iter().all(|published| published));
    }
    let mut heard = 0;
    loop {
        match next(&mut line).await {
            Heard::Message(_) => heard += 1,
            Heard::Resumed => break,
            Heard::Down => panic!("nothing was wrong with the line"),
        }
        // Room again: the next message, or the next look at the line, brings the word.
        if heard >= 4096 {
            bus.offer(message("one more"));
        }
    }
    assert!(heard < 10_000, "nothing was lost");
}

#[tokio::test]
async fn nobody_listens_any_more_when_the_line_is_dropped() {
    let before = tokio::runtime::Handle::current()
        .metrics()
        .num_alive_tasks();
    let bus = bus(&redis::url(), &redis::key_prefix());
    let mut line = bus.listen();
    assert_eq!(next(&mut line).await, Heard::Resumed);
    drop((line, bus));
    let ended = async {
        let metrics = tokio::runtime::Handle::current().metrics();
        while metrics.num_alive_tasks() > before {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, ended).await.unwrap();
}

#[test]
fn options_that_are_printed_keep_the_password() {
    let options = RedisBusOptions {
        url: "redis://:hunter2@host".to_owned(),
        channel: "desk".to_owned(),
        connect_timeout: Duration::ZERO,
        command_timeout: Duration::ZERO,
    };
    assert!(!format!("{options:?}").contains("hunter2"));
}
