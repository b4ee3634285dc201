//! Reading what a room misses.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use contract::socket::CloseCode;
use domain::{Entry, Seq, TicketId};
use tokio::time::timeout;
use tracing::{debug, warn};

use super::Shard;
use crate::backlog::OpenError;
use crate::frame::EntryFrames;
use crate::mailbox::{Healed, Message};
use crate::room::Healing;

impl Shard {
    /// Starts to read what a room misses, if it still misses something.
    pub(super) fn read_gap(&mut self, ticket_id: TicketId) {
        let number = self.number();
        let Some(room) = self.rooms.get_mut(&ticket_id) else {
            return;
        };
        let (Some((after, up_to)), Some(mailbox)) = (room.stream.gap(), self.own_mailbox.upgrade())
        else {
            return;
        };
        debug!(ticket.id = %ticket_id, %after, %up_to, "Reading missing entries");
        self.common
            .counters
            .gap_reads
            .fetch_add(1, Ordering::Relaxed);
        let backlog = Arc::clone(&self.common.backlog);
        let readers = Arc::clone(&self.common.gap_readers);
        let within = self.common.options.gap_timeout;
        let room_id = room.id;
        let read = tokio::spawn(async move {
            let Ok(_turn) = readers.acquire().await else {
                return;
            };
            // From here on: many rooms may wait for their turn after an outage.
            let entries = timeout(within, backlog.between(ticket_id, after, up_to)).await;
            let entries = entries.unwrap_or(Err(OpenError::Unavailable));
            let healed = Healed {
                ticket_id,
                room: room_id,
                number,
                entries: entries.and_then(render),
            };
            // No shard, no room to heal.
            let _ = mailbox.send(Message::Healed(Box::new(healed))).await;
        });
        room.healing = Healing::Reading(number, read.abort_handle());
    }

    pub(super) fn healed(&mut self, healed: Healed) {
        let tries = self.common.options.gap_tries;
        let counters = Arc::clone(&self.common.counters);
        let now = self.common.clock.now();
        self.with(healed.ticket_id, |room| {
            let expected = matches!(&room.healing,
                Healing::Reading(number, _) if *number == healed.number);
            if room.id != healed.room || !expected {
                return;
            }
            room.healing = Healing::Idle;
            let before = room.stream.gap();
            let error = match healed.entries {
                Err(error) => Some(error),
                Ok(entries) => {
                    let count = u64::try_from(entries.len()).unwrap_or(0);
                    counters.gaps_filled.fetch_add(count, Ordering::Relaxed);
                    for (seq, frames) in entries {
                        room.stream.offer(seq, frames);
                    }
                    room.deliver(&counters, now);
                    None
                }
            };
            let after = room.stream.gap();
            if after.is_none() || after.map(|gap| gap.0) != before.map(|gap| gap.0) {
                room.failures = 0;
                return;
            }
            room.failures += 1;
            warn!(ticket.id = %room.ticket_id, room.failures, ?error, "Missing entries were not there");
            if room.failures >= tries {
                room.close(CloseCode::CannotValidate);
            }
        });
    }
}

fn render(entries: Vec<Entry>) -> Result<Vec<(Seq, EntryFrames)>, OpenError> {
    let frames = entries.into_iter().map(|entry| {
        let (seq, created_at) = (entry.seq, entry.created_at);
        Some((seq, EntryFrames::render(entry, created_at)?))
    });
    frames.collect::<Option<_>>().ok_or(OpenError::Unavailable)
}
