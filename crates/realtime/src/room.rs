//! One ticket's room: its members, what they have been sent, and who is there.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use contract::people::Person;
use contract::socket::CloseCode;
use domain::{Seq, TicketId, Timestamp, UserId};
use tokio::task::AbortHandle;
use tokio::time::Instant;

use crate::counters::Counters;
use crate::fanout::{NodeId, RoomPresence};
use crate::frame::{self, EntryFrames};
use crate::link::Link;
use crate::presence::{Due, Presence};
use crate::queue::{Membership, Weight};
use crate::recent::Recent;
use crate::stream::Stream;

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
    pub(crate) stream: Stream<EntryFrames>,
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
    presence: Presence,
    /// What the other nodes are to be told of those who are here, since it was last asked.
    news: Option<PresenceNews>,
}

/// What the other nodes are to be told.
pub(crate) struct PresenceNews {
    pub(crate) room: RoomPresence,
    /// Whether they are to tell in turn.
    pub(crate) ask: bool,
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
            presence: Presence::new(presence_pause),
            news: None,
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
        let user_id = link.peer.person.id;
        let here = self.is_here(user_id);
        let known = here || self.presence.is_abroad(user_id);
        self.members[place].joined_at = Some(head);
        self.one_less_joining();
        if !here {
            self.presence.changed_here(user_id);
        }
        if (known || self.presence.is_pausing(Instant::now()))
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
        } else if !self.is_here(member.user_id()) {
            self.presence.changed_here(member.user_id());
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

    /// Delivers what is in order, and counts it.
    pub(crate) fn deliver(&mut self, counters: &Counters, now: Timestamp) {
        while let Some((seq, frames)) = self.stream.next_ready() {
            self.recent.push(seq, &frames);
            let queued = self.fan_out(Weight::Vital, |member, joined_at| {
                (joined_at < seq).then(|| frames.of(member.peer.person.role))
            });
            self.delivered.store(seq.0, Ordering::Release);
            if queued > 0 {
                let micros = now.0.saturating_sub(frames.committed_at.0);
                counters.delivered(queued, micros.try_into().unwrap_or(0));
            }
        }
    }

    pub(crate) fn read_moved(&mut self, user_id: UserId, seq: Seq) {
        if let Some(frame) = frame::read(self.ticket_id, user_id, seq) {
            self.fan_out(Weight::Vital, |_, _| Some(&frame));
        }
    }

    /// Whether this join has made a member of this connection.
    pub(crate) fn has(&self, link: &Arc<Link>, number: u32) -> bool {
        let is_in = |member: &Member| member.is(link, number) && member.joined_at.is_some();
        self.members.iter().any(is_in)
    }

    /// Passes typing on to everybody else.
    pub(crate) fn typing(&mut self, person: Person) {
        let user_id = UserId(person.id);
        if let Some(frame) = frame::typing(self.ticket_id, person) {
            self.fan_out(Weight::Droppable, |member, _| {
                (member.peer.person.id != user_id).then_some(&frame)
            });
        }
    }

    /// Another node tells who is in the room there.
    pub(crate) fn hear_presence(&mut self, node: NodeId, people: Vec<Person>) {
        self.presence.hear(node, people, Instant::now());
    }

    /// Forgets nodes that have told nothing for so long.
    pub(crate) fn forget_silent(&mut self, expiry: Duration) {
        self.presence.forget_silent(expiry, Instant::now());
    }

    /// Sends `presence` if somebody came or went; gives the time when it may be sent, if that is later.
    pub(crate) fn show_presence(&mut self, now: Instant) -> Option<Instant> {
        // Most of what happens in a room changes nobody's presence.
        self.presence.waits_until()?;
        let people = self.people();
        match self.presence.take_due(now, people.len()) {
            Due::Nothing => None,
            Due::At(later) => Some(later),
            Due::Now { here, abroad } => {
                if here && let Some(frame) = frame::presence(self.ticket_id, people) {
                    self.fan_out(Weight::Droppable, |_, _| Some(&frame));
                }
                if abroad {
                    let room = self.presence_here();
                    let ask = self.presence.tell_abroad(!room.people.is_empty());
                    self.news = Some(PresenceNews { room, ask });
                }
                // Somebody may have turned out to be gone.
                self.presence.waits_until()
            }
        }
    }

    /// Takes what the other nodes are to be told.
    pub(crate) fn take_news(&mut self) -> Option<PresenceNews> {
        self.news.take()
    }

    /// Who is in on this node, for the others.
    pub(crate) fn presence_here(&self) -> RoomPresence {
        RoomPresence {
            ticket_id: self.ticket_id.0,
            people: self.people_here().collect(),
        }
    }

    /// Whether other nodes believe that somebody is in here.
    pub(crate) fn is_told_abroad(&self) -> bool {
        self.presence.is_told_abroad()
    }

    /// Ends the connections of all members; those on their way in come to a fresh start.
    pub(crate) fn close(&mut self, code: CloseCode) {
        let mut gone = Vec::new();
        self.members.retain(|member| {
            if member.joined_at.is_some() {
                member.link.queue.close(code);
                gone.push(member.user_id());
            }
            member.joined_at.is_none()
        });
        for user_id in gone {
            self.presence.changed_here(user_id);
        }
        self.stream.reset();
        self.recent.stop();
        self.failures = 0;
    }

    /// Queues a frame for each live member for whom there is one, and removes those whose connection has ended.
    /// Gives how many frames were queued.
    fn fan_out<'a>(
        &mut self,
        weight: Weight,
        frame: impl Fn(&Link, Seq) -> Option<&'a Bytes>,
    ) -> usize {
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
        for user_id in gone {
            if !self.is_here(user_id) {
                self.presence.changed_here(user_id);
            }
        }
        queued
    }

    /// Whether somebody is in on this node.
    fn is_here(&self, user_id: UserId) -> bool {
        self.members
            .iter()
            .any(|member| member.joined_at.is_some() && member.user_id() == user_id)
    }

    /// Everybody who is in, once each, in the order of their coming; those on other nodes last.
    fn people(&self) -> Vec<Person> {
        let abroad = self.presence.people_abroad().cloned();
        let mut seen = HashSet::new();
        self.people_here()
            .chain(abroad)
            .filter(|person| seen.insert(person.id))
            .collect()
    }

    fn people_here(&self) -> impl Iterator<Item = Person> {
        let mut seen = HashSet::new();
        self.members
            .iter()
            .filter(move |member| member.joined_at.is_some() && seen.insert(member.user_id()))
            .map(|member| member.link.peer.person.clone().into())
    }
}

#[cfg(test)]
mod tests;
