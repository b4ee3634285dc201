//! Frames that follow the user, not the room: `ticket` and `notification`.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use domain::{Seq, Ticket, TicketId};

use crate::directory::Directory;
use crate::event::Notice;
use crate::frame;

/// Events that are remembered, so that one announced twice within moments is passed on once.
const REMEMBERED: usize = 4096;

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

    /// Announces the event that made entry `seq`; gives the number of frames queued.
    pub(crate) fn announce(&mut self, ticket: Ticket, seq: Seq, notices: Vec<Notice>) -> usize {
        if !self.is_new(ticket.id, seq) {
            return 0;
        }
        self.pass_on_ticket(ticket) + self.notify(notices)
    }

    fn pass_on_ticket(&self, ticket: Ticket) -> usize {
        let admins = self.directory.admins();
        let mut requester = self.directory.of(ticket.requester.id);
        requester.retain(|link| !link.peer.is_admin());
        if admins.is_empty() && requester.is_empty() {
            return 0;
        }
        let Some(frame) = frame::ticket(ticket) else {
            return 0;
        };
        for link in admins.iter().chain(&requester) {
            link.push(&frame);
        }
        admins.len() + requester.len()
    }

    fn notify(&self, notices: Vec<Notice>) -> usize {
        let mut queued = 0;
        for notice in notices {
            let links = self.directory.of(notice.user_id);
            if links.is_empty() {
                continue;
            }
            if let Some(frame) = frame::notification(notice) {
                for link in &links {
                    link.push(&frame);
                }
                queued += links.len();
            }
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
