//! Connections that do not read.

use contract::frames::ServerFrame;
use contract::socket::CloseCode;
use domain::{Change, Role, Seq};
use realtime::{HubOptions, Outgoing};

use crate::support::{CUSTOMER, Screen, World, assert_empty, body, seqs, settled};

fn narrow() -> HubOptions {
    HubOptions {
        queue_frames: 20,
        queue_bytes: 16 * 1024,
        ..HubOptions::default()
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_does_not_read_is_closed_and_the_others_notice_nothing() {
    let world = World::with(narrow());
    let ticket = world.ticket();
    let (mut slow, mut quick) = (world.customer(CUSTOMER), world.admin(1));
    slow.join(ticket).await;
    quick.join(ticket).await;
    let mut screen = Screen::default();
    for _ in 0..100 {
        world.say(ticket).await;
        for frame in quick.received().await {
            screen.apply(frame);
        }
    }
    assert_eq!(screen.entries, world.fresh_fetch(ticket, Role::Admin));
    assert_eq!(
        slow.outbound.next().await,
        Some(Outgoing::Close(CloseCode::TooSlow)),
        "at once, what was queued is abandoned"
    );
    assert_eq!(slow.outbound.next().await, None);
    assert!(slow.connection.is_closed());
    let counts = world.hub.counts();
    assert_eq!((counts.slow_closed, counts.members), (1, 1));
    drop((slow, quick));
    assert_empty(&world).await;
}

#[tokio::test(start_paused = true)]
async fn coming_back_after_being_too_slow_is_lossless() {
    let world = World::with(narrow());
    let ticket = world.ticket();
    let mut slow = world.admin(1);
    slow.join(ticket).await;
    let mut screen = Screen::default();
    for frame in slow.received().await {
        screen.apply(frame);
    }
    for _ in 0..100 {
        world.say(ticket).await;
    }
    assert_eq!(slow.close_code().await, Some(CloseCode::TooSlow));
    let mut again = world.admin(1);
    let after = Some(Seq(screen.head));
    again.connection.join(1, ticket, after).await.unwrap();
    for frame in again.received().await {
        screen.apply(frame);
    }
    assert_eq!(screen.entries, world.fresh_fetch(ticket, Role::Admin));
}

#[tokio::test(start_paused = true)]
async fn a_queue_is_bounded_in_bytes_too() {
    let world = World::with(HubOptions {
        queue_frames: 1000,
        ..narrow()
    });
    let ticket = world.ticket();
    let mut slow = world.admin(1);
    slow.join(ticket).await;
    slow.received().await;
    for _ in 0..10 {
        let change = Change::Message {
            body: body(&"x".repeat(5_000)),
        };
        world.hub.publish(world.commit(ticket, change)).await;
        settled().await;
        assert!(world.hub.counts().queued_bytes <= 16 * 1024);
    }
    assert_eq!(slow.close_code().await, Some(CloseCode::TooSlow));
}

#[tokio::test(start_paused = true)]
async fn a_long_replay_does_not_make_a_connection_slow() {
    let world = World::with(narrow());
    let ticket = world.ticket();
    for _ in 0..50 {
        let change = Change::Message {
            body: body(&"x".repeat(5_000)),
        };
        world.commit(ticket, change);
    }
    let mut client = world.admin(1);
    client.join(ticket).await;
    world.say(ticket).await;
    let frames = client.received().await;
    assert!(matches!(&frames[0], ServerFrame::Joined { entries, .. } if entries.len() == 51));
    assert_eq!(seqs(&frames), [52]);
}

#[tokio::test(start_paused = true)]
async fn typing_and_presence_are_left_out_first() {
    let world = World::with(narrow());
    let ticket = world.ticket();
    let mut client = world.customer(CUSTOMER);
    client.join(ticket).await;
    client.received().await;
    for _ in 0..5 {
        world.say(ticket).await; // an entry and a ticket frame each: the queue is half full
    }
    let typist = world.admin(1);
    typist.join(ticket).await;
    typist.connection.typing();
    settled().await;
    for _ in 0..4 {
        world.say(ticket).await;
    }
    let frames = client.received().await;
    assert_eq!(seqs(&frames), (2..=10).collect::<Vec<i64>>());
    assert!(
        !frames.iter().any(|frame| matches!(
            frame,
            ServerFrame::Typing { .. } | ServerFrame::Presence { .. }
        )),
        "{frames:?}"
    );
    assert!(world.hub.counts().dropped >= 1);
    assert!(!client.connection.is_closed());
}
