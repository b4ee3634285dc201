//! One ticket's room: its members, what they have been sent, and who is there.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use contract::socket::CloseCode;
use domain::{Entry, Seq, TicketId, UserId};
use tokio::task::AbortHandle;
use tokio::time::Instant;

use crate::frame::{self, EntryFrames};
use crate::link::Link;
use crate::queue::{Membership, Weight};
use crate::recent::Recent;
use crate::stream::Stream;

/// Longest pause between two `presence` frames of a room.
const PRESENCE_PAUSE_MAX: Duration = Duration::from_secs(10);

struct Member {
    link: Arc<Link>,
    /// Number of the join among those of the connection.
    number: u32,
    /// The head that it was sent on joining; none while it is on its way in.
    joined_at: Option<Seq>,
}

impl Member {
    fn is(&self, link: &Arc<Link>, number: u32) -> bool {
        self.number == number && Arc::ptr_eq(&self.link, link)
    }

    fn user_id(&self) -> UserId {
        self.link.peer.person.id
    }
}

/// How the room gets what it misses.
#[derive(Debug, Default)]
pub(crate) enum Healing {
    /// Nothing is missing, or nothing is done about it yet.
    #[default]
    Idle,
    /// A timer runs.
    Waiting,
    /// The read with this number is under way.
    Reading(u64, AbortHandle),
}

/// What became of a join.
pub(crate) enum Entered {
    /// In; the membership that it replaced, if there was one.
    Live(Option<Membership>),
    /// The snapshot is older than what the room can add to it.
    Behind,
    /// The connection is ending or gave the join up.
    Gone,
}

pub(crate) struct Room {
    /// Distinguishes it from earlier rooms of the ticket.
    pub(crate) id: u64,
    pub(crate) ticket_id: TicketId,
    pub(crate) stream: Stream,
    pub(crate) healing: Healing,
    /// Reads of missing entries that failed in a row.
    pub(crate) failures: u32,
    /// Members that the hub's counters know of.
    pub(crate) counted: usize,
    /// Frames queued since it was last asked.
    pub(crate) queued: usize,
    /// Whether a timer for the next `presence` frame runs.
    pub(crate) presence_timed: bool,
    delivered: Arc<AtomicI64>,
    members: Vec<Member>,
    joining: usize,
    recent: Recent,
    people_changed: bool,
    presence_from: Instant,
    presence_pause: Duration,
}

impl Drop for Room {
    fn drop(&mut self) {
        if let Healing::Reading(_, read) = &self.healing {
            read.abort();
        }
    }
}

