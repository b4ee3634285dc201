//! Timeline entries: the conversation, the history and the replay log in one.

use domain::{Audience, Change};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::mirror::mirror;
use crate::people::Person;
use crate::text;
use crate::time::Time;

mirror!(
    /// What happened.
    EntryKind = domain::EntryKind {
        /// The ticket was opened; `body` is its description.
        Created,
        /// A message that both sides see.
        Message,
        /// An internal note, for staff only.
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
    }
);

/// The only kind of an entry that the reader may not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HiddenKind {
    /// Something for staff only.
    Hidden,
}

/// An identifier with the name that it had at the time of the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Named {
    /// Identifier of the person or category.
    pub id: i64,
    /// Its name.
    pub name: String,
}

impl From<domain::timeline::Named> for Named {
    fn from(named: domain::timeline::Named) -> Named {
        Named {
            id: named.id,
            name: named.name,
        }
    }
}

/// One side of a change: a name for `status_changed` and `priority_changed`, the text for `title_changed`, a
/// person for `assigned`, a category for `category_changed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum ChangedValue {
    /// A status, a priority or a title.
    Text(String),
    /// A person or a category.
    Named(Named),
}

/// An entry that the reader may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VisibleEntry {
    /// Its place in the ticket's timeline: 1, 2, 3, without gaps.
    pub seq: i64,
    /// What happened.
    pub kind: EntryKind,
    /// Who did it.
    pub actor: Person,
    /// When.
    pub created_at: Time,
    /// The id that the author's client gave to the write.
    #[schema(required)]
    pub client_id: Option<Uuid>,
    /// What was said: for `created`, `message` and `note`.
    #[schema(required)]
    pub body: Option<String>,
    /// Before, for changes.
    #[schema(required)]
    pub from: Option<ChangedValue>,
    /// After, for changes.
    #[schema(required)]
    pub to: Option<ChangedValue>,
}

/// The place of an entry that the reader may not see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HiddenEntry {
    /// Its place in the ticket's timeline.
    pub seq: i64,
    /// Always `hidden`.
    pub kind: HiddenKind,
}

/// One entry of a ticket's timeline, as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Entry {
    /// Seen whole.
    Visible(Box<VisibleEntry>),
    /// Only its place, so that the sequence has no holes.
    Hidden(HiddenEntry),
}

impl Entry {
    /// Renders an entry for those who read it.
    #[must_use]
    pub fn render(entry: domain::Entry, audience: Audience) -> Entry {
        let kind = entry.kind();
        if !kind.visible_to(audience) {
            return Entry::Hidden(HiddenEntry {
                seq: entry.seq.0,
                kind: HiddenKind::Hidden,
            });
        }
        let (body, from, to) = sides(entry.change);
        Entry::Visible(Box::new(VisibleEntry {
            seq: entry.seq.0,
            kind: kind.into(),
            actor: entry.actor.into(),
            created_at: entry.created_at.into(),
            client_id: entry.client_id.map(|id| id.0),
            body,
            from,
            to,
        }))
    }

    /// Its place.
    #[must_use]
    pub fn seq(&self) -> i64 {
        match self {
            Entry::Visible(entry) => entry.seq,
            Entry::Hidden(entry) => entry.seq,
        }
    }
}

type Sides = (Option<String>, Option<ChangedValue>, Option<ChangedValue>);

fn sides(change: Change) -> Sides {
    let text = |value: &str| Some(ChangedValue::Text(value.to_owned()));
    let named =
        |value: Option<domain::timeline::Named>| value.map(|v| ChangedValue::Named(v.into()));
    match change {
        Change::Created { body } | Change::Message { body } | Change::Note { body } => {
            (Some(body.into_string()), None, None)
        }
        Change::StatusChanged { from, to } => (None, text(from.as_str()), text(to.as_str())),
        Change::PriorityChanged { from, to } => (None, text(from.as_str()), text(to.as_str())),
        Change::TitleChanged { from, to } => (None, text(from.as_str()), text(to.as_str())),
        Change::Assigned { from, to } | Change::CategoryChanged { from, to } => {
            (None, named(from), named(to))
        }
    }
}

/// A piece of a timeline, ascending.
#[derive(Serialize, ToSchema)]
pub struct TimelinePage {
    /// The entries, by rising seq.
    pub items: Vec<Entry>,
    /// Seq of the ticket's latest entry.
    pub head: i64,
}

/// Which piece of a timeline: after a place, before a place, or the latest.
#[derive(Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TimelineQuery {
    /// The entries that follow this seq.
    #[param(minimum = 0)]
    #[validate(range(min = 0, code = "out_of_range", message = "must not be negative"))]
    pub after: Option<i64>,
    /// The entries just before this seq. Not together with `after`.
    #[param(minimum = 1)]
    #[validate(range(min = 1, code = "out_of_range", message = "must be at least 1"))]
    pub before: Option<i64>,
    /// How many at most; 30 when absent.
    #[param(minimum = 1, maximum = 100)]
    #[validate(range(min = 1, max = domain::limits::PAGE_MAX,
        code = "out_of_range",
        message = "must be from 1 to 100"
    ))]
    pub limit: Option<u32>,
}

/// What is written: to the other side, or for staff only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// Both sides see it.
    #[default]
    Message,
    /// An internal note; admins only.
    Note,
}

/// Writes into a ticket.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendMessageRequest {
    /// Made by the client; sending it again does nothing twice.
    pub client_id: Uuid,
    /// The text, kept as written.
    #[schema(min_length = 1, max_length = 10_000)]
    #[validate(custom(function = "text::body"))]
    pub body: String,
    /// A message when absent.
    #[serde(default)]
    pub kind: MessageKind,
    /// The latest seq that the author has seen; absent: no check.
    #[schema(minimum = 0)]
    #[validate(range(min = 0, code = "out_of_range", message = "must not be negative"))]
    pub seen_seq: Option<i64>,
}

/// Moves one's read cursor.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadRequest {
    /// Seen up to here. Lower than before changes nothing.
    #[schema(minimum = 0)]
    #[validate(range(min = 0, code = "out_of_range", message = "must not be negative"))]
    pub seq: i64,
}

/// Where one's read cursor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReadState {
    /// Seen up to here.
    pub seq: i64,
    /// What others said after that; counts stop at 1,000.
    pub unread: i64,
}
