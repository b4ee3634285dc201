//! Switching between tickets and leaving them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use contract::frames::ServerFrame;
use domain::{Seq, TicketId};
use realtime::Outgoing;

use crate::support::{CUSTOMER, Client, World, assert_empty, present};

fn ticket_of(frame: &ServerFrame) -> Option<i64> {
    match frame {
        ServerFrame::Entry { ticket_id, .. }
        | ServerFrame::Read { ticket_id, .. }
        | ServerFrame::Presence { ticket_id, .. }
        | ServerFrame::Typing { ticket_id, .. } => Some(*ticket_id),
        ServerFrame::Joined { ticket, .. } => Some(ticket.state.id),
        _ => None,
    }
}

#[tokio::test(start_paused = true)]
async fn after_joining_another_ticket_nothing_of_the_first_arrives() {
    let world = World::new();
    let (first, second) = (world.ticket(), world.ticket());
    world.backlog.open_micros.store(2_000, Ordering::SeqCst);
    let mut client = world.admin(1);
    let neighbour = world.customer(CUSTOMER);
    neighbour.join(first).await;
    client.join(first).await;
    let noise = {
        let world = world.clone();
        tokio::spawn(async move {
            for seq in 0..200 {
                world.say(first).await;
                world.say(second).await;
                world
                    .hub
                    .read_moved(first, domain::UserId(5), Seq(seq))
                    .await;
                neighbour.connection.typing();
                tokio::time::sleep(Duration::from_micros(500)).await;
            }
        })
    };
    let mut frames = Vec::new();
    for round in 0..20 {
        let to = [second, first][round % 2];
        client.join(to).await;
        tokio::time::sleep(Duration::from_millis(3)).await;
        frames.extend(client.received().await);
    }
    noise.await.unwrap();
    frames.extend(client.received().await);
    let mut current = first.0;
    let mut of_current = 0;
    for frame in &frames {
        if let ServerFrame::Joined { ticket, .. } = frame {
            current = ticket.state.id;
        }
        if let Some(of) = ticket_of(frame) {
            assert_eq!(of, current);
            of_current += 1;
        }
    }
    assert!(of_current > 100, "{of_current}");
    drop(client);
    assert_empty(&world).await;
}

/// With real parallelism: the shard of the first ticket may be in the midst of a delivery.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn switching_back_and_forth_between_busy_tickets_never_mixes_them() {
    let world = World::new();
    let tickets: [TicketId; 6] = std::array::from_fn(|_| world.ticket());
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = tickets
        .into_iter()
        .map(|ticket| {
            let (world, stop) = (world.clone(), Arc::clone(&stop));
            tokio::spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    let user_id = domain::UserId(1);
                    world.hub.read_moved(ticket, user_id, Seq(1)).await;
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    let Client {
        connection,
        mut outbound,
    } = world.admin(1);
    let reader = tokio::spawn(async move {
        let mut current = 0;
        while let Some(Outgoing::Text(json)) = outbound.next().await {
            let frame: ServerFrame = serde_json::from_slice(&json).unwrap();
            if let ServerFrame::Joined { ticket, .. } = &frame {
                current = ticket.state.id;
            }
            assert_eq!(ticket_of(&frame), Some(current));
        }
    });
    for round in 0..500 {
        let ticket = tickets[round % tickets.len()];
        // Unavailable: read too slowly in all the noise.
        if connection.join(1, ticket, None).await.is_err() {
            break;
        }
        tokio::task::yield_now().await;
    }
    stop.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.await.unwrap();
    }
    drop(connection);
    reader.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn joins_in_quick_succession_are_answered_in_their_order() {
    let world = World::new();
    let tickets = [world.ticket(), world.ticket(), world.ticket()];
    world.backlog.open_micros.store(5_000, Ordering::SeqCst);
    let mut client = world.admin(1);
    let Client { connection, .. } = &client;
    let (first, second, third) = tokio::join!(
        connection.join(1, tickets[0], None),
        connection.join(2, tickets[1], None),
        connection.join(3, tickets[2], None),
    );
    assert_eq!((first, second, third), (Ok(()), Ok(()), Ok(())));
    assert_eq!(connection.joined(), Some(tickets[2]));
    let ids: Vec<u64> = client
        .received()
        .await
        .iter()
        .filter_map(|frame| match frame {
            ServerFrame::Joined { id, .. } => Some(*id),
            _ => None,
        })
        .collect();
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(world.hub.counts().rooms, 1);
}

#[tokio::test(start_paused = true)]
async fn leaving_ends_everything_of_the_ticket() {
    let world = World::new();
    let ticket = world.ticket();
    let mut client = world.customer(CUSTOMER);
    let mut other = world.admin(2);
    client.join(ticket).await;
    other.join(ticket).await;
    client.received().await;
    client.connection.leave();
    world.say(ticket).await;
    world
        .hub
        .read_moved(ticket, domain::UserId(2), Seq(2))
        .await;
    let frames = client.received().await;
    assert!(
        frames.iter().all(|frame| ticket_of(frame).is_none()),
        "{frames:?}"
    );
    assert_eq!(client.connection.joined(), None);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(present(&other.received().await), Some(vec![2]));
}
