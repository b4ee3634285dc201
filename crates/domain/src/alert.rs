//! Alerts: a new ticket calls for somebody until an admin takes notice of it.

use std::time::Duration;

use crate::clock::Timestamp;
use crate::ids::TicketId;
use crate::limits;
use crate::user::Person;

/// An alert of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// The ticket.
    pub ticket_id: TicketId,
    /// What it is about.
    pub title: String,
    /// How often it was repeated, each time louder.
    pub level: i16,
    /// When the ticket was opened.
    pub raised_at: Timestamp,
    /// The first admin who took notice, and when.
    pub acknowledged: Option<(Person, Timestamp)>,
    /// When it called no more: it was acknowledged, or the customer closed the ticket before.
    pub ended_at: Option<Timestamp>,
}

/// An alert with who has seen its ticket and when: the first of them first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenAlert {
    /// The alert.
    pub alert: Alert,
    /// Admins: whoever acknowledged it at that time, the others when they first read it.
    pub seen_by: Vec<(Person, Timestamp)>,
}

/// When an alert of this level is to be repeated that was announced at `now`; none: never again. `after` is none
/// where alerts are not repeated.
#[must_use]
pub fn repeated_at(level: i16, now: Timestamp, after: Option<Duration>) -> Option<Timestamp> {
    after
        .filter(|_| level < limits::ALERT_LEVEL_MAX)
        .map(|after| now.plus(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alerts_fall_silent_at_the_highest_level() {
        let after = Some(Duration::from_micros(7));
        let at = |level| repeated_at(level, Timestamp(5), after);
        assert_eq!(at(0), Some(Timestamp(12)));
        assert_eq!(at(limits::ALERT_LEVEL_MAX - 1), Some(Timestamp(12)));
        assert_eq!(at(limits::ALERT_LEVEL_MAX), None);
        assert_eq!(repeated_at(0, Timestamp(5), None), None);
    }
}
