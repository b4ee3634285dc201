//! Statistics of a desk: over which days, what is counted, and what a percentile is.

use std::collections::BTreeMap;

use crate::clock::Timestamp;
use crate::limits;
use crate::status::Status;
use crate::timeline::Named;
use crate::user::Person;

/// Microseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1_000_000;
/// Durations keep this many significant binary digits.
const DIGITS: u32 = 7;

/// How long something took, in seconds. Rounded down to seven significant binary digits, so that there are few
/// different ones however many tickets there are: exact below 128 s, else at most 1.6 % too short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Took(i64);

impl Took {
    /// The time between two moments; no time at all, if they are the wrong way round.
    #[must_use]
    pub fn between(from: Timestamp, to: Timestamp) -> Took {
        let seconds = to.0.saturating_sub(from.0).max(0) / 1_000_000;
        let excess = (i64::BITS - seconds.leading_zeros()).saturating_sub(DIGITS);
        Took(seconds >> excess << excess)
    }

    /// A duration that was kept.
    #[must_use]
    pub fn of_seconds(seconds: i64) -> Took {
        Took(seconds)
    }

    /// Seconds.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0
    }
}

/// Some days in a row, as a clock on a wall counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    first: i64,
    days: i64,
    utc_offset_minutes: i32,
}

/// Why days are no period of statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodError {
    /// The last day comes before the first.
    Backwards,
    /// More than [`limits::STATS_DAYS_MAX`] days.
    TooLong,
    /// A clock that is further from UTC than [`limits::UTC_OFFSET_MAX`].
    Offset,
}

impl Period {
    /// The days from `first` to `last`, both included and counted from 1970-01-01, that begin as a clock shows midnight
    /// that is this far ahead of UTC.
    ///
    /// # Errors
    /// When they are no such days.
    pub fn new(first: i64, last: i64, utc_offset_minutes: i32) -> Result<Period, PeriodError> {
        if utc_offset_minutes.abs() > limits::UTC_OFFSET_MAX {
            return Err(PeriodError::Offset);
        }
        match last - first + 1 {
            ..1 => Err(PeriodError::Backwards),
            days if days > limits::STATS_DAYS_MAX => Err(PeriodError::TooLong),
            days => Ok(Period {
                first,
                days,
                utc_offset_minutes,
            }),
        }
    }

    /// How many days.
    #[must_use]
    pub fn days(self) -> i64 {
        self.days
    }

    /// The day at a place, counted from 1970-01-01.
    #[must_use]
    pub fn day(self, place: i64) -> i64 {
        self.first + place
    }

    /// When the day at a place begins; the one at `days` is the first that is not in the period.
    #[must_use]
    pub fn begin_of(self, place: i64) -> Timestamp {
        Timestamp((self.first + place) * DAY - i64::from(self.utc_offset_minutes) * 60_000_000)
    }

    /// When it begins.
    #[must_use]
    pub fn begin(self) -> Timestamp {
        self.begin_of(0)
    }

    /// When it has ended.
    #[must_use]
    pub fn end(self) -> Timestamp {
        self.begin_of(self.days)
    }
}

/// How many there were of each duration.
#[derive(Clone, Debug, Default)]
pub struct Histogram(BTreeMap<Took, u64>);

impl Histogram {
    /// Counts some that took as long.
    pub fn add(&mut self, took: Took, count: u64) {
        *self.0.entry(took).or_default() += count;
    }

    /// What they amount to.
    #[must_use]
    pub fn summary(&self) -> Durations {
        let count = self.0.values().sum();
        Durations {
            count,
            median: self.percentile(count, 50),
            p90: self.percentile(count, 90),
        }
    }

    /// By nearest rank: the shortest that at least so many of a hundred did not exceed.
    fn percentile(&self, count: u64, percent: u64) -> Option<Took> {
        let rank = (count * percent).div_ceil(100);
        let mut passed = 0;
        self.0.iter().find_map(|(took, count)| {
            passed += count;
            (passed >= rank).then_some(*took)
        })
    }
}

/// How long something took over many tickets. Percentiles are of the nearest rank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Durations {
    /// Of how many tickets.
    pub count: u64,
    /// At least half took no longer.
    pub median: Option<Took>,
    /// At least nine of ten took no longer.
    pub p90: Option<Took>,
}

