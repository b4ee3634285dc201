//! How far the demonstration is: a bar on a terminal, elsewhere a line for every tenth.

use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

/// Shows how far something is.
pub(super) struct Progress {
    bar: ProgressBar,
    total: u64,
    done: AtomicU64,
}

impl Progress {
    pub(super) fn new(total: u64) -> Progress {
        // Hidden, if the standard error is no terminal.
        let bar = ProgressBar::new(total);
        let style =
            ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} tickets, {eta} left");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        Progress {
            bar,
            total,
            done: AtomicU64::new(0),
        }
    }

    pub(super) fn advance(&self, by: u64) {
        self.bar.inc(by);
        let before = self.done.fetch_add(by, Ordering::Relaxed);
        let tenth = |done: u64| done * 10 / self.total.max(1);
        let now = tenth(before + by);
        if self.bar.is_hidden() && now > tenth(before) {
            // Nobody needs it so much that the work should end.
            let _ = writeln!(std::io::stderr(), "{} %", now * 10);
        }
    }

    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
