//! Limits in this process's memory: one node, gone with a restart, and bounded whoever asks.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::{Clock, Timestamp};

use super::rules::{self, Attempts};
use super::{FAILURES_KEPT, LimitError, Limits, Verdict};

/// Most keys of either kind: about ten megabytes together.
const KEYS_MAX: usize = 50_000;
/// The part of the keys that leaves when there are too many, so that looking for them is rare.
const LEAVING_PART: usize = 10;

/// The limits of the embedded default.
pub struct InProcessLimits {
    clock: Arc<dyn Clock>,
    counts: Mutex<Counts>,
}

struct Counts {
    /// When the next request is due.
    requests: Bounded<Timestamp>,
    attempts: Bounded<Attempts>,
}

/// A map that drops what ends soonest rather than grow for ever.
struct Bounded<T> {
    max: usize,
    entries: HashMap<String, (T, Timestamp)>,
}

impl<T: Copy> Bounded<T> {
    fn new(max: usize) -> Bounded<T> {
        Bounded {
            max,
            entries: HashMap::new(),
        }
    }

    fn get(&self, key: &str) -> Option<T> {
        self.entries.get(key).map(|(value, _)| *value)
    }

    fn set(&mut self, key: &str, value: T, ends: Timestamp, now: Timestamp) {
        if let Some(entry) = self.entries.get_mut(key) {
            *entry = (value, ends);
            return;
        }
        if self.entries.len() >= self.max {
            self.make_room(now);
        }
        self.entries.insert(key.to_owned(), (value, ends));
    }

    /// Drops what has ended, and then what ends soonest, until a part of the places is free.
    fn make_room(&mut self, now: Timestamp) {
        self.entries.retain(|_, (_, ends)| *ends > now);
        let free = (self.max / LEAVING_PART).max(1);
        let Some(mut leaving) = (self.entries.len() + free).checked_sub(self.max) else {
            return;
        };
        let mut ends: Vec<Timestamp> = self.entries.values().map(|(_, ends)| *ends).collect();
        if leaving == 0 || leaving > ends.len() {
            return;
        }
        let (_, last, _) = ends.select_nth_unstable(leaving - 1);
        let last = *last;
        // Many may end at one moment: no more of them leave than have to.
        let sooner = self.entries.values().filter(|(_, ends)| *ends < last);
        leaving -= sooner.count();
        self.entries.retain(|_, (_, ends)| {
            if *ends == last && leaving > 0 {
                leaving -= 1;
                return false;
            }
            *ends >= last
        });
    }
}

impl fmt::Debug for InProcessLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcessLimits(..)")
    }
}

impl InProcessLimits {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> InProcessLimits {
        InProcessLimits {
            clock,
            counts: Mutex::new(Counts {
                requests: Bounded::new(KEYS_MAX),
                attempts: Bounded::new(KEYS_MAX),
            }),
        }
    }

    /// No code panics while it holds the lock, so what a poisoned lock guards is whole.
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Limits for InProcessLimits {
    async fn pass(&self, key: &str, per_minute: u32) -> Result<Verdict, LimitError> {
        let now = self.clock.now();
        let requests = &mut self.counts().requests;
        let (verdict, due) = rules::pass(requests.get(key), per_minute, now);
        requests.set(key, due, due, now);
        Ok(verdict)
    }

    async fn attempt(&self, key: &str) -> Result<Verdict, LimitError> {
        let now = self.clock.now();
        let attempts = &mut self.counts().attempts;
        let (verdict, after) = attempts.get(key).unwrap_or_default().attempt(now);
        attempts.set(key, after, Timestamp(after.last).plus(FAILURES_KEPT), now);
        Ok(verdict)
    }

    async fn succeeded(&self, key: &str) -> Result<(), LimitError> {
        self.counts().attempts.entries.remove(key);
        Ok(())
    }

    async fn withdrawn(&self, key: &str) -> Result<(), LimitError> {
        let entries = &mut self.counts().attempts.entries;
        if let Some((attempts, _)) = entries.get_mut(key) {
            match attempts.withdrawn() {
                Some(before) => *attempts = before,
                None => drop(entries.remove(key)),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1000);

    fn filled(ends: impl IntoIterator<Item = i64>) -> Bounded<i64> {
        let mut bounded = Bounded::new(100);
        for (at, ends) in ends.into_iter().enumerate() {
            bounded.set(&format!("first-{at}"), ends, Timestamp(ends), NOW);
        }
        bounded
    }

    #[test]
    fn there_are_never_more_keys_than_places() {
        let mut bounded = filled(2000..2100);
        assert_eq!(bounded.entries.len(), 100);
        for at in 0..10_000 {
            bounded.set(&format!("later-{at}"), 0, Timestamp(5000 + at), NOW);
            assert!(bounded.entries.len() <= 100);
        }
        assert!(bounded.entries.len() > 90);
    }

    #[test]
    fn what_has_ended_leaves_first() {
        // Ends 951..=1050: half have ended at 1000, which is more than a tenth, so the rest stays.
        let mut bounded = filled(951..=1050);
        bounded.set("new", 0, Timestamp(2000), NOW);
        assert_eq!(bounded.entries.len(), 51);
        assert!(
            (1001..=1050).all(|ends| bounded.entries.values().any(|(value, _)| *value == ends))
        );
    }

    #[test]
    fn what_ends_soonest_leaves_next() {
        let mut bounded = filled((2000..2100).rev());
        bounded.set("new", 0, Timestamp(1001), NOW);
        assert_eq!(bounded.entries.len(), 91);
        assert!((2010..2100).all(|ends| bounded.entries.values().any(|(value, _)| *value == ends)));
    }

    #[test]
    fn no_more_than_a_tenth_leaves_even_if_all_end_at_once() {
        let mut bounded = filled([2000; 100]);
        bounded.set("new", 0, Timestamp(3000), NOW);
        assert_eq!(bounded.entries.len(), 91);
    }

    #[test]
    fn a_known_key_needs_no_place() {
        let mut bounded = filled(2000..2100);
        bounded.set("first-0", 7, Timestamp(9000), NOW);
        assert_eq!(
            (bounded.entries.len(), bounded.get("first-0")),
            (100, Some(7))
        );
    }
}
