//! Entries that a room delivered while somebody was on their way in.

use std::collections::VecDeque;

use domain::Seq;

use crate::frame::EntryFrames;

const FRAMES_MAX: usize = 256;
const BYTES_MAX: usize = 2 * 1024 * 1024;

/// Empty unless somebody is joining, and bounded: whoever needs more opens the ticket again.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    /// Everything delivered after this is here; unknown when nothing is kept.
    since: Option<Seq>,
    frames: VecDeque<(Seq, EntryFrames)>,
    bytes: usize,
}

impl Recent {
    /// Keeps what is delivered after `last`.
    pub(crate) fn start(&mut self, last: Seq) {
        self.since.get_or_insert(last);
    }

    pub(crate) fn stop(&mut self) {
        *self = Recent::default();
    }

    pub(crate) fn push(&mut self, seq: Seq, frames: &EntryFrames) {
        if self.since.is_none() {
            return;
        }
        self.bytes += frames.len();
        self.frames.push_back((seq, frames.clone()));
        while self.frames.len() > FRAMES_MAX || self.bytes > BYTES_MAX {
            let Some((seq, frames)) = self.frames.pop_front() else {
                break;
            };
            self.bytes -= frames.len();
            self.since = Some(seq);
        }
    }

    /// Whether nothing is missing for somebody who has everything up to `seq`.
    pub(crate) fn covers(&self, seq: Seq) -> bool {
        self.since.is_some_and(|since| since <= seq)
    }

    pub(crate) fn after(&self, seq: Seq) -> impl Iterator<Item = &EntryFrames> {
        self.frames
            .iter()
            .filter(move |(at, _)| *at > seq)
            .map(|(_, frames)| frames)
    }
}
