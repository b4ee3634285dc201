//! Ends of connections: revocation, drain, and that nothing is left.

use std::time::Duration;

use contract::frames::ServerFrame;
use contract::socket::CloseCode;
use domain::{Role, SessionId, UserId};
use realtime::{ConnectError, Connection, HubOptions, OpenError, Outbound, Outgoing, Peer};

use crate::support::{CUSTOMER, World, assert_empty, person};

#[tokio::test(start_paused = true)]
async fn closing_a_session_closes_its_sockets_at_once_and_no_others() {
    let world = World::new();
    let ticket = world.ticket();
    let (mut ended, mut tab, mut other) = (world.admin(1), world.admin(1), world.admin(2));
    ended.join(ticket).await;
    other.join(ticket).await;
    world.say(ticket).await;
    world.hub.close_session(
        &SessionId::new("session of 1".to_owned()),
        CloseCode::Revoked,
    );
    for client in [&mut ended, &mut tab] {
        assert_eq!(
            client.outbound.next().await,
            Some(Outgoing::Close(CloseCode::Revoked)),
            "before anything that was queued"
        );
        assert_eq!(client.outbound.next().await, None);
        client.connection.ping();
        assert_eq!(
            client.connection.join(1, ticket, None).await,
            Err(OpenError::Unavailable)
        );
    }
    assert!(!other.received().await.is_empty());
    assert!(!other.connection.is_closed());
}

/// A phone and a laptop of the same customer.
fn two_sessions(world: &World) -> [(Connection, Outbound); 2] {
    ["phone", "laptop"].map(|session| {
        let peer = Peer {
            person: person(CUSTOMER, Role::User),
            session_id: SessionId::new(session.to_owned()),
        };
        world.hub.connect(peer).unwrap()
    })
}

#[tokio::test(start_paused = true)]
async fn closing_a_session_leaves_the_other_sessions_of_the_user() {
    let world = World::new();
    let [(_phone, mut ended), (laptop, _outbound)] = two_sessions(&world);
    let phone = SessionId::new("phone".to_owned());
    world.hub.close_session(&phone, CloseCode::Revoked);
    let close = Some(Outgoing::Close(CloseCode::Revoked));
    assert_eq!(ended.next().await, close);
    assert!(!laptop.is_closed());
}

#[tokio::test(start_paused = true)]
async fn closing_a_user_closes_all_their_sessions() {
    let world = World::new();
    let other = world.customer(CUSTOMER + 1);
    let mut sessions = two_sessions(&world);
    world.hub.close_user(UserId(CUSTOMER), CloseCode::Revoked);
    for (_connection, outbound) in &mut sessions {
        let close = Some(Outgoing::Close(CloseCode::Revoked));
        assert_eq!(outbound.next().await, close);
    }
    assert!(!other.connection.is_closed());
}

#[tokio::test(start_paused = true)]
async fn closing_by_oneself_sends_first_what_is_queued() {
    let world = World::new();
    let mut client = world.admin(1);
    client.connection.ping();
    client.connection.close(CloseCode::Expired);
    client.connection.ping();
    assert!(matches!(client.next().await, ServerFrame::Ping { .. }));
    let outbound = &mut client.outbound;
    assert_eq!(
        outbound.next().await,
        Some(Outgoing::Close(CloseCode::Expired))
    );
    assert_eq!(outbound.next().await, None);
}

#[tokio::test(start_paused = true)]
async fn the_writer_ends_with_the_reader() {
    let world = World::new();
    let client = world.admin(1);
    let mut outbound = client.outbound;
    drop(client.connection);
    assert_eq!(outbound.next().await, None);
    assert_empty(&world).await;
}

#[tokio::test(start_paused = true)]
async fn a_drain_tells_everybody_closes_them_and_takes_nobody_else() {
    let world = World::with(HubOptions {
        drain_batch: 10,
        ..HubOptions::default()
    });
    let mut clients: Vec<_> = (1..=35).map(|id| world.admin(id)).collect();
    let hub = world.hub.clone();
    let draining = tokio::spawn(async move { hub.drain(Duration::from_secs(4)).await });
    let mut waits = Vec::new();
    for client in &mut clients {
        let ServerFrame::Draining { retry_after_ms } = client.next().await else {
            panic!("not told");
        };
        assert!((2_000..=6_000).contains(&retry_after_ms));
        waits.push(retry_after_ms);
    }
    waits.sort_unstable();
    waits.dedup();
    assert!(waits.len() > 10, "no jitter");
    let refused = world.hub.connect(Peer {
        person: person(99, Role::Admin),
        session_id: SessionId::new("late".to_owned()),
    });
    assert!(matches!(refused, Err(ConnectError::Draining)));
    // A command under way may still be answered.
    clients[0].connection.ping();
    assert!(matches!(clients[0].next().await, ServerFrame::Ping { .. }));
    draining.await.unwrap();
    for client in &mut clients {
        assert_eq!(client.close_code().await, Some(CloseCode::Draining));
    }
    drop(clients);
    assert_empty(&world).await;
}

#[tokio::test(start_paused = true)]
async fn a_user_has_a_bounded_number_of_connections() {
    let world = World::with(HubOptions {
        connections_per_user: 2,
        ..HubOptions::default()
    });
    let first = world.admin(1);
    let _second = world.admin(1);
    let third = || {
        world.hub.connect(Peer {
            person: person(1, Role::Admin),
            session_id: SessionId::new("third".to_owned()),
        })
    };
    assert!(matches!(third(), Err(ConnectError::TooMany)));
    drop(first);
    assert!(third().is_ok());
}

#[tokio::test(start_paused = true)]
async fn everything_is_back_at_zero_after_a_storm() {
    let world = World::new();
    let tickets: Vec<_> = (0..20).map(|_| world.ticket()).collect();
    let mut clients = Vec::new();
    for id in 0..500 {
        let client = world.admin(id % 100);
        client
            .join(tickets[usize::try_from(id).unwrap() % 20])
            .await;
        clients.push(client);
    }
    for &ticket in &tickets {
        world.say(ticket).await;
    }
    let counts = world.hub.counts();
    assert_eq!((counts.connections, counts.users), (500, 100));
    assert_eq!((counts.rooms, counts.members), (20, 500));
    drop(clients);
    assert_empty(&world).await;
}

#[tokio::test(start_paused = true)]
async fn the_tasks_of_a_hub_end_with_its_last_handle() {
    let before = tokio::runtime::Handle::current()
        .metrics()
        .num_alive_tasks();
    let world = World::new();
    let client = world.admin(1);
    drop(world);
    drop(client);
    crate::support::settled().await;
    let after = tokio::runtime::Handle::current()
        .metrics()
        .num_alive_tasks();
    assert_eq!(before, after);
}
