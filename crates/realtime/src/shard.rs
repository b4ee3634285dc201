//! The actor that owns the rooms of its tickets.

mod abroad;
mod healing;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use contract::socket::CloseCode;
use domain::{Clock, TicketId};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{Instant, sleep_until};
use tracing::error;

use crate::announcement::Announcement;
use crate::backlog::Backlog;
use crate::counters::Counters;
use crate::departures::{Departure, Departures};
use crate::fanout::Fanout;
use crate::feed::Feed;
use crate::link::Link;
use crate::mailbox::{Answer, Entering, Message};
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
    pub(crate) clock: Arc<dyn Clock>,
    /// The way to the other nodes, if there may be any.
    pub(crate) fanout: Option<Arc<Fanout>>,
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
            Message::Announced(announcement) => self.publish(&announcement),
            Message::Unshowable(ticket_id) => {
                self.with(ticket_id, |room| room.close(CloseCode::Internal));
            }
            Message::ReadMoved(ticket_id, user_id, seq) => {
                self.with(ticket_id, |room| room.read_moved(user_id, seq));
            }
            Message::Register(ticket_id, link, number) => self.register(ticket_id, link, number),
            Message::Enter(entering) => self.enter(*entering),
            Message::Typing(ticket_id, link, number) => {
                self.typing(ticket_id, &link, number);
            }
            Message::Healed(healed) => self.healed(*healed),
            Message::TypingAbroad(ticket_id, person) => {
                self.with(ticket_id, |room| room.typing(person));
            }
            Message::PresenceAbroad {
                ticket_id,
                node,
                people,
                ask,
            } => self.hear_presence(ticket_id, node, people, ask),
            Message::RefreshPresence => self.refresh_presence(),
            // Whoever asked may have gone.
            Message::OpenTickets(reply) => drop(reply.send(self.open_tickets())),
            Message::Heads(heads) => self.learn_heads(heads),
            Message::Missed(events, reply) => drop(reply.send(self.feed.missed(events))),
        }
    }

    fn publish(&mut self, announcement: &Announcement) {
        let Announcement { seq, entry, .. } = announcement;
        self.deliver_after(announcement.ticket_id, |room| {
            room.stream.offer(*seq, entry.clone());
        });
        self.queued += self.feed.announce(announcement);
    }

    /// Works on a room, if there is one, and delivers what is in order then.
    fn deliver_after(&mut self, ticket_id: TicketId, work: impl FnOnce(&mut Room)) {
        let counters = Arc::clone(&self.common.counters);
        let now = self.common.clock.now();
        self.with(ticket_id, |room| {
            work(room);
            room.deliver(&counters, now);
        });
    }

    fn typing(&mut self, ticket_id: TicketId, link: &Arc<Link>, number: u32) {
        let fanout = self.common.fanout.clone();
        self.with(ticket_id, |room| {
            if !room.has(link, number) {
                return;
            }
            let person = contract::people::Person::from(link.peer.person.clone());
            if let Some(fanout) = fanout {
                fanout.typing(ticket_id, person.clone());
            }
            room.typing(person);
        });
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
        self.deliver_after(ticket_id, |_| {});
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
                (Due::Gap, _) => {}
            }
            self.settle(timer.ticket_id);
        }
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
        if let (Some(news), Some(fanout)) = (room.take_news(), &self.common.fanout) {
            fanout.presence(vec![news.room], news.ask);
        }
        if room.len() == 0 {
            self.tell_of_end(ticket_id);
            let counters = &self.common.counters;
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
