//! Hears the other nodes and passes on what they tell.

use std::sync::Weak;
use std::sync::atomic::Ordering;

use tokio::sync::mpsc;
use tracing::debug;

use super::bus::Heard;
use super::message::{self, NodeMessage};
use crate::hub::{Hub, Inner};
use crate::mailbox::Message;

/// Listens until the hub is gone or the line ends.
pub(crate) async fn listen(hub: Weak<Inner>, mut line: mpsc::Receiver<Heard>) {
    while let Some(heard) = line.recv().await {
        let Some(inner) = hub.upgrade() else { return };
        let hub = Hub::from(inner);
        let counters = hub.counters();
        match heard {
            Heard::Message(bytes) => match message::decode(&bytes) {
                Some((node, _)) if Some(node) == hub.node() => {}
                Some((node, told)) => {
                    counters.heard.fetch_add(1, Ordering::Relaxed);
                    pass_on(&hub, node, told).await;
                }
                None => debug!("Passed over a message that this version does not know"),
            },
            Heard::Resumed => {
                counters.fanout_up.store(1, Ordering::Relaxed);
                hub.check_heads_now();
            }
            Heard::Down => counters.fanout_up.store(0, Ordering::Relaxed),
        }
    }
}

async fn pass_on(hub: &Hub, node: message::NodeId, told: NodeMessage) {
    match told {
        NodeMessage::Announced(announcement) => {
            let ticket_id = announcement.ticket_id;
            debug!(ticket.id = %ticket_id, seq = %announcement.seq, %node, "Heard an announcement");
            hub.send(ticket_id, Message::Announced(announcement)).await;
        }
        NodeMessage::ReadMoved {
            ticket_id,
            user_id,
            seq,
        } => {
            let moved = Message::ReadMoved(ticket_id, user_id, seq);
            hub.send(ticket_id, moved).await;
        }
        NodeMessage::Alert(frame) => hub.alert_here(&frame),
        NodeMessage::Typing { ticket_id, person } => {
            hub.try_send(ticket_id, Message::TypingAbroad(ticket_id, person));
        }
        NodeMessage::Presence { rooms, ask } => {
            for room in rooms {
                let ticket_id = domain::TicketId(room.ticket_id);
                let presence = Message::PresenceAbroad {
                    ticket_id,
                    node,
                    people: room.people,
                    ask,
                };
                hub.try_send(ticket_id, presence);
            }
        }
    }
}