impl Room {
    pub(crate) fn new(id: u64, ticket_id: TicketId, presence_pause: Duration) -> Room {
        Room {
            id,
            ticket_id,
            stream: Stream::new(),
            healing: Healing::Idle,
            failures: 0,
            counted: 0,
            queued: 0,
            presence_timed: false,
            delivered: Arc::new(AtomicI64::new(0)),
            members: Vec::new(),
            joining: 0,
            recent: Recent::default(),
            people_changed: false,
            presence_from: Instant::now(),
            presence_pause,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    /// Lets a connection wait for its snapshot; what is delivered meanwhile is kept.
    pub(crate) fn register(&mut self, link: Arc<Link>, number: u32) {
        self.members.push(Member {
            link,
            number,
            joined_at: None,
        });
        self.joining += 1;
        if let Some(last) = self.stream.last() {
            self.recent.start(last);
        }
    }

    /// Takes a connection in with its snapshot as of `head`, then adds what came since.
    pub(crate) fn enter(
        &mut self,
        link: &Arc<Link>,
        number: u32,
        head: Seq,
        joined: Bytes,
    ) -> Entered {
        let Some(place) = self
            .members
            .iter()
            .position(|member| member.is(link, number) && member.joined_at.is_none())
        else {
            return Entered::Gone;
        };
        self.stream.anchor(head);
        let last = self.stream.last().unwrap_or(head);
        self.recent.start(last);
        self.delivered.store(last.0, Ordering::Release);
        if head < last && !self.recent.covers(head) {
            return Entered::Behind;
        }
        let membership = Membership {
            ticket_id: self.ticket_id,
            number,
            joined_at: head,
            delivered: Arc::clone(&self.delivered),
        };
        let Some(left) = link.enter(membership, joined) else {
            // Its departure is on its way.
            return Entered::Gone;
        };
        let role = link.peer.person.role;
        for frames in self.recent.after(head) {
            // A refusal shows again at the next delivery, which removes the member.
            link.push_in(number, Weight::Vital, frames.of(role));
        }
        let known = self.is_present(link.peer.person.id);
        self.members[place].joined_at = Some(head);
        self.one_less_joining();
        self.people_changed |= !known;
        if (known || Instant::now() < self.presence_from)
            && let Some(frame) = frame::presence(self.ticket_id, self.people())
        {
            link.push_in(number, Weight::Droppable, &frame);
        }
        Entered::Live(left)
    }

    /// Removes a membership, live or on its way in.
    pub(crate) fn remove(&mut self, link: &Arc<Link>, number: u32) {
        let Some(place) = self
            .members
            .iter()
            .position(|member| member.is(link, number))
        else {
            return;
        };
        let member = self.members.remove(place);
        if member.joined_at.is_none() {
            self.one_less_joining();
        } else if !self.is_present(member.user_id()) {
            self.people_changed = true;
        }
        if self.members.len() < self.members.capacity() / 4 {
            self.members.shrink_to_fit();
        }
    }

    fn one_less_joining(&mut self) {
        self.joining -= 1;
        if self.joining == 0 {
            self.recent.stop();
        }
    }

    /// Delivers what is in order. False when an entry cannot be rendered.
    pub(crate) fn deliver(&mut self) -> bool {
        while let Some(entry) = self.stream.next_ready() {
            let seq = entry.seq;
            let Some(frames) = EntryFrames::render(entry) else {
                return false;
            };
            self.recent.push(seq, &frames);
            self.fan_out(Weight::Vital, |member, joined_at| {
                (joined_at < seq).then(|| frames.of(member.peer.person.role))
            });
            self.delivered.store(seq.0, Ordering::Release);
        }
        true
    }

    /// Takes entries in any order and delivers what can be. False when one cannot be rendered.
    pub(crate) fn accept(&mut self, entries: impl IntoIterator<Item = Entry>) -> bool {
        for entry in entries {
            self.stream.offer(entry);
        }
        self.deliver()
    }

    pub(crate) fn read_moved(&mut self, user_id: UserId, seq: Seq) {
        if let Some(frame) = frame::read(self.ticket_id, user_id, seq) {
            self.fan_out(Weight::Vital, |_, _| Some(&frame));
        }
    }

    /// Passes typing on to everybody else.
    pub(crate) fn typing(&mut self, link: &Arc<Link>, number: u32) {
        let is_in = |member: &Member| member.is(link, number) && member.joined_at.is_some();
        if !self.members.iter().any(is_in) {
            return;
        }
        let user_id = link.peer.person.id;
        if let Some(frame) = frame::typing(self.ticket_id, link.peer.person.clone()) {
            self.fan_out(Weight::Droppable, |member, _| {
                (member.peer.person.id != user_id).then_some(&frame)
            });
        }
    }

    /// Sends `presence` if somebody came or went; gives the time when it may be sent, if that is later.
    pub(crate) fn show_presence(&mut self, now: Instant) -> Option<Instant> {
        if !self.people_changed {
            return None;
        }
        if now < self.presence_from {
            return Some(self.presence_from);
        }
        self.people_changed = false;
        let people = self.people();
        let count = u32::try_from(people.len()).unwrap_or(u32::MAX);
        let pause = self.presence_pause.saturating_mul(count);
        self.presence_from = now + pause.min(PRESENCE_PAUSE_MAX);
        if let Some(frame) = frame::presence(self.ticket_id, people) {
            self.fan_out(Weight::Droppable, |_, _| Some(&frame));
        }
        self.people_changed.then_some(self.presence_from)
    }

    /// Ends the connections of all members; those on their way in come to a fresh start.
    pub(crate) fn close(&mut self, code: CloseCode) {
        self.members.retain(|member| {
            if member.joined_at.is_some() {
                member.link.queue.close(code);
            }
            member.joined_at.is_none()
        });
        self.stream.reset();
        self.recent.stop();
        self.failures = 0;
        self.people_changed = false;
    }

    /// Queues a frame for each live member for whom there is one, and removes those whose connection has ended.
    fn fan_out<'a>(&mut self, weight: Weight, frame: impl Fn(&Link, Seq) -> Option<&'a Bytes>) {
        let mut gone = Vec::new();
        let mut queued = 0;
        self.members.retain(|member| {
            let Some(frame) = member
                .joined_at
                .and_then(|joined_at| frame(&member.link, joined_at))
            else {
                return true;
            };
            queued += 1;
            let stays = member.link.push_in(member.number, weight, frame);
            if !stays {
                gone.push(member.user_id());
            }
            stays
        });
        self.queued += queued;
        self.people_changed |= gone.into_iter().any(|user| !self.is_present(user));
    }

    fn is_present(&self, user_id: UserId) -> bool {
        self.members
            .iter()
            .any(|member| member.joined_at.is_some() && member.user_id() == user_id)
    }

    /// Everybody who is in, once each, in the order of their coming.
    fn people(&self) -> Vec<contract::people::Person> {
        let mut seen = HashSet::new();
        self.members
            .iter()
            .filter(|member| member.joined_at.is_some() && seen.insert(member.user_id()))
            .map(|member| member.link.peer.person.clone().into())
            .collect()
    }
}

#[cfg(test)]
mod tests;
