//! The actor that owns the rooms of its tickets.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use contract::socket::CloseCode;
use domain::TicketId;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{Instant, sleep_until};
use tracing::{debug, error, warn};

use crate::backlog::{Backlog, OpenError};
use crate::counters::Counters;
use crate::departures::{Departure, Departures};
use crate::event::Event;
use crate::feed::Feed;
use crate::link::Link;
use crate::mailbox::{Answer, Entering, Healed, Message};
use crate::options::HubOptions;
use crate::room::{Entered, Healing, Room};
use crate::timers::{Due, Timer, Timers};

/// First pause after a failed read of missing entries; it doubles with every further one.
const RETRY_PAUSE: Duration = Duration::from_millis(100);
/// Frames queued before the writers get their turn.
const QUEUED_IN_A_ROW: usize = 1024;

/// What all shards share.
#[derive(Clone)]
pub(crate) struct Common {
    pub(crate) backlog: Arc<dyn Backlog>,
    pub(crate) departures: Arc<Departures>,
    pub(crate) counters: Arc<Counters>,
    pub(crate) options: Arc<HubOptions>,
    pub(crate) gap_readers: Arc<Semaphore>,
}

pub(crate) struct Shard {
    index: usize,
    common: Common,
    mailbox: mpsc::Receiver<Message>,
    own_mailbox: mpsc::WeakSender<Message>,
    rooms: HashMap<TicketId, Room>,
    timers: Timers,
    feed: Feed,
    /// Rooms and reads so far.
    numbers: u64,
    queued: usize,
}

impl Shard {
    pub(crate) fn new(
        index: usize,
        common: Common,
        mailbox: mpsc::Receiver<Message>,
        own_mailbox: mpsc::WeakSender<Message>,
        feed: Feed,
    ) -> Shard {
        Shard {
            index,
            common,
            mailbox,
            own_mailbox,
            rooms: HashMap::new(),
            timers: Timers::default(),
            feed,
            numbers: 0,
            queued: 0,
        }
    }

    /// Works until the hub and all its connections are gone.
    pub(crate) async fn run(mut self) {
        let departures = Arc::clone(&self.common.departures);
        let alarm = sleep_until(Instant::now());
        tokio::pin!(alarm);
        loop {
            let next_at = self.timers.next_at();
            if let Some(at) = next_at
                && alarm.deadline() != at
            {
                alarm.as_mut().reset(at);
            }
            tokio::select! {
                biased;
                () = departures.added(self.index) => {
                    self.guarded(Shard::depart_all);
                }
                () = &mut alarm, if next_at.is_some() => {
                    self.guarded(Shard::run_timers);
                }
                message = self.mailbox.recv() => match message {
                    Some(message) => self.guarded(|shard| shard.handle(message)),
                    None => break,
                },
            }
            if self.queued > QUEUED_IN_A_ROW {
                self.queued = 0;
                tokio::task::yield_now().await;
            }
        }
    }

