//! Messages between nodes as bytes: a line of JSON, then the frames that it measures, as sockets get them.
//!
//! The first number of the line is the version: nodes of different versions pass over what they do not know,
//! and the head check brings what they missed.

use std::fmt;

use bytes::{BufMut as _, Bytes, BytesMut};
use contract::people::Person;
use domain::{Seq, TicketId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

use crate::announcement::Announcement;
use crate::frame::EntryFrames;

const VERSION: u32 = 1;

/// Tells one start of a node from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct NodeId(pub(crate) u64);

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Who is in a room on one node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RoomPresence {
    pub(crate) ticket_id: i64,
    pub(crate) people: Vec<Person>,
}

/// What another node tells.
#[derive(Debug)]
pub(crate) enum NodeMessage {
    Announced(Box<Announcement>),
    ReadMoved {
        ticket_id: TicketId,
        user_id: UserId,
        seq: Seq,
    },
    /// A frame for all admins.
    Alert(Bytes),
    Typing {
        ticket_id: TicketId,
        person: Person,
    },
    Presence {
        rooms: Vec<RoomPresence>,
        ask: bool,
    },
}

#[derive(Serialize, Deserialize)]
struct Line {
    v: u32,
    node: NodeId,
    #[serde(flatten)]
    told: Told,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "snake_case")]
enum Told {
    Announced {
        ticket_id: i64,
        seq: i64,
        requester_id: i64,
        /// Microseconds since the epoch.
        committed_at: i64,
        /// Bytes of the entry for staff.
        staff: usize,
        /// Bytes of the entry for the customer; none: the same as for staff.
        customer: Option<usize>,
        /// Bytes of the ticket.
        ticket: usize,
        /// Users, and the bytes of what each is notified of.
        notices: Vec<(i64, usize)>,
    },
    ReadMoved {
        ticket_id: i64,
        user_id: i64,
        seq: i64,
    },
    Alert {
        /// Bytes of the frame.
        alert: usize,
    },
    Typing {
        ticket_id: i64,
        person: Person,
    },
    Presence {
        rooms: Vec<RoomPresence>,
        ask: bool,
    },
}

pub(super) fn announced(node: NodeId, announcement: &Announcement) -> Option<Bytes> {
    let (staff, customer) = announcement.entry.parts();
    let told = Told::Announced {
        ticket_id: announcement.ticket_id.0,
        seq: announcement.seq.0,
        requester_id: announcement.requester_id.0,
        committed_at: announcement.entry.committed_at.0,
        staff: staff.len(),
        customer: customer.map(Bytes::len),
        ticket: announcement.ticket.len(),
        notices: announcement
            .notices
            .iter()
            .map(|(user_id, frame)| (user_id.0, frame.len()))
            .collect(),
    };
    let frames = [Some(staff), customer, Some(&announcement.ticket)];
    let notices = announcement.notices.iter().map(|(_, frame)| frame);
    encode(node, told, frames.into_iter().flatten().chain(notices))
}

pub(super) fn read_moved(
    node: NodeId,
    ticket_id: TicketId,
    user_id: UserId,
    seq: Seq,
) -> Option<Bytes> {
    let told = Told::ReadMoved {
        ticket_id: ticket_id.0,
        user_id: user_id.0,
        seq: seq.0,
    };
    encode(node, told, [])
}

pub(super) fn alert(node: NodeId, frame: &Bytes) -> Option<Bytes> {
    let alert = frame.len();
    encode(node, Told::Alert { alert }, [frame])
}

pub(super) fn typing(node: NodeId, ticket_id: TicketId, person: Person) -> Option<Bytes> {
    let ticket_id = ticket_id.0;
    encode(node, Told::Typing { ticket_id, person }, [])
}

pub(super) fn presence(node: NodeId, rooms: Vec<RoomPresence>, ask: bool) -> Option<Bytes> {
    encode(node, Told::Presence { rooms, ask }, [])
}

fn encode<'a>(
    node: NodeId,
    told: Told,
    frames: impl IntoIterator<Item = &'a Bytes>,
) -> Option<Bytes> {
    let line = Line {
        v: VERSION,
        node,
        told,
    };
    let mut message = BytesMut::new().writer();
    serde_json::to_writer(&mut message, &line)
        .inspect_err(|error| tracing::error!(%error, "Could not render a message between nodes"))
        .ok()?;
    let mut message = message.into_inner();
    message.put_u8(b'\n');
    for frame in frames {
        message.extend_from_slice(frame);
    }
    Some(message.freeze())
}

