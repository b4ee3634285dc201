//! Alerts of new tickets.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::people::Person;
use crate::time::Time;

/// A new ticket calls for somebody, until an admin takes notice of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Alert {
    /// Number of the ticket.
    pub ticket_id: i64,
    /// What it is about.
    pub title: String,
    /// 0 at first; one more each time that it is repeated, up to 5.
    #[schema(minimum = 0, maximum = 5)]
    pub level: i16,
    /// When the ticket was opened.
    pub raised_at: Time,
    /// The first admin who took notice, by reading, writing in or changing the ticket, or by opening it for somebody.
    #[schema(required)]
    pub acknowledged_by: Option<Person>,
    /// When.
    #[schema(required)]
    pub acknowledged_at: Option<Time>,
    /// When it called no more: it was acknowledged, or the customer closed the ticket before anybody took notice.
    #[schema(required)]
    pub ended_at: Option<Time>,
}

impl From<domain::Alert> for Alert {
    fn from(alert: domain::Alert) -> Alert {
        let (by, at) = alert.acknowledged.unzip();
        Alert {
            ticket_id: alert.ticket_id.0,
            title: alert.title,
            level: alert.level,
            raised_at: alert.raised_at.into(),
            acknowledged_by: by.map(Into::into),
            acknowledged_at: at.map(Into::into),
            ended_at: alert.ended_at.map(Into::into),
        }
    }
}

/// An admin who has seen a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeenBy {
    /// Who.
    pub person: Person,
    /// When they acknowledged the alert; of others, when they first read the ticket.
    pub at: Time,
}

/// An alert in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeenAlert {
    /// The alert.
    #[serde(flatten)]
    pub alert: Alert,
    /// Admins who have seen the ticket, the first of them first.
    pub seen_by: Vec<SeenBy>,
}

impl From<domain::alert::SeenAlert> for SeenAlert {
    fn from(seen: domain::alert::SeenAlert) -> SeenAlert {
        let seen_by = seen.seen_by.into_iter().map(|(person, at)| SeenBy {
            person: person.into(),
            at: at.into(),
        });
        SeenAlert {
            alert: seen.alert.into(),
            seen_by: seen_by.collect(),
        }
    }
}

/// Which alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlertState {
    /// Those that nobody has acknowledged and whose ticket was not closed before.
    Open,
    /// All.
    All,
}

/// Place of a list of alerts.
#[derive(Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AlertQuery {
    /// Which; open ones when absent.
    #[param(inline)]
    pub state: Option<AlertState>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many at most; 30 when absent.
    #[param(minimum = 1, maximum = 100)]
    #[validate(range(min = 1, max = domain::limits::PAGE_MAX,
        code = "out_of_range",
        message = "must be from 1 to 100"
    ))]
    pub limit: Option<u32>,
}

/// A page of alerts, those of the latest tickets first.
#[derive(Serialize, ToSchema)]
pub struct AlertPage {
    /// The alerts.
    pub items: Vec<SeenAlert>,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required)]
    pub next_cursor: Option<String>,
}
