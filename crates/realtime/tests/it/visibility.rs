//! Who receives what of a ticket.

use contract::frames::ServerFrame;
use contract::timeline::Entry;
use domain::{Seq, UserId};
use realtime::{OpenError, Outgoing};

use crate::support::{CUSTOMER, World, seqs, settled};

#[tokio::test(start_paused = true)]
async fn customers_see_the_places_of_notes_and_staff_sees_notes() {
    let world = World::new();
    let ticket = world.ticket();
    let earlier = world.note(ticket);
    let (mut customer, mut admin) = (world.customer(CUSTOMER), world.admin(1));
    customer.join(ticket).await;
    admin.join(ticket).await;
    world.hub.publish(earlier).await;
    world.hub.publish(world.note(ticket)).await;

    settled().await;
    let mut bytes = Vec::new();
    let mut hidden = 0;
    while let Some(Some(Outgoing::Text(frame))) = customer.ready().await {
        bytes.extend_from_slice(&frame);
        match serde_json::from_slice(&frame).unwrap() {
            ServerFrame::Joined { entries, .. } => {
                hidden += entries
                    .iter()
                    .filter(|entry| matches!(entry, Entry::Hidden(_)))
                    .count();
            }
            ServerFrame::Entry { entry, .. } => {
                assert!(matches!(entry, Entry::Hidden(_)));
                hidden += 1;
            }
            _ => {}
        }
    }
    assert_eq!(hidden, 2);
    assert!(!String::from_utf8(bytes).unwrap().contains("Secret"));

    let frames = admin.received().await;
    assert_eq!(seqs(&frames), [3]);
    for frame in frames {
        if let ServerFrame::Entry { entry, .. } = frame {
            let Entry::Visible(entry) = entry else {
                panic!("hidden from staff");
            };
            assert_eq!(entry.body.as_deref(), Some("Secret"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn strangers_receive_nothing_and_cannot_tell_that_the_ticket_exists() {
    let world = World::new();
    let ticket = world.ticket();
    let mut stranger = world.customer(CUSTOMER + 1);
    assert_eq!(
        stranger.connection.join(1, ticket, None).await,
        Err(OpenError::NotFound)
    );
    stranger.connection.typing();
    world.say(ticket).await;
    world.hub.read_moved(ticket, UserId(1), Seq(1)).await;
    assert_eq!(stranger.received().await, []);
}

#[tokio::test(start_paused = true)]
async fn read_cursors_reach_everybody_in_the_room() {
    let world = World::new();
    let ticket = world.ticket();
    let (mut customer, mut admin) = (world.customer(CUSTOMER), world.admin(1));
    customer.join(ticket).await;
    admin.join(ticket).await;
    world.hub.read_moved(ticket, UserId(1), Seq(1)).await;
    let expected = ServerFrame::Read {
        ticket_id: ticket.0,
        user_id: 1,
        seq: 1,
    };
    assert!(customer.received().await.contains(&expected));
    assert!(admin.received().await.contains(&expected));
}