    /// A fault in one message must not leave rooms that are silently dead.
    fn guarded(&mut self, work: impl FnOnce(&mut Shard)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            error!(shard = self.index, "A shard failed; its rooms start anew");
            for room in self.rooms.values_mut() {
                room.close(CloseCode::Internal);
            }
            let tickets: Vec<TicketId> = self.rooms.keys().copied().collect();
            for ticket_id in tickets {
                self.settle(ticket_id);
            }
        }
    }

    fn handle(&mut self, message: Message) {
        match message {
            Message::Event(event) => self.publish(*event),
            Message::ReadMoved(ticket_id, user_id, seq) => {
                self.with(ticket_id, |room| room.read_moved(user_id, seq));
            }
            Message::Register(ticket_id, link, number) => self.register(ticket_id, link, number),
            Message::Enter(entering) => self.enter(*entering),
            Message::Typing(ticket_id, link, number) => {
                self.with(ticket_id, |room| room.typing(&link, number));
            }
            Message::Healed(healed) => self.healed(*healed),
        }
    }

    fn publish(&mut self, event: Event) {
        let ticket_id = event.entry.ticket_id;
        let seq = event.entry.seq;
        self.with(ticket_id, |room| {
            if !room.accept([event.entry]) {
                room.close(CloseCode::Internal);
            }
        });
        self.queued += self.feed.announce(event.ticket, seq, event.notices);
    }

    fn register(&mut self, ticket_id: TicketId, link: Arc<Link>, number: u32) {
        // Given up in the meantime: its departure may have been here already.
        if !link.queue.is_joining(number) {
            return;
        }
        let id = self.number();
        let pause = self.common.options.presence_pause;
        self.rooms
            .entry(ticket_id)
            .or_insert_with(|| Room::new(id, ticket_id, pause))
            .register(link, number);
        self.settle(ticket_id);
    }

    fn enter(&mut self, entering: Entering) {
        let Entering {
            ticket_id,
            link,
            number,
            head,
            joined,
            reply,
        } = entering;
        let answer = match self.rooms.get_mut(&ticket_id) {
            None => Answer::Gone,
            Some(room) => match room.enter(&link, number, head, joined) {
                Entered::Behind => Answer::Behind,
                Entered::Gone => Answer::Gone,
                Entered::Live(left) => {
                    if let Some(left) = left {
                        self.common.departures.add(Departure {
                            ticket_id: left.ticket_id,
                            link,
                            number: left.number,
                        });
                    }
                    Answer::Live
                }
            },
        };
        self.with(ticket_id, |room| {
            if !room.deliver() {
                room.close(CloseCode::Internal);
            }
        });
        // The one who joins may have gone; the membership then ends by its departure.
        let _ = reply.send(answer);
    }

    fn depart_all(&mut self) {
        for departure in self.common.departures.take(self.index) {
            self.with(departure.ticket_id, |room| {
                room.remove(&departure.link, departure.number);
            });
        }
    }

    fn run_timers(&mut self) {
        let now = Instant::now();
        while let Some(timer) = self.timers.pop(now) {
            let Some(room) = self.rooms.get_mut(&timer.ticket_id) else {
                continue;
            };
            if room.id != timer.room {
                continue;
            }
            match (timer.due, &room.healing) {
                (Due::Presence, _) => room.presence_timed = false,
                (Due::Gap, Healing::Waiting) => {
                    room.healing = Healing::Idle;
                    self.read_gap(timer.ticket_id);
                }
                (Due::ReadTimeout(number), Healing::Reading(reading, read))
                    if number == *reading =>
                {
                    read.abort();
                    self.healed(Healed {
                        ticket_id: timer.ticket_id,
                        room: timer.room,
                        number,
                        entries: Err(OpenError::Unavailable),
                    });
                }
                (Due::Gap | Due::ReadTimeout(_), _) => {}
            }
            self.settle(timer.ticket_id);
        }
    }

    /// Starts to read what a room misses, if it still misses something.
    fn read_gap(&mut self, ticket_id: TicketId) {
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
        let room_id = room.id;
        let read = tokio::spawn(async move {
            let Ok(_turn) = readers.acquire().await else {
                return;
            };
            let healed = Healed {
                ticket_id,
                room: room_id,
                number,
                entries: backlog.between(ticket_id, after, up_to).await,
            };
            // No shard, no room to heal.
            let _ = mailbox.send(Message::Healed(Box::new(healed))).await;
        });
        room.healing = Healing::Reading(number, read.abort_handle());
        self.timers.add(Timer {
            at: Instant::now() + self.common.options.gap_timeout,
            ticket_id,
            room: room_id,
            due: Due::ReadTimeout(number),
        });
    }

    fn healed(&mut self, healed: Healed) {
        let tries = self.common.options.gap_tries;
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
                    if !room.accept(entries) {
                        room.close(CloseCode::Internal);
                    }
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

    /// Works on a room, if there is one, and looks after what follows from it.
    fn with(&mut self, ticket_id: TicketId, work: impl FnOnce(&mut Room)) {
        if let Some(room) = self.rooms.get_mut(&ticket_id) {
            work(room);
            self.settle(ticket_id);
        }
    }

    /// Removes a room without members, sets its timers, keeps the counters.
    fn settle(&mut self, ticket_id: TicketId) {
        let Some(room) = self.rooms.get_mut(&ticket_id) else {
            return;
        };
        let now = Instant::now();
        let presence_at = room.show_presence(now);
        self.queued += std::mem::take(&mut room.queued);
        let counters = &self.common.counters;
        if room.counted == 0 && room.len() > 0 {
            counters.rooms.fetch_add(1, Ordering::Relaxed);
        }
        counters.members.fetch_add(room.len(), Ordering::Relaxed);
        counters.members.fetch_sub(room.counted, Ordering::Relaxed);
        room.counted = room.len();
        if room.len() == 0 {
            counters.rooms.fetch_sub(1, Ordering::Relaxed);
            self.rooms.remove(&ticket_id);
            if self.rooms.capacity() > 64 && self.rooms.len() < self.rooms.capacity() / 4 {
                self.rooms.shrink_to(self.rooms.len() * 2);
            }
            return;
        }
        let timer = |at, due| Timer {
            at,
            ticket_id,
            room: room.id,
            due,
        };
        if let Some(at) = presence_at
            && !room.presence_timed
        {
            self.timers.add(timer(at, Due::Presence));
            room.presence_timed = true;
        }
        if matches!(room.healing, Healing::Idle) && room.stream.gap().is_some() {
            let pause = match room.failures {
                0 => self.common.options.gap_grace,
                failures => RETRY_PAUSE.saturating_mul(1 << failures.min(8)),
            };
            self.timers.add(timer(now + pause, Due::Gap));
            room.healing = Healing::Waiting;
        }
    }

    fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }
}

#[cfg(test)]
mod tests;
