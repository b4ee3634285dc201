//! Statistics.

use domain::stats::{self, PeriodError};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::people::Person;
use crate::tickets::Status;
use crate::timeline::Named;

/// A day, as in `2026-01-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, format = Date, example = "2026-01-31")]
pub struct Day(Date);

const EPOCH: Date = Date::constant(1970, 1, 1);
const SECONDS: i64 = 24 * 60 * 60;

impl Day {
    /// Counted from 1970-01-01.
    fn number(self) -> i64 {
        EPOCH.duration_until(self.0).as_secs() / SECONDS
    }

    /// A day by its number, or the furthest that a date can be.
    fn of_number(number: i64) -> Day {
        let distance = jiff::SignedDuration::from_secs(number.saturating_mul(SECONDS));
        Day(EPOCH.saturating_add(distance))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        let date: Date = text.parse().map_err(de::Error::custom)?;
        // There are other ways to write a date, with a time too.
        if date.to_string() == text {
            Ok(Day(date))
        } else {
            Err(de::Error::custom("not a date"))
        }
    }
}

/// Which days.
#[derive(Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StatsQuery {
    /// The first day.
    #[param(value_type = String, format = Date)]
    pub from: Day,
    /// The last day, included: at most 366 days in all.
    #[param(value_type = String, format = Date)]
    pub to: Day,
    /// Days begin at midnight of a clock that is so many minutes ahead of UTC; 0 when absent.
    #[param(minimum = -840, maximum = 840)]
    #[validate(range(min = -domain::limits::UTC_OFFSET_MAX, max = domain::limits::UTC_OFFSET_MAX,
        code = "out_of_range",
        message = "must be from -840 to 840"
    ))]
    pub utc_offset_minutes: Option<i32>,
}

impl StatsQuery {
    /// The days, if they are a period.
    ///
    /// # Errors
    /// Why they are none.
    pub fn period(&self) -> Result<domain::Period, PeriodError> {
        let offset = self.utc_offset_minutes.unwrap_or(0);
        domain::Period::new(self.from.number(), self.to.number(), offset)
    }
}

/// How long something took over many tickets, by nearest rank. Durations are kept to seven significant binary digits:
/// from 128 s on they are rounded down by up to 1.6 %.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Durations {
    /// Of how many tickets.
    pub count: u64,
    /// At least half took no longer; null of none.
    #[schema(required)]
    pub median_seconds: Option<i64>,
    /// At least nine of ten took no longer; null of none.
    #[schema(required)]
    pub p90_seconds: Option<i64>,
}

/// What happened on one day.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DayStats {
    /// The day.
    pub date: Day,
    /// Tickets opened.
    pub opened: u64,
    /// Tickets closed, and closed now.
    pub closed: u64,
}

/// Sums over the period, and the desk now.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Totals {
    /// Tickets opened in the period.
    pub opened: u64,
    /// Tickets closed in the period, and closed now.
    pub closed: u64,
    /// Tickets that are not closed now.
    pub open_now: u64,
    /// Those of them that nobody handles.
    pub unassigned_now: u64,
    /// Tickets that wait on staff now.
    pub waiting_now: u64,
}

/// How many tickets are in a status now.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatusCount {
    /// The status.
    pub status: Status,
    /// How many.
    pub count: u64,
}

/// What happened to the tickets that are under a category now.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CategoryStats {
    /// The category; null: those without one.
    #[schema(required)]
    pub category: Option<Named>,
    /// Opened in the period.
    pub opened: u64,
    /// Closed in the period, and closed now.
    pub closed: u64,
    /// From the opening to the first message of staff, of those opened in the period.
    pub first_response: Durations,
    /// From the opening to the resolution, of those resolved in the period.
    pub resolution: Durations,
}

