//! Time as the product sees it: whole microseconds since the Unix epoch, read from an injected clock.

use std::time::Duration;

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This moment moved forwards, saturating at the end of time.
    #[must_use]
    pub fn plus(self, span: Duration) -> Timestamp {
        Timestamp(self.0.saturating_add(micros(span)))
    }

    /// This moment moved backwards, saturating at the start of time.
    #[must_use]
    pub fn minus(self, span: Duration) -> Timestamp {
        Timestamp(self.0.saturating_sub(micros(span)))
    }

    /// Whole seconds since the epoch, rounded down, as JWT claims count them (RFC 7519, 2).
    #[must_use]
    pub fn as_secs(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

/// Where the time comes from, so that tests can turn it.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_round_towards_the_past() {
        assert_eq!(Timestamp(-1).as_secs(), -1);
        assert_eq!(Timestamp(1_999_999).as_secs(), 1);
    }

    #[test]
    fn spans_saturate() {
        assert_eq!(
            Timestamp(i64::MAX).plus(Duration::from_secs(1)),
            Timestamp(i64::MAX)
        );
        assert_eq!(
            Timestamp(0).plus(Duration::MAX).minus(Duration::MAX),
            Timestamp(0)
        );
    }
}
