//! A committed change, rendered once for everybody who is told of it, on whatever node.

use bytes::Bytes;
use domain::{Seq, TicketId, UserId};

use crate::event::Event;
use crate::frame::{self, EntryFrames};

/// A committed change as frames.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Announcement {
    pub(crate) ticket_id: TicketId,
    pub(crate) seq: Seq,
    pub(crate) requester_id: UserId,
    pub(crate) entry: EntryFrames,
    pub(crate) ticket: Bytes,
    pub(crate) notices: Vec<(UserId, Bytes)>,
}

impl Announcement {
    /// `None`, logged, when it cannot be rendered.
    pub(crate) fn render(event: Event) -> Option<Announcement> {
        let notices = event.notices.into_iter();
        Some(Announcement {
            ticket_id: event.entry.ticket_id,
            seq: event.entry.seq,
            requester_id: event.ticket.requester.id,
            entry: EntryFrames::render(event.entry, event.committed_at)?,
            ticket: frame::ticket(event.ticket)?,
            notices: notices
                .map(|notice| Some((notice.user_id, frame::notification(notice)?)))
                .collect::<Option<_>>()?,
        })
    }
}
