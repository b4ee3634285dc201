//! When the next request or attempt may come: decisions without a store.
//!
//! `scripts/*.lua` say the same for Redis; one test suite holds both to it. What a clock ahead of ours has
//! written is written anew as if it were now, so that nobody waits for our clock to catch up.

use std::time::Duration;

use domain::Timestamp;

use super::{FAILURES_KEPT, FIRST_WAIT, FREE_FAILURES, LONGEST_WAIT, Verdict};

const MINUTE_MICROS: i64 = 60_000_000;

/// How far apart requests are in the long run, and how much time they may be ahead of that: a full burst.
/// In microseconds. A limit of nothing lets nobody pass.
pub(super) fn pace(per_minute: u32) -> (i64, i64) {
    let interval = MINUTE_MICROS / i64::from(per_minute.max(1));
    (interval, interval * i64::from(per_minute))
}

/// One request. `due` is when the next one would come if all came evenly; what it is from now on.
pub(super) fn pass(
    due: Option<Timestamp>,
    per_minute: u32,
    now: Timestamp,
) -> (Verdict, Timestamp) {
    let (interval, burst) = pace(per_minute);
    let ahead = due.map_or(0, |due| due.0.saturating_sub(now.0).clamp(0, burst));
    let wait = ahead + interval - burst;
    if wait > 0 {
        return (Verdict::Wait(micros(wait)), now.plus(micros(ahead)));
    }
    (Verdict::Go, now.plus(micros(ahead + interval)))
}

/// The attempts at one secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Attempts {
    /// Those that failed or are under way.
    pub(super) failures: u32,
    /// When the last one began.
    pub(super) last: i64,
    /// When the one before it began, for a last one that is withdrawn.
    pub(super) before: i64,
}

impl Attempts {
    /// One more, unless it has to wait.
    pub(super) fn attempt(self, now: Timestamp) -> (Verdict, Attempts) {
        let last = self.last.min(now.0);
        let failures = if now >= Timestamp(last).plus(FAILURES_KEPT) {
            0
        } else {
            self.failures
        };
        let free_at = Timestamp(last).plus(wait_after(failures));
        let wait = free_at.0.saturating_sub(now.0);
        if wait > 0 {
            return (Verdict::Wait(micros(wait)), Attempts { last, ..self });
        }
        let attempts = Attempts {
            failures: failures.saturating_add(1),
            last: now.0,
            before: last,
        };
        (Verdict::Go, attempts)
    }

    /// Takes the last one back. None if no others are left.
    pub(super) fn withdrawn(self) -> Option<Attempts> {
        (self.failures > 1).then(|| Attempts {
            failures: self.failures - 1,
            last: self.before,
            before: self.before,
        })
    }
}

/// The wait after so many failures.
fn wait_after(failures: u32) -> Duration {
    match failures.checked_sub(FREE_FAILURES) {
        None => Duration::ZERO,
        Some(more) => FIRST_WAIT
            .saturating_mul(2_u32.saturating_pow(more))
            .min(LONGEST_WAIT),
    }
}

fn micros(span: i64) -> Duration {
    Duration::from_micros(span.max(0).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        let waits: Vec<u64> = (4..=18).map(|n| wait_after(n).as_secs()).collect();
        assert_eq!(
            waits,
            [
                0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600
            ]
        );
        assert_eq!(wait_after(u32::MAX), LONGEST_WAIT);
    }

    #[test]
    fn no_limit_overflows() {
        for per_minute in [0, 1, 7, 60_000_000, u32::MAX] {
            for due in [None, Some(Timestamp(i64::MIN)), Some(Timestamp(i64::MAX))] {
                for now in [i64::MIN, 0, i64::MAX] {
                    let _ = pass(due, per_minute, Timestamp(now));
                }
            }
        }
    }
}
