//! Frames that follow the user, not the room: `ticket` and `notification`.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use bytes::Bytes;
use domain::{Seq, TicketId, UserId};

use crate::announcement::Announcement;
use crate::directory::Directory;

/// Events of a shard that are remembered, so that each is passed on once. A head check finds those that are
/// forgotten again, and passes them on again, which does no harm.
const REMEMBERED: usize = 65_536;

/// Passes tickets and notifications to the people concerned.
pub(crate) struct Feed {
    directory: Arc<Directory>,
    seen: HashSet<(TicketId, Seq)>,
    order: VecDeque<(TicketId, Seq)>,
}

impl Feed {
    pub(crate) fn new(directory: Arc<Directory>) -> Feed {
        Feed {
            directory,
            seen: HashSet::new(),
            order: VecDeque::new(),
        }
    }

    /// Announces an event once; gives the number of frames queued.
    pub(crate) fn announce(&mut self, announcement: &Announcement) -> usize {
        if !self.is_new(announcement.ticket_id, announcement.seq) {
            return 0;
        }
        self.pass_on_ticket(announcement.requester_id, &announcement.ticket)
            + self.notify(&announcement.notices)
    }

    /// Those of these events that were not announced here.
    pub(crate) fn missed(&self, events: Vec<(TicketId, Seq)>) -> Vec<(TicketId, Seq)> {
        let missed = events
            .into_iter()
            .filter(|event| !self.seen.contains(event));
        missed.collect()
    }

    fn pass_on_ticket(&self, requester_id: UserId, frame: &Bytes) -> usize {
        let admins = self.directory.admins();
        let mut requester = self.directory.of(requester_id);
        requester.retain(|link| !link.peer.is_admin());
        for link in admins.iter().chain(&requester) {
            link.push(frame);
        }
        admins.len() + requester.len()
    }

    fn notify(&self, notices: &[(UserId, Bytes)]) -> usize {
        let mut queued = 0;
        for (user_id, frame) in notices {
            let links = self.directory.of(*user_id);
            for link in &links {
                link.push(frame);
            }
            queued += links.len();
        }
        queued
    }

    fn is_new(&mut self, ticket_id: TicketId, seq: Seq) -> bool {
        if !self.seen.insert((ticket_id, seq)) {
            return false;
        }
        self.order.push_back((ticket_id, seq));
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.seen.remove(&oldest);
        }
        true
    }
}
