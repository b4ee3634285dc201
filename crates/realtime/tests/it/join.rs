//! Joining: the snapshot and what follows it.

use std::sync::atomic::Ordering;
use std::time::Duration;

use contract::frames::ServerFrame;
use domain::{Seq, TicketId};
use realtime::OpenError;

use crate::support::{Screen, World, assert_empty, seqs, settled};

#[tokio::test(start_paused = true)]
async fn entries_committed_while_the_snapshot_is_on_its_way_follow_it() {
    let world = World::new();
    let ticket = world.ticket();
    world.backlog.hold();
    let mut client = world.admin(1);
    {
        let joining = client.join(ticket);
        tokio::pin!(joining);
        tokio::select! {
            () = &mut joining => panic!("joined without a snapshot"),
            () = settled() => {}
        }
        world.say(ticket).await;
        world.say(ticket).await;
        world.backlog.release(1);
        joining.await;
    }
    let mut frames = client.received().await;
    frames.retain(|frame| !matches!(frame, ServerFrame::Ticket { .. }));
    assert!(
        matches!(&frames[0], ServerFrame::Joined { id: 1, head: 1, .. }),
        "{frames:?}"
    );
    assert_eq!(seqs(&frames), [2, 3]);
}

#[tokio::test(start_paused = true)]
async fn joining_a_busy_room_takes_one_snapshot() {
    let world = World::new();
    let ticket = world.ticket();
    let member = world.admin(1);
    member.join(ticket).await;
    world.backlog.opens.store(0, Ordering::SeqCst);
    world.backlog.hold();
    let client = world.admin(2);
    tokio::join!(client.join(ticket), async {
        settled().await;
        world.say(ticket).await;
        world.backlog.release(1);
    });
    assert_eq!(world.backlog.opens.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn entries_that_the_snapshot_has_do_not_come_again() {
    let world = World::new();
    let ticket = world.ticket();
    let event = world.message(ticket);
    let mut client = world.admin(1);
    client.join(ticket).await;
    world.hub.publish(event).await;
    let frames = client.received().await;
    assert!(
        matches!(&frames[0], ServerFrame::Joined { head: 2, entries, .. } if entries.len() == 2)
    );
    assert_eq!(seqs(&frames), [0; 0]);
}

/// Two come at once, the first with an older snapshot. In between an entry was announced while nobody was in.
async fn two_newcomers(older_first: bool) -> (Vec<i64>, Vec<i64>) {
    let world = World::new();
    let ticket = world.ticket();
    world.backlog.hold();
    let (mut older, mut newer) = (world.admin(1), world.admin(2));
    {
        let (joining, second) = (older.join(ticket), newer.join(ticket));
        tokio::pin!(joining, second);
        tokio::select! {
            () = &mut joining => panic!("joined without a snapshot"),
            () = settled() => {}
        }
        world.message(ticket);
        tokio::select! {
            () = &mut second => panic!("joined without a snapshot"),
            () = settled() => {}
        }
        world.backlog.release(10);
        if older_first {
            joining.await;
            second.await;
        } else {
            second.await;
            joining.await;
        }
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    let mut feeds = Vec::new();
    for client in [&mut older, &mut newer] {
        let mut screen = Screen::default();
        for frame in client.received().await {
            screen.apply(frame);
        }
        feeds.push(
            screen
                .entries
                .iter()
                .map(contract::timeline::Entry::seq)
                .collect(),
        );
    }
    let newer = feeds.pop().unwrap();
    (feeds.pop().unwrap(), newer)
}

#[tokio::test(start_paused = true)]
async fn newcomers_with_snapshots_of_different_age_miss_nothing() {
    for older_first in [true, false] {
        let feeds = two_newcomers(older_first).await;
        assert_eq!(
            feeds,
            (vec![1, 2], vec![1, 2]),
            "older first: {older_first}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn coming_back_replays_exactly_what_was_missed() {
    let world = World::new();
    let ticket = world.ticket();
    for _ in 0..5 {
        world.message(ticket);
    }
    let mut client = world.admin(1);
    client
        .connection
        .join(9, ticket, Some(Seq(4)))
        .await
        .unwrap();
    let ServerFrame::Joined {
        id,
        head,
        snapshot,
        entries,
        ticket: view,
    } = client.next().await
    else {
        panic!("not joined");
    };
    assert_eq!((id, head, snapshot, view.unread), (9, 6, false, 3));
    let seqs: Vec<i64> = entries.iter().map(contract::timeline::Entry::seq).collect();
    assert_eq!(seqs, [5, 6]);
}

#[tokio::test(start_paused = true)]
async fn a_join_that_fails_keeps_the_ticket_before() {
    let world = World::new();
    let ticket = world.ticket();
    let mut client = world.admin(1);
    client.join(ticket).await;
    client.received().await;
    assert_eq!(
        client.connection.join(2, TicketId(999), None).await,
        Err(OpenError::NotFound)
    );
    assert_eq!(client.connection.joined(), Some(ticket));
    world.say(ticket).await;
    assert_eq!(seqs(&client.received().await), [2]);
    assert_eq!(world.hub.counts().rooms, 1);
}

#[tokio::test(start_paused = true)]
async fn joining_the_same_ticket_again_replays_and_goes_on() {
    let world = World::new();
    let ticket = world.ticket();
    let mut client = world.admin(1);
    client.join(ticket).await;
    world.say(ticket).await;
    client
        .connection
        .join(2, ticket, Some(Seq(1)))
        .await
        .unwrap();
    world.say(ticket).await;
    let frames = client.received().await;
    let again = frames
        .iter()
        .position(|frame| matches!(frame, ServerFrame::Joined { id: 2, .. }))
        .unwrap();
    assert_eq!(seqs(&frames[..again]), [2]);
    assert_eq!(seqs(&frames[again..]), [3]);
    assert_eq!(world.hub.counts().members, 1);
}

#[tokio::test(start_paused = true)]
async fn a_join_given_up_midway_leaves_nothing_behind() {
    let world = World::new();
    let (first, second) = (world.ticket(), world.ticket());
    let mut client = world.admin(1);
    client.join(first).await;
    world.backlog.hold();
    tokio::select! {
        () = client.join(second) => panic!("joined without a snapshot"),
        () = settled() => {}
    }
    world.backlog.release(1);
    settled().await;
    assert_eq!(client.connection.joined(), Some(first));
    assert_eq!(world.hub.counts().rooms, 1);
    world.say(first).await;
    assert_eq!(seqs(&client.received().await), [2]);
    drop(client);
    assert_empty(&world).await;
}

#[tokio::test(start_paused = true)]
async fn a_ping_tells_the_head_of_the_joined_ticket() {
    let world = World::new();
    let ticket = world.ticket();
    let mut client = world.admin(1);
    client.connection.ping();
    assert_eq!(
        client.next().await,
        ServerFrame::Ping {
            ticket_id: None,
            head: None
        }
    );
    world.message(ticket);
    client.join(ticket).await;
    world.say(ticket).await;
    client.received().await;
    client.connection.ping();
    assert_eq!(
        client.next().await,
        ServerFrame::Ping {
            ticket_id: Some(ticket.0),
            head: Some(3)
        }
    );
}
