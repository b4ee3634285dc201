//! Snapshot and live entries are the whole log, whatever happens meanwhile: many interleavings.

use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::{Role, Seq, TicketId};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::support::{CUSTOMER, Client, Screen, World, assert_empty, person};

/// Runs of the storm; each is another interleaving.
const SEEDS: u64 = 40;

/// Commits and announces entries with losses, duplicates and pauses.
async fn write(world: World, ticket: TicketId, mut rng: StdRng) {
    for _ in 0..60 {
        let event = if rng.random_bool(0.2) {
            world.note(ticket)
        } else {
            world.message(ticket)
        };
        if rng.random_bool(0.05) {
            continue; // lost
        }
        tokio::time::sleep(Duration::from_micros(rng.random_range(0..4_000))).await;
        world.hub.publish(event.clone()).await;
        if rng.random_bool(0.1) {
            world.hub.publish(event).await;
        }
    }
}

/// Comes, reads for a while, drops the connection and comes back for what it missed; stays the last time.
async fn come_and_go(
    world: World,
    ticket: TicketId,
    role: Role,
    mut rng: StdRng,
) -> (Client, Screen) {
    let id = if role == Role::Admin { 1 } else { CUSTOMER };
    let mut screen = Screen::default();
    for _ in 0..3 {
        let mut client = world.client(person(id, role));
        let after = Some(Seq(screen.head));
        client.connection.join(7, ticket, after).await.unwrap();
        let stay = Duration::from_micros(rng.random_range(0..60_000));
        let until = tokio::time::Instant::now() + stay;
        while let Ok(frame) = tokio::time::timeout_at(until, client.next()).await {
            screen.apply(frame);
        }
    }
    let client = world.client(person(id, role));
    let after = Some(Seq(screen.head));
    client.connection.join(8, ticket, after).await.unwrap();
    (client, screen)
}

async fn storm(seed: u64) {
    let mut rng = StdRng::seed_from_u64(seed);
    let world = World::new();
    let ticket = world.ticket();
    for _ in 0..rng.random_range(0..150) {
        world.message(ticket);
    }
    world
        .backlog
        .open_micros
        .store(rng.random_range(0..20_000), Ordering::SeqCst);
    let writers: Vec<_> = (0..3)
        .map(|_| {
            let rng = StdRng::seed_from_u64(rng.random());
            tokio::spawn(write(world.clone(), ticket, rng))
        })
        .collect();
    let readers: Vec<_> = (0..6)
        .map(|index| {
            let role = [Role::Admin, Role::User][index % 2];
            let rng = StdRng::seed_from_u64(rng.random());
            let reader = tokio::spawn(come_and_go(world.clone(), ticket, role, rng));
            (role, reader)
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let mut stayed = Vec::new();
    for (role, reader) in readers {
        let reader = reader.await;
        let (client, screen) = reader.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        stayed.push((role, client, screen));
    }
    // The very last entries may be among the lost: somebody who opens the ticket makes that known.
    world.admin(2).join(ticket).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    for (role, client, screen) in &mut stayed {
        for frame in client.received().await {
            screen.apply(frame);
        }
        assert_eq!(
            screen.entries,
            world.fresh_fetch(ticket, *role),
            "seed {seed}"
        );
    }
    drop(stayed);
    assert_empty(&world).await;
}

#[tokio::test(start_paused = true)]
async fn snapshot_and_live_entries_are_the_whole_log_under_continuous_writes() {
    for seed in 0..SEEDS {
        storm(seed).await;
    }
}
