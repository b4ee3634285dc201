//! An announcement that got lost is read from the backlog.

use std::sync::atomic::Ordering;
use std::time::Duration;

use contract::socket::CloseCode;
use domain::Seq;
use realtime::OpenError;

use crate::support::{World, assert_empty, seqs};

#[tokio::test(start_paused = true)]
async fn a_lost_announcement_is_filled_from_the_backlog() {
    let world = World::new();
    let ticket = world.ticket();
    let mut client = world.admin(1);
    client.join(ticket).await;
    let _lost = (world.message(ticket), world.note(ticket));
    world.say(ticket).await;
    assert_eq!(
        seqs(&client.received().await),
        [0; 0],
        "nothing before its turn"
    );
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(seqs(&client.received().await), [2, 3, 4]);
    assert_eq!(world.hub.counts().gap_reads, 1);
}

#[tokio::test(start_paused = true)]
async fn a_gap_larger_than_one_read_is_filled_in_order() {
    let world = World::new();
    let ticket = world.ticket();
    let mut client = world.admin(1);
    client.join(ticket).await;
    for _ in 0..699 {
        world.message(ticket);
    }
    world.say(ticket).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(
        seqs(&client.received().await),
        (2..=701).collect::<Vec<i64>>()
    );
}

#[tokio::test(start_paused = true)]
async fn whoever_opens_a_ticket_reveals_what_its_room_has_missed() {
    let world = World::new();
    let ticket = world.ticket();
    let mut client = world.admin(1);
    client.join(ticket).await;
    let _lost = world.message(ticket);
    let mut other = world.admin(2);
    other.join(ticket).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(seqs(&client.received().await), [2]);
    assert_eq!(
        seqs(&other.received().await),
        [0; 0],
        "it was in the snapshot"
    );
}

#[tokio::test(start_paused = true)]
async fn reading_a_gap_holds_no_other_room_up() {
    let world = World::with(realtime::HubOptions {
        shards: 1,
        ..realtime::HubOptions::default()
    });
    let (stuck, fine) = (world.ticket(), world.ticket());
    let (client, mut other) = (world.admin(1), world.admin(2));
    client.join(stuck).await;
    other.join(fine).await;
    world.backlog.stuck_reads.store(1, Ordering::SeqCst);
    let _lost = world.message(stuck);
    world.say(stuck).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    world.say(fine).await;
    assert_eq!(seqs(&other.received().await), [2]);
}

#[tokio::test(start_paused = true)]
async fn a_failed_read_is_tried_again() {
    let world = World::new();
    let ticket = world.ticket();
    let mut client = world.admin(1);
    client.join(ticket).await;
    world.backlog.failing_reads.store(2, Ordering::SeqCst);
    world.backlog.stuck_reads.store(1, Ordering::SeqCst);
    let _lost = world.message(ticket);
    world.say(ticket).await;
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(seqs(&client.received().await), [2, 3]);
    assert_eq!(world.hub.counts().gap_reads, 4);
}

#[tokio::test(start_paused = true)]
async fn a_gap_that_cannot_be_read_closes_the_room_rather_than_showing_a_hole() {
    let world = World::new();
    let ticket = world.ticket();
    let mut client = world.admin(1);
    client.join(ticket).await;
    world.backlog.failing_reads.store(1000, Ordering::SeqCst);
    let _lost = world.message(ticket);
    world.say(ticket).await;
    tokio::time::sleep(Duration::from_secs(60)).await;
    let mut last = Vec::new();
    let code = loop {
        match client.outbound.next().await.unwrap() {
            realtime::Outgoing::Text(frame) => last.push(serde_json::from_slice(&frame).unwrap()),
            realtime::Outgoing::Close(code) => break code,
        }
    };
    assert_eq!(code, CloseCode::CannotValidate);
    assert_eq!(seqs(&last), [0; 0]);

    // Whoever comes back starts from a snapshot, and the room lives on.
    world.backlog.failing_reads.store(0, Ordering::SeqCst);
    let mut again = world.admin(1);
    again
        .connection
        .join(1, ticket, Some(Seq(1)))
        .await
        .unwrap();
    world.say(ticket).await;
    assert_eq!(seqs(&again.received().await), [4]);
    drop((client, again));
    assert_empty(&world).await;
}

#[tokio::test(start_paused = true)]
async fn a_backlog_that_is_down_refuses_the_join_and_leaves_nothing_behind() {
    let world = World::new();
    let ticket = world.ticket();
    let client = world.admin(1);
    *world.backlog.down.lock().unwrap() = true;
    assert_eq!(
        client.connection.join(1, ticket, None).await,
        Err(OpenError::Unavailable)
    );
    drop(client);
    assert_empty(&world).await;
}

#[tokio::test(start_paused = true)]
async fn an_entry_that_cannot_be_rendered_closes_the_room() {
    let world = World::new();
    let ticket = world.ticket();
    let mut client = world.admin(1);
    client.join(ticket).await;
    let mut event = world.message(ticket);
    event.entry.created_at = domain::Timestamp(i64::MAX);
    world.hub.publish(event).await;
    assert_eq!(client.close_code().await, Some(CloseCode::Internal));
}