/// What happened to the tickets that are assigned to an admin now.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AdminStats {
    /// The assignee; null: those of nobody.
    #[schema(required)]
    pub admin: Option<Person>,
    /// Opened in the period.
    pub assigned: u64,
    /// Closed in the period, and closed now.
    pub closed: u64,
    /// From the opening to the first message of staff, of those opened in the period.
    pub first_response: Durations,
    /// From the opening to the resolution, of those resolved in the period.
    pub resolution: Durations,
}

/// The statistics of a period.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatsView {
    /// The first day.
    pub from: Day,
    /// The last day, included.
    pub to: Day,
    /// Every day, in order.
    pub days: Vec<DayStats>,
    /// Sums over the period, and the desk now.
    pub totals: Totals,
    /// From the opening to the first message of staff, of the tickets opened in the period.
    pub first_response: Durations,
    /// From the opening to the resolution, of the tickets resolved in the period.
    pub resolution: Durations,
    /// Every status.
    pub by_status: Vec<StatusCount>,
    /// Categories in which something happened, by name; without one last.
    pub by_category: Vec<CategoryStats>,
    /// Assignees to whose tickets something happened, by name; those of nobody last.
    pub by_admin: Vec<AdminStats>,
}

impl StatsView {
    /// The statistics that a query asked for.
    #[must_use]
    pub fn new(query: &StatsQuery, stats: domain::Stats) -> StatsView {
        StatsView {
            from: query.from,
            to: query.to,
            totals: Totals {
                opened: stats.opened(),
                closed: stats.closed(),
                open_now: stats.now.open,
                unassigned_now: stats.now.unassigned,
                waiting_now: stats.now.waiting,
            },
            days: stats.days.into_iter().map(Into::into).collect(),
            first_response: stats.first_response.into(),
            resolution: stats.resolution.into(),
            by_status: stats
                .now
                .by_status
                .into_iter()
                .map(|(status, count)| StatusCount {
                    status: status.into(),
                    count,
                })
                .collect(),
            by_category: stats.by_category.into_iter().map(Into::into).collect(),
            by_admin: stats.by_admin.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<stats::DayStats> for DayStats {
    fn from(day: stats::DayStats) -> DayStats {
        DayStats {
            date: Day::of_number(day.day),
            opened: day.opened,
            closed: day.closed,
        }
    }
}

impl From<stats::Durations> for Durations {
    fn from(durations: stats::Durations) -> Durations {
        Durations {
            count: durations.count,
            median_seconds: durations.median.map(domain::Took::seconds),
            p90_seconds: durations.p90.map(domain::Took::seconds),
        }
    }
}

impl From<stats::GroupStats<domain::timeline::Named>> for CategoryStats {
    fn from(group: stats::GroupStats<domain::timeline::Named>) -> CategoryStats {
        CategoryStats {
            category: group.key.map(Into::into),
            opened: group.opened,
            closed: group.closed,
            first_response: group.first_response.into(),
            resolution: group.resolution.into(),
        }
    }
}

impl From<stats::GroupStats<domain::Person>> for AdminStats {
    fn from(group: stats::GroupStats<domain::Person>) -> AdminStats {
        AdminStats {
            admin: group.key.map(Into::into),
            assigned: group.opened,
            closed: group.closed,
            first_response: group.first_response.into(),
            resolution: group.resolution.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Day> {
        serde_json::from_value(serde_json::json!(text)).ok()
    }

    #[test]
    fn days_are_counted_and_written_alike() {
        for (text, number) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2024-02-29", 19_782),
            ("9999-12-31", 2_932_896),
            ("0001-01-01", -719_162),
        ] {
            let day = day(text).unwrap();
            assert_eq!(day.number(), number, "{text}");
            assert_eq!(Day::of_number(number), day);
            assert_eq!(serde_json::json!(day), text);
        }
    }

    #[test]
    fn other_ways_to_write_a_day_are_refused() {
        for text in [
            "2025-02-29",
            "20250228",
            "2025-2-28",
            "2025-02-28T10:00",
            "2025-02-28 ",
            "",
            "today",
            "2025-06-31",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