/// Reads a message; `None` for one that is no such message.
pub(super) fn decode(message: &Bytes) -> Option<(NodeId, NodeMessage)> {
    // Frames go out to sockets as text.
    std::str::from_utf8(message).ok()?;
    let end = message.iter().position(|&byte| byte == b'\n')?;
    let line: Line = serde_json::from_slice(&message[..end]).ok()?;
    if line.v != VERSION {
        return None;
    }
    let mut frames = Frames(message.slice(end + 1..));
    let told = match line.told {
        Told::Announced {
            ticket_id,
            seq,
            requester_id,
            committed_at,
            staff,
            customer,
            ticket,
            notices,
        } => {
            let staff = frames.next(staff)?;
            let customer = match customer {
                Some(length) => frames.next(length)?,
                None => staff.clone(),
            };
            let committed_at = Timestamp(committed_at);
            let ticket = frames.next(ticket)?;
            let notices = notices.into_iter();
            NodeMessage::Announced(Box::new(Announcement {
                ticket_id: TicketId(ticket_id),
                seq: Seq(seq),
                requester_id: UserId(requester_id),
                entry: EntryFrames::from_parts(staff, customer, committed_at),
                ticket,
                notices: notices
                    .map(|(user_id, length)| Some((UserId(user_id), frames.next(length)?)))
                    .collect::<Option<_>>()?,
            }))
        }
        Told::ReadMoved {
            ticket_id,
            user_id,
            seq,
        } => NodeMessage::ReadMoved {
            ticket_id: TicketId(ticket_id),
            user_id: UserId(user_id),
            seq: Seq(seq),
        },
        Told::Alert { alert } => NodeMessage::Alert(frames.next(alert)?),
        Told::Typing { ticket_id, person } => NodeMessage::Typing {
            ticket_id: TicketId(ticket_id),
            person,
        },
        Told::Presence { rooms, ask } => NodeMessage::Presence { rooms, ask },
    };
    frames.0.is_empty().then_some((line.node, told))
}

/// The frames behind the line, one after the other.
struct Frames(Bytes);

impl Frames {
    fn next(&mut self, length: usize) -> Option<Bytes> {
        let enough = length > 0 && length <= self.0.len() && {
            // A length within a character would make two frames of no text.
            std::str::from_utf8(&self.0[..length]).is_ok()
        };
        enough.then(|| self.0.split_to(length))
    }
}

#[cfg(test)]
mod tests {
    use contract::people::Role;
    use proptest::prelude::*;

    use super::*;

    fn announcement(customer: &'static str) -> Announcement {
        Announcement {
            ticket_id: TicketId(7),
            seq: Seq(9),
            requester_id: UserId(3),
            entry: EntryFrames::from_parts(
                Bytes::from_static("{\"entry\":\"ä\n\"}".as_bytes()),
                Bytes::from_static(customer.as_bytes()),
                Timestamp(5),
            ),
            ticket: Bytes::from_static(b"{\"ticket\":1}"),
            notices: vec![(UserId(4), Bytes::from_static(b"{}"))],
        }
    }

    fn read_back(message: &Bytes) -> (NodeId, Announcement) {
        match decode(message) {
            Some((node, NodeMessage::Announced(announcement))) => (node, *announcement),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_announcement_comes_back_as_it_was() {
        let node = NodeId(7);
        for customer in ["{\"entry\":\"ä\n\"}", "{\"hidden\":9}"] {
            let sent = announcement(customer);
            let (from, read) = read_back(&announced(node, &sent).unwrap());
            assert_eq!(from, node);
            assert_eq!(read, sent);
        }
    }

    #[test]
    fn what_is_the_same_for_both_audiences_travels_once() {
        let node = NodeId(7);
        let once = announced(node, &announcement("{\"entry\":\"ä\n\"}")).unwrap();
        let twice = announced(node, &announcement("{\"hidden\":9}")).unwrap();
        assert!(once.len() < twice.len());
    }

    #[test]
    fn a_message_of_another_version_is_passed_over() {
        let message = announced(NodeId(7), &announcement("{}")).unwrap();
        let text = String::from_utf8(message.to_vec()).unwrap();
        let newer = text.replacen("\"v\":1", "\"v\":2", 1);
        assert_ne!(newer, text);
        assert!(decode(&Bytes::from(newer)).is_none());
    }

    #[test]
    fn the_other_messages_come_back_as_they_were() {
        let person = Person {
            id: 4,
            name: "Ada\n".to_owned(),
            role: Role::User,
        };
        let node = NodeId(7);
        let message = typing(node, TicketId(1), person.clone()).unwrap();
        assert!(matches!(decode(&message),
            Some((_, NodeMessage::Typing { ticket_id: TicketId(1), person: read })) if read == person));
        let message = read_moved(node, TicketId(1), UserId(2), Seq(3)).unwrap();
        assert!(matches!(
            decode(&message),
            Some((
                _,
                NodeMessage::ReadMoved {
                    ticket_id: TicketId(1),
                    user_id: UserId(2),
                    seq: Seq(3)
                }
            ))
        ));
        let frame = Bytes::from_static("{\"alert\":\"ä\"}".as_bytes());
        let message = alert(node, &frame).unwrap();
        assert!(matches!(decode(&message), Some((_, NodeMessage::Alert(read))) if read == frame));
        let rooms = vec![RoomPresence {
            ticket_id: 1,
            people: vec![person],
        }];
        let message = presence(node, rooms.clone(), true).unwrap();
        assert!(matches!(decode(&message),
            Some((_, NodeMessage::Presence { rooms: read, ask: true })) if read == rooms));
    }

    proptest! {
        #[test]
        fn no_bytes_and_no_cut_break_the_reader(
            noise in prop::collection::vec(any::<u8>(), 0..200),
            cut in 0_usize..400,
        ) {
            let whole = announced(NodeId(1), &announcement("{\"hidden\":9}")).unwrap();
            let _ = decode(&Bytes::from(noise));
            if cut < whole.len() {
                prop_assert!(decode(&whole.slice(..cut)).is_none());
            }
        }
    }
}