/// What happened on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayStats {
    /// The day, counted from 1970-01-01.
    pub day: i64,
    /// Tickets opened.
    pub opened: u64,
    /// Tickets closed, and closed now.
    pub closed: u64,
}

/// What happened to the tickets of one category or admin, as they are sorted and assigned now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupStats<K> {
    /// Whose; none: those of nobody, or under nothing.
    pub key: Option<K>,
    /// Tickets opened in the period.
    pub opened: u64,
    /// Tickets closed in the period, and closed now.
    pub closed: u64,
    /// Of the tickets opened in the period.
    pub first_response: Durations,
    /// Of the tickets resolved in the period.
    pub resolution: Durations,
}

/// The desk now, whatever the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// Tickets in each status, all of them named.
    pub by_status: Vec<(Status, u64)>,
    /// Tickets that are not closed.
    pub open: u64,
    /// Those of them that nobody handles.
    pub unassigned: u64,
    /// Tickets that wait on staff.
    pub waiting: u64,
}

/// The statistics of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    /// Every day, in order.
    pub days: Vec<DayStats>,
    /// The desk now.
    pub now: Backlog,
    /// From the opening to the first answer of staff, of the tickets opened in the period.
    pub first_response: Durations,
    /// From the opening to the resolution, of the tickets resolved in the period.
    pub resolution: Durations,
    /// By category, those in which something happened, by name; without one last.
    pub by_category: Vec<GroupStats<Named>>,
    /// By assignee, those to whom something happened, by name; without one last.
    pub by_admin: Vec<GroupStats<Person>>,
}

impl Stats {
    /// Tickets opened in the period.
    #[must_use]
    pub fn opened(&self) -> u64 {
        self.days.iter().map(|day| day.opened).sum()
    }

    /// Tickets closed in the period, and closed now.
    #[must_use]
    pub fn closed(&self) -> u64 {
        self.days.iter().map(|day| day.closed).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn took(micros: i64) -> i64 {
        Took::between(Timestamp(0), Timestamp(micros)).seconds()
    }

    #[test]
    fn durations_keep_seven_binary_digits() {
        let second = 1_000_000;
        assert_eq!(took(-second), 0);
        assert_eq!(took(second - 1), 0);
        assert_eq!(took(127 * second), 127);
        assert_eq!(took(255 * second), 254);
        assert_eq!(took(3_600 * second), 3_584);
        assert_eq!(took(i64::MAX) % (1 << 30), 0);
    }

    proptest! {
        #[test]
        fn durations_keep_their_order_and_are_hardly_shortened(a in 0..1_i64 << 50, b in 0..1_i64 << 50) {
            prop_assert_eq!(took(a) <= took(b), took(a) == took(b) || a < b);
            let exact = a / 1_000_000;
            prop_assert!(took(a) <= exact && exact - took(a) <= exact / 64);
        }

        #[test]
        fn percentiles_are_those_of_the_sorted_list(mut all in prop::collection::vec(0..100_i64, 0..60)) {
            let mut histogram = Histogram::default();
            for seconds in &all {
                histogram.add(Took::of_seconds(*seconds), 1);
            }
            all.sort_unstable();
            let rank = |percent: usize| {
                let place = (all.len() * percent).div_ceil(100).max(1) - 1;
                all.get(place).map(|seconds| Took::of_seconds(*seconds))
            };
            let summary = histogram.summary();
            prop_assert_eq!(summary.count, all.len() as u64);
            prop_assert_eq!((summary.median, summary.p90), (rank(50), rank(90)));
        }
    }

    #[test]
    fn days_begin_where_their_clock_shows_midnight() {
        let period = Period::new(1, 2, 90).unwrap();
        assert_eq!(period.begin(), Timestamp(DAY - 90 * 60_000_000));
        assert_eq!(period.end().0 - period.begin().0, 2 * DAY);
        assert_eq!(Period::new(2, 1, 0), Err(PeriodError::Backwards));
        assert_eq!(Period::new(0, 366, 0), Err(PeriodError::TooLong));
        assert_eq!(Period::new(0, 365, 0).map(Period::days), Ok(366));
        assert_eq!(Period::new(0, 0, -841), Err(PeriodError::Offset));
        assert!(Period::new(0, 0, -840).is_ok());
    }
}
