//! What shards are told.

use std::sync::Arc;

use bytes::Bytes;
use domain::{Entry, Seq, TicketId, UserId};
use tokio::sync::oneshot;

use crate::backlog::OpenError;
use crate::event::Event;
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
    pub(crate) entries: Result<Vec<Entry>, OpenError>,
}

/// A message to a shard. Numbers are those of joins among the joins of one connection.
pub(crate) enum Message {
    Event(Box<Event>),
    ReadMoved(TicketId, UserId, Seq),
    Register(TicketId, Arc<Link>, u32),
    Enter(Box<Entering>),
    Typing(TicketId, Arc<Link>, u32),
    Healed(Box<Healed>),
}
