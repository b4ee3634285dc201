//! What shards are told.

use std::sync::Arc;

use bytes::Bytes;
use contract::people::Person;
use domain::{Seq, TicketId, UserId};
use tokio::sync::oneshot;

use crate::announcement::Announcement;
use crate::backlog::OpenError;
use crate::fanout::NodeId;
use crate::frame::EntryFrames;
use crate::link::Link;

/// A connection that has its snapshot and wants to go live.
pub(crate) struct Entering {
    pub(crate) ticket_id: TicketId,
    pub(crate) link: Arc<Link>,
    pub(crate) number: u32,
    pub(crate) head: Seq,
    pub(crate) joined: Bytes,
    pub(crate) reply: oneshot::Sender<Answer>,
}

/// The answer to one that enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Live,
    Behind,
    Gone,
}

/// The result of reading missing entries.
pub(crate) struct Healed {
    pub(crate) ticket_id: TicketId,
    pub(crate) room: u64,
    pub(crate) number: u64,
    pub(crate) entries: Result<Vec<(Seq, EntryFrames)>, OpenError>,
}

/// A message to a shard. Numbers are those of joins among the joins of one connection.
pub(crate) enum Message {
    Announced(Box<Announcement>),
    /// An entry of this ticket cannot be shown: those who are in have to start anew.
    Unshowable(TicketId),
    ReadMoved(TicketId, UserId, Seq),
    Register(TicketId, Arc<Link>, u32),
    Enter(Box<Entering>),
    Typing(TicketId, Arc<Link>, u32),
    Healed(Box<Healed>),
    /// Somebody types on another node.
    TypingAbroad(TicketId, Person),
    /// Who is in a room on another node, which may ask back.
    PresenceAbroad {
        ticket_id: TicketId,
        node: NodeId,
        people: Vec<Person>,
        ask: bool,
    },
    /// The other nodes are to be told again who is where, and those that fell silent to be forgotten.
    RefreshPresence,
    /// Which tickets have a room?
    OpenTickets(oneshot::Sender<Vec<TicketId>>),
    /// How far these tickets go.
    Heads(Vec<(TicketId, Seq)>),
    /// Which of these events were not announced here?
    Missed(Vec<(TicketId, Seq)>, oneshot::Sender<Vec<(TicketId, Seq)>>),
}
