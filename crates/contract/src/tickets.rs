//! Tickets.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::mirror::mirror;
use crate::patch::{nullable, required_when_present};
use crate::people::{Person, Role};
use crate::text;
use crate::time::Time;
use crate::timeline::{Entry, Named};

mirror!(
    /// Where a ticket stands.
    Status = domain::Status {
        /// Nobody has taken it up yet.
        Open,
        /// Staff is working on it.
        InProgress,
        /// Staff waits for something outside.
        Pending,
        /// Staff considers it answered.
        Resolved,
        /// Ended: no further messages.
        Closed,
    }
);

mirror!(
    /// How urgent a ticket is.
    Priority = domain::Priority {
        /// Can wait.
        Low,
        /// The usual.
        Normal,
        /// Before the usual.
        High,
        /// Before everything else.
        Urgent,
    }
);

mirror!(
    /// Who must act next.
    WaitingOn = domain::WaitingOn {
        /// An admin.
        Staff,
        /// The requester.
        Customer,
        /// Nobody.
        Nobody,
    }
);

/// The latest message that both sides see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LastMessage {
    /// Its place in the timeline.
    pub seq: i64,
    /// Who wrote it.
    pub author: Person,
    /// Its start, on one line, at most 160 characters.
    pub preview: String,
    /// When.
    pub created_at: Time,
}

/// A ticket as everybody who may see it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketState {
    /// Its number.
    pub id: i64,
    /// What it is about.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// How urgent it is.
    pub priority: Priority,
    /// What it is sorted under.
    #[schema(required)]
    pub category: Option<Named>,
    /// The customer whose ticket it is.
    pub requester: Person,
    /// The admin who handles it.
    #[schema(required)]
    pub assignee: Option<Person>,
    /// The closed ticket that this one follows up.
    #[schema(required)]
    pub follows_id: Option<i64>,
    /// Seq of its latest entry.
    pub head_seq: i64,
    /// Who must act next.
    pub waiting_on: WaitingOn,
    /// The latest message that both sides see.
    pub last_message: LastMessage,
    /// When it was opened.
    pub created_at: Time,
    /// When its latest entry was written, internal notes aside.
    pub updated_at: Time,
    /// When it was closed, if it is.
    #[schema(required)]
    pub closed_at: Option<Time>,
}

impl From<domain::Ticket> for TicketState {
    fn from(ticket: domain::Ticket) -> TicketState {
        TicketState {
            id: ticket.id.0,
            title: ticket.title.into_string(),
            status: ticket.status.into(),
            priority: ticket.priority.into(),
            category: ticket.category.map(Into::into),
            requester: ticket.requester.into(),
            assignee: ticket.assignee.map(Into::into),
            follows_id: ticket.follows_id.map(Into::into),
            head_seq: ticket.head_seq.0,
            waiting_on: ticket.waiting_on.into(),
            last_message: LastMessage {
                seq: ticket.last_message.seq.0,
                author: ticket.last_message.author.into(),
                preview: ticket.last_message.preview,
                created_at: ticket.last_message.created_at.into(),
            },
            created_at: ticket.created_at.into(),
            updated_at: ticket.updated_at.into(),
            closed_at: ticket.closed_at.map(Into::into),
        }
    }
}

/// A ticket, with what its reader has not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ticket {
    /// What everybody sees.
    #[serde(flatten)]
    pub state: TicketState,
    /// How much others said that the reader has not read; counts stop at 1,000.
    pub unread: i64,
}

impl Ticket {
    /// A ticket as one reader sees it.
    #[must_use]
    pub fn new(ticket: domain::Ticket, unread: i64) -> Ticket {
        Ticket {
            state: ticket.into(),
            unread,
        }
    }
}

/// Somebody who takes part in a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Participant {
    /// Identifier.
    pub id: i64,
    /// Display name.
    pub name: String,
    /// Customer or staff.
    pub role: Role,
    /// Seen up to this seq.
    pub read_seq: i64,
}

/// A ticket with the people in it.
#[derive(Serialize, ToSchema)]
pub struct TicketDetail {
    /// The ticket.
    pub ticket: Ticket,
    /// The requester and those who wrote something that the reader may see.
    pub participants: Vec<Participant>,
    /// The reader has seen up to this seq.
    pub read_seq: i64,
}

