//! What the other nodes tell a shard and are told by it.

use std::sync::Arc;

use contract::people::Person;
use domain::{Seq, TicketId};

use super::Shard;
use crate::fanout::NodeId;

impl Shard {
    /// Who is in a room on another node. Those who are in it here are told back if that is asked for.
    pub(super) fn hear_presence(
        &mut self,
        ticket_id: TicketId,
        node: NodeId,
        people: Vec<Person>,
        ask: bool,
    ) {
        let fanout = self.common.fanout.clone();
        self.with(ticket_id, |room| {
            room.hear_presence(node, people);
            if !ask {
                return;
            }
            let here = room.presence_here();
            if let Some(fanout) = fanout
                && !here.people.is_empty()
            {
                fanout.presence(vec![here], false);
            }
        });
    }

    /// Tells the other nodes again who is here, and forgets those that fell silent.
    pub(super) fn refresh_presence(&mut self) {
        let expiry = self.common.options.presence_expiry;
        let mut here = Vec::new();
        for ticket_id in self.open_tickets() {
            self.with(ticket_id, |room| {
                room.forget_silent(expiry);
                here.push(room.presence_here());
            });
        }
        here.retain(|room| !room.people.is_empty());
        if let Some(fanout) = &self.common.fanout {
            fanout.presence(here, false);
        }
    }

    pub(super) fn open_tickets(&self) -> Vec<TicketId> {
        let mut tickets: Vec<_> = self.rooms.keys().copied().collect();
        tickets.sort_unstable();
        tickets
    }

    /// Learns how far tickets go; rooms that are behind read what they miss.
    pub(super) fn learn_heads(&mut self, heads: Vec<(TicketId, Seq)>) {
        for (ticket_id, head) in heads {
            self.with(ticket_id, |room| room.stream.expect(head));
        }
    }

    /// Tells the other nodes that nobody of a room is here any more, if they believe so.
    pub(super) fn tell_of_end(&mut self, ticket_id: TicketId) {
        let fanout = self.common.fanout.as_ref().map(Arc::clone);
        if let (Some(fanout), Some(room)) = (fanout, self.rooms.get(&ticket_id))
            && room.is_told_abroad()
        {
            fanout.presence(vec![room.presence_here()], false);
        }
    }
}
