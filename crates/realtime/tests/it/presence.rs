//! Who is in a ticket, and who is typing.

use std::time::Duration;

use contract::frames::ServerFrame;
use contract::socket::TYPING_EVERY;

use crate::support::{CUSTOMER, World, present};

async fn pause() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}

fn typing(frames: &[ServerFrame]) -> Vec<i64> {
    frames
        .iter()
        .filter_map(|frame| match frame {
            ServerFrame::Typing { person, .. } => Some(person.id),
            _ => None,
        })
        .collect()
}

#[tokio::test(start_paused = true)]
async fn presence_follows_the_set_of_people() {
    let world = World::new();
    let ticket = world.ticket();
    let mut admin = world.admin(1);
    admin.join(ticket).await;
    assert_eq!(present(&admin.received().await), Some(vec![1]));

    let mut customer = world.customer(CUSTOMER);
    customer.join(ticket).await;
    assert_eq!(present(&customer.received().await), Some(vec![1, CUSTOMER]));
    pause().await;
    assert_eq!(present(&admin.received().await), Some(vec![1, CUSTOMER]));
    pause().await;

    let mut second_tab = world.customer(CUSTOMER);
    second_tab.join(ticket).await;
    assert_eq!(
        present(&second_tab.received().await),
        Some(vec![1, CUSTOMER])
    );
    pause().await;
    assert_eq!(present(&admin.received().await), None, "the same people");

    drop(second_tab);
    pause().await;
    assert_eq!(
        present(&admin.received().await),
        None,
        "still there in the other tab"
    );
    drop(customer);
    pause().await;
    assert_eq!(present(&admin.received().await), Some(vec![1]));
}

#[tokio::test(start_paused = true)]
async fn a_crowd_that_comes_at_once_does_not_multiply_presence() {
    let world = World::new();
    let ticket = world.ticket();
    let mut first = world.admin(1);
    first.join(ticket).await;
    let mut crowd = Vec::new();
    for id in 2..=200 {
        let mut client = world.admin(id);
        client.join(ticket).await;
        assert!(present(&client.received().await).unwrap().contains(&id));
        crowd.push(client);
    }
    tokio::time::sleep(Duration::from_secs(10)).await;
    let frames = first.received().await;
    let count = frames
        .iter()
        .filter(|frame| matches!(frame, ServerFrame::Presence { .. }))
        .count();
    assert!(count < 30, "{count}");
    assert_eq!(present(&frames).unwrap().len(), 200);
}

#[tokio::test(start_paused = true)]
async fn typing_reaches_the_others_and_not_the_own_sockets() {
    let world = World::new();
    let ticket = world.ticket();
    let (mut typist, mut own_tab) = (world.admin(1), world.admin(1));
    let mut customer = world.customer(CUSTOMER);
    for client in [&typist, &own_tab, &customer] {
        client.join(ticket).await;
    }
    typist.connection.typing();
    assert_eq!(typing(&customer.received().await), [1]);
    assert_eq!(typing(&own_tab.received().await), [0; 0]);
    assert_eq!(typing(&typist.received().await), [0; 0]);
}

#[tokio::test(start_paused = true)]
async fn typing_is_throttled_per_connection() {
    let world = World::new();
    let ticket = world.ticket();
    let (typist, mut customer) = (world.admin(1), world.customer(CUSTOMER));
    typist.join(ticket).await;
    customer.join(ticket).await;
    for _ in 0..10 {
        typist.connection.typing();
    }
    assert_eq!(typing(&customer.received().await), [1]);
    tokio::time::sleep(TYPING_EVERY).await;
    typist.connection.typing();
    assert_eq!(typing(&customer.received().await), [1]);
}