/// A page of tickets.
#[derive(Serialize, ToSchema)]
pub struct TicketPage {
    /// The tickets.
    pub items: Vec<Ticket>,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required)]
    pub next_cursor: Option<String>,
    /// Whether `q` finds, or may find, more tickets than all pages hold: say more words. False without `q`.
    pub truncated: bool,
}

/// Order of a ticket list, each with the latest or most urgent first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketSort {
    /// By their latest entry.
    #[default]
    Updated,
    /// By when they were opened.
    Created,
    /// By priority, then by their number.
    Priority,
}

/// Filters, order and place of a ticket list. Customers see their own tickets only.
#[derive(Default, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TicketQuery {
    /// One or more statuses, separated by commas.
    #[param(example = "open,in_progress")]
    pub status: Option<String>,
    /// Of this priority.
    #[param(inline)]
    pub priority: Option<Priority>,
    /// Under this category.
    pub category: Option<i64>,
    /// A user id, `me` or `none`.
    #[param(example = "me")]
    pub assignee: Option<String>,
    /// Of this customer.
    pub requester: Option<i64>,
    /// Waiting on them.
    #[param(inline)]
    pub waiting_on: Option<WaitingOn>,
    /// Words as in a search: tickets in which one text has them all, at most the best 1,000.
    #[param(max_length = 200)]
    #[validate(custom(function = "text::query"))]
    pub q: Option<String>,
    /// `updated` when absent.
    #[param(inline)]
    pub sort: Option<TicketSort>,
    /// `next_cursor` of the page before, with the same sort.
    pub cursor: Option<String>,
    /// How many at most; 30 when absent.
    #[param(minimum = 1, maximum = 100)]
    #[validate(range(min = 1, max = domain::limits::PAGE_MAX,
        code = "out_of_range",
        message = "must be from 1 to 100"
    ))]
    pub limit: Option<u32>,
}

/// Opens a ticket.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateTicketRequest {
    /// Made by the client; sending it again does nothing twice.
    pub client_id: Uuid,
    /// What it is about, on one line.
    #[schema(min_length = 1, max_length = 200)]
    #[validate(custom(function = "text::title"))]
    pub title: String,
    /// The first message.
    #[schema(min_length = 1, max_length = 10_000)]
    #[validate(custom(function = "text::body"))]
    pub description: String,
    /// What it is sorted under.
    pub category_id: Option<i64>,
    /// `normal` when absent.
    pub priority: Option<Priority>,
    /// On behalf of this customer; admins only.
    pub requester_id: Option<i64>,
    /// The closed ticket that this one follows up.
    pub follows_id: Option<i64>,
}

/// Changes a ticket; absent fields stay, null clears.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateTicketRequest {
    /// What it is about.
    #[schema(min_length = 1, max_length = 200)]
    #[serde(default, deserialize_with = "required_when_present")]
    #[validate(custom(function = "text::title"))]
    pub title: Option<String>,
    /// What it is sorted under.
    #[schema(value_type = Option<i64>)]
    #[serde(default, deserialize_with = "nullable")]
    pub category_id: Option<Option<i64>>,
    /// How urgent it is.
    #[serde(default, deserialize_with = "required_when_present")]
    pub priority: Option<Priority>,
    /// The enabled admin who handles it.
    #[schema(value_type = Option<i64>)]
    #[serde(default, deserialize_with = "nullable")]
    pub assignee_id: Option<Option<i64>>,
    /// The latest seq that the author has seen.
    #[schema(minimum = 0)]
    #[validate(range(min = 0, code = "out_of_range", message = "must not be negative"))]
    pub seen_seq: i64,
}

/// Moves a ticket to a status.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetStatusRequest {
    /// The new status. Customers may only close.
    pub status: Status,
    /// Made by the client; sending it again does nothing twice.
    pub client_id: Uuid,
    /// The latest seq that the author has seen; absent: no check.
    #[schema(minimum = 0)]
    #[validate(range(min = 0, code = "out_of_range", message = "must not be negative"))]
    pub seen_seq: Option<i64>,
}

/// The answer to a change of status.
#[derive(Serialize, ToSchema)]
pub struct StatusSet {
    /// The ticket as it stands.
    pub ticket: Ticket,
    /// The entry that the change made; null when the ticket was in that status already.
    #[schema(required)]
    pub entry: Option<Entry>,
}
