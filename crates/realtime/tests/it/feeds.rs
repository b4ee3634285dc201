//! Frames that follow the user: tickets and notifications.

use contract::frames::ServerFrame;
use domain::Role;

use crate::support::{CUSTOMER, World, notice, person};

fn tickets(frames: &[ServerFrame]) -> usize {
    frames
        .iter()
        .filter(|frame| matches!(frame, ServerFrame::Ticket { .. }))
        .count()
}

fn notifications(frames: &[ServerFrame]) -> usize {
    frames
        .iter()
        .filter(|frame| matches!(frame, ServerFrame::Notification { unread: 7, .. }))
        .count()
}

#[tokio::test(start_paused = true)]
async fn a_change_reaches_its_requester_and_all_admins_and_nobody_else() {
    let world = World::new();
    let event = world.open_ticket();
    let mut requester = [world.customer(CUSTOMER), world.customer(CUSTOMER)];
    let mut admins = [world.admin(1), world.admin(1), world.admin(2)];
    let mut stranger = world.customer(CUSTOMER + 1);
    world.hub.publish(event).await;
    for client in requester.iter_mut().chain(&mut admins) {
        assert_eq!(tickets(&client.received().await), 1);
    }
    assert_eq!(stranger.received().await, []);
}

#[tokio::test(start_paused = true)]
async fn an_admin_who_is_the_requester_gets_one_frame() {
    let world = World::new();
    let event = world.open_ticket();
    let mut client = world.client(person(CUSTOMER, Role::Admin));
    world.hub.publish(event).await;
    assert_eq!(tickets(&client.received().await), 1);
}

#[tokio::test(start_paused = true)]
async fn a_notification_reaches_all_sockets_of_those_told_only() {
    let world = World::new();
    let ticket = world.ticket();
    let mut told = [world.admin(1), world.admin(1), world.customer(CUSTOMER)];
    let mut others = [world.admin(2), world.customer(CUSTOMER + 1)];
    let mut event = world.message(ticket);
    event.notices = vec![
        notice(&event, 1, 10),
        notice(&event, CUSTOMER, 11),
        notice(&event, 77, 12),
    ];
    world.hub.publish(event).await;
    for client in &mut told {
        assert_eq!(notifications(&client.received().await), 1);
    }
    for client in &mut others {
        assert_eq!(notifications(&client.received().await), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn an_event_announced_twice_is_passed_on_once() {
    let world = World::new();
    let ticket = world.ticket();
    let mut client = world.admin(1);
    let mut event = world.message(ticket);
    event.notices = vec![notice(&event, 1, 10)];
    world.hub.publish(event.clone()).await;
    world.hub.publish(event).await;
    let frames = client.received().await;
    assert_eq!((tickets(&frames), notifications(&frames)), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn in_a_room_the_entry_comes_before_its_ticket() {
    let world = World::new();
    let ticket = world.ticket();
    let mut client = world.admin(1);
    client.join(ticket).await;
    client.received().await;
    world.say(ticket).await;
    let frames = client.received().await;
    assert!(
        matches!(
            frames[..],
            [ServerFrame::Entry { .. }, ServerFrame::Ticket { .. }]
        ),
        "{frames:?}"
    );
}
