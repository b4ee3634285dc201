//! A clock that stands still until a test turns it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use domain::{Clock, Timestamp};

/// 2026-01-01T00:00:00Z, where every manual clock begins.
pub const START: Timestamp = Timestamp(1_767_225_600_000_000);

/// A clock whose copies show the same time.
#[derive(Clone, Debug)]
pub struct ManualClock {
    micros: Arc<AtomicI64>,
}

impl ManualClock {
    /// A clock that shows [`START`].
    #[must_use]
    pub fn new() -> ManualClock {
        ManualClock {
            micros: Arc::new(AtomicI64::new(START.0)),
        }
    }

    /// Turns it forwards.
    pub fn advance(&self, span: Duration) {
        self.set(self.now().plus(span));
    }

    /// Turns it to a moment.
    pub fn set(&self, now: Timestamp) {
        self.micros.store(now.0, Ordering::SeqCst);
    }
}

impl Default for ManualClock {
    fn default() -> ManualClock {
        ManualClock::new()
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.micros.load(Ordering::SeqCst))
    }
}
