//! How fast a socket may send commands.

use std::time::{Duration, Instant};

const MINUTE: Duration = Duration::from_secs(60);
/// Commands over the limit that are answered before the socket is closed.
const PATIENCE: u32 = 60;

/// A bucket that holds a minute's commands and refills evenly.
pub(super) struct Pace {
    per_minute: u32,
    left: f64,
    filled: Instant,
    refused: u32,
}

/// What becomes of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is served.
    Go,
    /// It is refused; another may be tried after this time.
    Wait(Duration),
    /// The peer goes on in spite of refusals.
    Close,
}

impl Pace {
    pub(super) fn new(per_minute: u32, now: Instant) -> Pace {
        Pace {
            per_minute,
            left: per_minute.into(),
            filled: now,
            refused: 0,
        }
    }

    /// Judges a command that came now.
    pub(super) fn command(&mut self, now: Instant) -> Verdict {
        let per_second = f64::from(self.per_minute) / MINUTE.as_secs_f64();
        let refill = now.duration_since(self.filled).as_secs_f64() * per_second;
        self.filled = now;
        self.left = (self.left + refill).min(self.per_minute.into());
        if self.left >= 1.0 {
            self.left -= 1.0;
            self.refused = 0;
            return Verdict::Go;
        }
        self.refused += 1;
        if self.refused > PATIENCE {
            return Verdict::Close;
        }
        Verdict::Wait(Duration::from_secs_f64((1.0 - self.left) / per_second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minutes_commands_may_come_at_once_and_then_evenly() {
        let start = Instant::now();
        let mut pace = Pace::new(120, start);
        for _ in 0..120 {
            assert_eq!(pace.command(start), Verdict::Go);
        }
        assert_eq!(
            pace.command(start),
            Verdict::Wait(Duration::from_millis(500))
        );
        assert_eq!(
            pace.command(start + Duration::from_millis(500)),
            Verdict::Go
        );
        assert!(matches!(
            pace.command(start + Duration::from_millis(500)),
            Verdict::Wait(_)
        ));
    }

    #[test]
    fn going_on_in_spite_of_refusals_closes() {
        let start = Instant::now();
        let mut pace = Pace::new(1, start);
        assert_eq!(pace.command(start), Verdict::Go);
        for _ in 0..PATIENCE {
            assert!(matches!(pace.command(start), Verdict::Wait(_)));
        }
        assert_eq!(pace.command(start), Verdict::Close);
    }
}
