//! Entries reach each member in order and once, whatever the order of announcement.

use std::sync::Arc;
use std::time::Duration;

use domain::Role;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use crate::support::{Screen, World, assert_empty, seqs};

#[tokio::test(start_paused = true)]
async fn entries_announced_out_of_order_arrive_in_order_and_once() {
    let world = World::new();
    let ticket = world.ticket();
    let mut client = world.admin(1);
    client.join(ticket).await;
    let events: Vec<_> = (0..5).map(|_| world.message(ticket)).collect();
    for index in [3, 0, 0, 4, 2, 1, 3] {
        world.hub.publish(events[index].clone()).await;
    }
    assert_eq!(seqs(&client.received().await), [2, 3, 4, 5, 6]);
    assert_eq!(world.hub.counts().gap_reads, 0, "nothing was lost");
}

#[tokio::test(start_paused = true)]
async fn every_order_of_announcement_gives_the_same_feed() {
    for seed in 0..100 {
        let mut rng = StdRng::seed_from_u64(seed);
        let world = World::new();
        let ticket = world.ticket();
        let mut client = world.customer(crate::support::CUSTOMER);
        client.join(ticket).await;
        let mut events = Vec::new();
        for _ in 0..rng.random_range(1..60) {
            let event = if rng.random_bool(0.2) {
                world.note(ticket)
            } else {
                world.message(ticket)
            };
            for _ in 0..rng.random_range(0..3) {
                events.push(event.clone());
            }
        }
        events.shuffle(&mut rng);
        for event in events {
            world.hub.publish(event).await;
        }
        // The last may have been left out altogether; whoever opens the ticket makes that known.
        world.admin(2).join(ticket).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        let mut screen = Screen::default();
        for frame in client.received().await {
            screen.apply(frame);
        }
        let expected = world.fresh_fetch(ticket, Role::User);
        assert_eq!(screen.entries, expected, "seed {seed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_publishers_of_many_tickets_lose_and_repeat_nothing() {
    const TICKETS: usize = 8;
    const WRITERS: usize = 4;
    const EACH: usize = 50;
    let world = World::new();
    let tickets: Vec<_> = (0..TICKETS).map(|_| world.ticket()).collect();
    let mut readers = Vec::new();
    let joined = Arc::new(tokio::sync::Barrier::new(TICKETS * 3 + 1));
    for (index, &ticket) in tickets.iter().enumerate() {
        for member in 0..3_i64 {
            let mut client = world.admin(1 + member + 3 * i64::try_from(index).unwrap());
            let joined = Arc::clone(&joined);
            readers.push(tokio::spawn(async move {
                client.join(ticket).await;
                joined.wait().await;
                let mut screen = Screen::default();
                while screen.entries.len() < 1 + WRITERS * EACH {
                    screen.apply(client.next().await);
                }
                (ticket, screen.entries)
            }));
        }
    }
    joined.wait().await;
    for &ticket in &tickets {
        for _ in 0..WRITERS {
            let world = world.clone();
            tokio::spawn(async move {
                for _ in 0..EACH {
                    let event = world.message(ticket);
                    tokio::task::yield_now().await;
                    world.hub.publish(event.clone()).await;
                    world.hub.publish(event).await;
                }
            });
        }
    }
    for reader in readers {
        let (ticket, entries) = reader.await.unwrap();
        assert_eq!(entries, world.fresh_fetch(ticket, Role::Admin));
    }
    world.hub.emptied().await;
}

#[tokio::test(start_paused = true)]
async fn a_full_mailbox_holds_publishers_up_and_loses_nothing() {
    let world = World::with(realtime::HubOptions {
        mailbox: 1,
        ..realtime::HubOptions::default()
    });
    let ticket = world.ticket();
    let mut client = world.admin(1);
    client.join(ticket).await;
    let events: Vec<_> = (0..50).map(|_| world.message(ticket)).collect();
    let publishers: Vec<_> = events
        .into_iter()
        .rev()
        .map(|event| {
            let hub = world.hub.clone();
            tokio::spawn(async move { hub.publish(event).await })
        })
        .collect();
    // Connections that go away while it is full are not forgotten either.
    let passer_by = world.admin(2);
    passer_by.join(ticket).await;
    drop(passer_by);
    for publisher in publishers {
        publisher.await.unwrap();
    }
    assert_eq!(
        seqs(&client.received().await),
        (2..=51).collect::<Vec<i64>>()
    );
    drop(client);
    assert_empty(&world).await;
}
