//! Notifications.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::{Validate, ValidationError};

use crate::mirror::mirror;
use crate::people::Person;
use crate::time::Time;

mirror!(
    /// What a notification is about.
    NotificationKind = domain::NotificationKind {
        /// A ticket was opened.
        TicketCreated,
        /// Somebody wrote.
        Message,
        /// Staff wrote an internal note.
        Note,
        /// The status changed.
        StatusChanged,
        /// The assignee changed.
        Assigned,
        /// The category changed.
        CategoryChanged,
        /// The priority changed.
        PriorityChanged,
        /// The title changed.
        TitleChanged,
        /// An old refresh token was used again: the session was ended.
        SessionReused,
    }
);

/// The ticket that a notification is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NotifiedTicket {
    /// Its number.
    pub id: i64,
    /// What it is about.
    pub title: String,
}

/// Notifications of one ticket and kind, grouped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Notification {
    /// Identifier of the latest in the group.
    pub id: i64,
    /// What it is about.
    pub kind: NotificationKind,
    /// The ticket, if it is about one.
    #[schema(required)]
    pub ticket: Option<NotifiedTicket>,
    /// The latest entry, if it is about one.
    #[schema(required)]
    pub seq: Option<i64>,
    /// How many are in the group.
    pub count: i64,
    /// Who did it, if somebody did.
    #[schema(required)]
    pub actor: Option<Person>,
    /// When the latest came.
    pub created_at: Time,
    /// When the group was read, if it was.
    #[schema(required)]
    pub read_at: Option<Time>,
}

impl From<domain::Notification> for Notification {
    fn from(notification: domain::Notification) -> Notification {
        Notification {
            id: notification.id.0,
            kind: notification.kind.into(),
            ticket: notification.ticket.map(|ticket| NotifiedTicket {
                id: ticket.id.0,
                title: ticket.title,
            }),
            seq: notification.seq.map(Into::into),
            count: notification.count,
            actor: notification.actor.map(Into::into),
            created_at: notification.created_at.into(),
            read_at: notification.read_at.map(Into::into),
        }
    }
}

/// A page of notifications, the latest first.
#[derive(Serialize, ToSchema)]
pub struct NotificationPage {
    /// The groups.
    pub items: Vec<Notification>,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required)]
    pub next_cursor: Option<String>,
    /// Unread notifications in all, each event counted.
    pub unread: i64,
}

/// Place of a notification list.
#[derive(Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NotificationQuery {
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

/// Marks notifications as read: either by id or of a whole ticket.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "exactly_one", skip_on_field_errors = true))]
pub struct ReadNotificationsRequest {
    /// Groups, by their ids.
    #[schema(max_items = 100)]
    #[validate(length(max = 100, code = "too_long", message = "must be at most 100 ids"))]
    pub ids: Option<Vec<i64>>,
    /// All of this ticket.
    pub ticket_id: Option<i64>,
}

fn exactly_one(request: &ReadNotificationsRequest) -> Result<(), ValidationError> {
    if request.ids.is_some() == request.ticket_id.is_some() {
        return Err(ValidationError::new("missing")
            .with_message("must have either ids or ticket_id".into()));
    }
    Ok(())
}

/// The answer to marking notifications as read.
#[derive(Serialize, ToSchema)]
pub struct UnreadNotifications {
    /// Unread notifications in all, each event counted.
    pub unread: i64,
}
