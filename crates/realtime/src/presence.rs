//! Who is in a room besides its own members, and when whom has to be told.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use contract::people::Person;
use domain::UserId;
use tokio::time::Instant;

use crate::fanout::NodeId;

/// Longest pause between two `presence` frames of a room.
const PAUSE_MAX: Duration = Duration::from_secs(10);

struct Abroad {
    people: Vec<Person>,
    heard_at: Instant,
}

/// What is to be done about presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    Nothing,
    At(Instant),
    Now {
        /// The members are to be told.
        here: bool,
        /// The other nodes are to be told.
        abroad: bool,
    },
}

pub(crate) struct Presence {
    /// Everybody who is in is not who the members were told of.
    changed: bool,
    /// The members are not those that the other nodes were told of.
    changed_here: bool,
    /// Whether other nodes believe that somebody is in here.
    told_abroad: bool,
    from: Instant,
    /// For each person.
    pause: Duration,
    abroad: BTreeMap<NodeId, Abroad>,
}

impl Presence {
    pub(crate) fn new(pause: Duration) -> Presence {
        Presence {
            changed: false,
            changed_here: false,
            told_abroad: false,
            from: Instant::now(),
            pause,
            abroad: BTreeMap::new(),
        }
    }

    /// Notes that somebody came into the room on this node, or left it.
    pub(crate) fn changed_here(&mut self, user_id: UserId) {
        self.changed_here = true;
        self.changed |= !self.is_abroad(user_id);
    }

    pub(crate) fn is_abroad(&self, user_id: UserId) -> bool {
        self.people_abroad().any(|person| person.id == user_id.0)
    }

    pub(crate) fn people_abroad(&self) -> impl Iterator<Item = &Person> {
        self.abroad.values().flat_map(|abroad| &abroad.people)
    }

    /// Another node tells who is in the room there.
    pub(crate) fn hear(&mut self, node: NodeId, people: Vec<Person>, now: Instant) {
        let ids = |people: &[Person]| {
            people
                .iter()
                .map(|person| person.id)
                .collect::<HashSet<_>>()
        };
        let before = self.abroad.remove(&node);
        let before = before.map(|abroad| ids(&abroad.people)).unwrap_or_default();
        self.changed |= before != ids(&people);
        if !people.is_empty() {
            let heard_at = now;
            self.abroad.insert(node, Abroad { people, heard_at });
        }
    }

    /// Forgets nodes that have told nothing for so long.
    pub(crate) fn forget_silent(&mut self, expiry: Duration, now: Instant) {
        let known = self.abroad.len();
        self.abroad
            .retain(|_, abroad| now < abroad.heard_at + expiry);
        self.changed |= self.abroad.len() < known;
    }

    /// Whether a frame has to wait for its turn.
    pub(crate) fn is_pausing(&self, now: Instant) -> bool {
        now < self.from
    }

    /// Takes what is to be done now, for a room with so many people.
    pub(crate) fn take_due(&mut self, now: Instant, people: usize) -> Due {
        if !self.changed && !self.changed_here {
            return Due::Nothing;
        }
        if self.is_pausing(now) {
            return Due::At(self.from);
        }
        let people = u32::try_from(people).unwrap_or(u32::MAX);
        self.from = now + self.pause.saturating_mul(people).min(PAUSE_MAX);
        Due::Now {
            here: std::mem::take(&mut self.changed),
            abroad: std::mem::take(&mut self.changed_here),
        }
    }

    /// When something may be done next, if anything is to be done.
    pub(crate) fn waits_until(&self) -> Option<Instant> {
        (self.changed || self.changed_here).then_some(self.from)
    }

    /// Notes that other nodes are told of members, and whether it is for the first time.
    pub(crate) fn tell_abroad(&mut self, anybody: bool) -> bool {
        let first = anybody && !self.told_abroad;
        self.told_abroad = anybody;
        first
    }

    /// Whether other nodes believe that somebody is in here.
    pub(crate) fn is_told_abroad(&self) -> bool {
        self.told_abroad
    }
}

#[cfg(test)]
mod tests {
    use contract::people::Role;

    use super::*;

    fn person(id: i64) -> Person {
        Person {
            id,
            name: format!("Person {id}"),
            role: Role::User,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn somebody_is_abroad_until_their_node_falls_silent() {
        let expiry = Duration::from_secs(25);
        let node = NodeId(7);
        let mut presence = Presence::new(Duration::ZERO);
        let begun = Instant::now();
        presence.hear(node, vec![person(1)], begun);
        let told = Due::Now {
            here: true,
            abroad: false,
        };
        assert_eq!(presence.take_due(begun, 1), told);

        let refreshed = begun + Duration::from_secs(20);
        presence.hear(node, vec![person(1)], refreshed);
        presence.forget_silent(expiry, begun + expiry);
        assert_eq!(presence.take_due(refreshed, 1), Due::Nothing);
        assert!(presence.is_abroad(UserId(1)));

        presence.forget_silent(expiry, refreshed + expiry);
        assert!(!presence.is_abroad(UserId(1)));
        assert_eq!(presence.take_due(refreshed, 1), told);
    }

    #[tokio::test(start_paused = true)]
    async fn coming_here_from_another_node_is_news_for_the_others_only() {
        let now = Instant::now();
        let mut presence = Presence::new(Duration::ZERO);
        presence.hear(NodeId(7), vec![person(1)], now);
        presence.take_due(now, 1);
        presence.changed_here(UserId(1));
        let due = Due::Now {
            here: false,
            abroad: true,
        };
        assert_eq!(presence.take_due(now, 1), due);
    }
}
