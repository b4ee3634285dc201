//! Searching tickets by what was written in them.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::people::Person;
use crate::text;
use crate::tickets::{Priority, Ticket, TicketQuery, WaitingOn};
use crate::time::Time;
use crate::timeline::EntryKind;

/// What to search for, and where.
#[derive(Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SearchRequest {
    /// Words, of which the first 12 count, or the number of a ticket (`123`, `#123`). A text matches if each word is
    /// the beginning of one of its words, whatever the case and the accents; all other characters separate words.
    #[param(max_length = 200)]
    #[validate(custom(function = "text::query"))]
    pub q: String,
    /// Statuses with commas between them.
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
    /// How many at most; 20 when absent.
    #[param(minimum = 1, maximum = 50)]
    #[validate(range(min = 1, max = domain::limits::SEARCH_MAX,
        code = "out_of_range",
        message = "must be from 1 to 50"
    ))]
    pub limit: Option<u32>,
}

impl From<SearchRequest> for TicketQuery {
    fn from(search: SearchRequest) -> TicketQuery {
        TicketQuery {
            status: search.status,
            priority: search.priority,
            category: search.category,
            assignee: search.assignee,
            requester: search.requester,
            waiting_on: search.waiting_on,
            q: Some(search.q),
            ..TicketQuery::default()
        }
    }
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TextPiece {
    /// The part, as it was written: no HTML.
    pub text: String,
    /// Whether it is a word that matches.
    pub highlighted: bool,
}

impl From<domain::search::Piece> for TextPiece {
    fn from(piece: domain::search::Piece) -> TextPiece {
        TextPiece {
            text: piece.text,
            highlighted: piece.highlighted,
        }
    }
}

/// A description, message or note that matches.
#[derive(Serialize, ToSchema)]
pub struct SearchMatch {
    /// Its place in the timeline.
    pub seq: i64,
    /// `created` (the description), `message`, or for staff `note`.
    pub kind: EntryKind,
    /// Who wrote it.
    pub author: Person,
    /// When.
    pub created_at: Time,
    /// About 160 characters of it around the first match, on one line.
    pub snippet: Vec<TextPiece>,
}

/// A ticket that was found.
#[derive(Serialize, ToSchema)]
pub struct SearchItem {
    /// The ticket.
    pub ticket: Ticket,
    /// Its title.
    pub title: Vec<TextPiece>,
    /// At most 3 of what was written in it that matches, the best first.
    pub matches: Vec<SearchMatch>,
}

/// What a search found.
#[derive(Serialize, ToSchema)]
pub struct SearchResults {
    /// The tickets, the best first; that of the number first of all.
    pub items: Vec<SearchItem>,
    /// Whether there are, or may be, more than these: say more words to find them.
    pub truncated: bool,
}
