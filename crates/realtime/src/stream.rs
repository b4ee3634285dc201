//! The order of one ticket's entries: duplicates dropped, early ones kept until the missing have come.

use std::collections::BTreeMap;

use domain::Seq;

/// Early entries that are kept; what is beyond comes from the backlog.
const PENDING_MAX: usize = 256;
/// Entries read from the backlog at once.
const READ_MAX: i64 = 256;

/// Takes entries in any order and gives them in the order of their seq, each once.
#[derive(Debug)]
pub(crate) struct Stream<T> {
    /// The latest given; unknown until a snapshot has told where the ticket stands.
    last: Option<Seq>,
    /// The highest seq that is known to exist.
    target: Seq,
    pending: BTreeMap<Seq, T>,
}

impl<T> Stream<T> {
    pub(crate) fn new() -> Stream<T> {
        Stream {
            last: None,
            target: Seq::ZERO,
            pending: BTreeMap::new(),
        }
    }

    pub(crate) fn last(&self) -> Option<Seq> {
        self.last
    }

    /// Learns from a snapshot that the ticket stands at `head`; the first tells where to begin.
    pub(crate) fn anchor(&mut self, head: Seq) {
        if self.last.is_none() {
            self.last = Some(head);
            self.pending = self.pending.split_off(&head.next());
        }
        self.expect(head);
    }

    /// Learns that the ticket goes up to `head`, at least.
    pub(crate) fn expect(&mut self, head: Seq) {
        self.target = self.target.max(head);
    }

    pub(crate) fn offer(&mut self, seq: Seq, entry: T) {
        if self.last.is_some_and(|last| seq <= last) {
            return;
        }
        self.expect(seq);
        self.pending.entry(seq).or_insert(entry);
        if self.pending.len() > PENDING_MAX {
            self.pending.pop_last();
        }
    }

    /// The next entry, once it is here.
    pub(crate) fn next_ready(&mut self) -> Option<(Seq, T)> {
        let next = self.last?.next();
        let entry = self.pending.remove(&next)?;
        self.last = Some(next);
        Some((next, entry))
    }

    /// What has to be read: after the first, up to and including the second. Early entries in between come
    /// along, so that one read fills many holes.
    pub(crate) fn gap(&self) -> Option<(Seq, Seq)> {
        let last = self.last?;
        let mut up_to = self.target;
        for &seq in self.pending.keys().rev().take_while(|seq| **seq > last) {
            if seq != up_to {
                break;
            }
            up_to = Seq(seq.0 - 1);
        }
        (up_to > last).then(|| (last, up_to.min(Seq(last.0 + READ_MAX))))
    }

    /// Forgets where it stands, but not how far the ticket is known to go.
    pub(crate) fn reset(&mut self) {
        self.last = None;
        self.pending.clear();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn offer(stream: &mut Stream<i64>, seq: i64) {
        stream.offer(Seq(seq), seq);
    }

    fn ready(stream: &mut Stream<i64>) -> Vec<i64> {
        std::iter::from_fn(|| stream.next_ready())
            .inspect(|(seq, entry)| assert_eq!(seq.0, *entry))
            .map(|(_, entry)| entry)
            .collect()
    }

    #[test]
    fn nothing_is_given_before_a_snapshot_tells_where_to_begin() {
        let mut stream = Stream::new();
        offer(&mut stream, 4);
        offer(&mut stream, 3);
        assert_eq!(ready(&mut stream), [0; 0]);
        assert_eq!(stream.gap(), None);
        stream.anchor(Seq(3));
        assert_eq!(ready(&mut stream), [4]);
    }

    #[test]
    fn a_gap_ends_before_what_is_there_already() {
        let mut stream = Stream::new();
        stream.anchor(Seq(1));
        for seq in [3, 5, 6] {
            offer(&mut stream, seq);
        }
        assert_eq!(stream.gap(), Some((Seq(1), Seq(4))));
        stream.expect(Seq(8));
        assert_eq!(stream.gap(), Some((Seq(1), Seq(8))));
        stream.expect(Seq(2));
        assert_eq!(stream.gap(), Some((Seq(1), Seq(8))));
    }

    #[test]
    fn early_entries_are_bounded_and_the_rest_is_read() {
        let mut stream = Stream::new();
        stream.anchor(Seq::ZERO);
        for seq in (2..=10_000).rev() {
            offer(&mut stream, seq);
        }
        assert_eq!(stream.pending.len(), PENDING_MAX);
        let mut given = Vec::new();
        while let Some((after, up_to)) = stream.gap() {
            for seq in after.0 + 1..=up_to.0 {
                offer(&mut stream, seq);
            }
            given.extend(ready(&mut stream));
        }
        assert_eq!(given, (1..=10_000).collect::<Vec<i64>>());
    }

    proptest! {
        #[test]
        fn any_order_with_losses_and_duplicates_gives_every_entry_once(
            offered in prop::collection::vec(1_i64..50, 0..200),
            anchor in 0_i64..50,
            anchored_after in 0_usize..200,
        ) {
            let mut stream = Stream::new();
            let mut given = Vec::new();
            for (index, &seq) in offered.iter().enumerate() {
                if index == anchored_after {
                    stream.anchor(Seq(anchor));
                }
                offer(&mut stream, seq);
                given.extend(ready(&mut stream));
            }
            stream.anchor(Seq(anchor));
            given.extend(ready(&mut stream));
            while let Some((after, up_to)) = stream.gap() {
                for seq in after.0 + 1..=up_to.0 {
                    offer(&mut stream, seq);
                }
                given.extend(ready(&mut stream));
            }
            let highest = offered.iter().copied().max().unwrap_or(0);
            prop_assert_eq!(given, (anchor + 1..=highest).collect::<Vec<i64>>());
            prop_assert!(stream.pending.is_empty());
        }
    }
}
