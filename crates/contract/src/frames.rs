//! WebSocket frames, both ways.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::accounts::User;
use crate::alerts::Alert;
use crate::error::ErrorCode;
use crate::notifications::Notification;
use crate::people::Person;
use crate::tickets::{Status, Ticket, TicketState};
use crate::time::Time;
use crate::timeline::{Entry, MessageKind, ReadState};

/// A command from a client. `id` is the client's own and comes back in the reply; every command but
/// `typing` and `pong` needs one.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClientFrame {
    /// The client's number of this command, from 0 to 2^53 - 1.
    pub id: Option<u64>,
    /// What to do.
    #[serde(flatten)]
    pub command: Command,
}

/// What a client asks for.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", deny_unknown_fields)]
pub enum Command {
    /// Opens the conversation; must be the first frame.
    #[serde(rename = "hello")]
    Hello {
        /// Access token.
        token: String,
        /// Joins this ticket in the same breath.
        #[serde(default)]
        ticket_id: Option<i64>,
        /// The last seq that the client has of that ticket.
        #[serde(default)]
        after: Option<i64>,
    },
    /// Brings a fresh access token before the old one runs out.
    #[serde(rename = "auth")]
    Auth {
        /// Access token of the same session.
        token: String,
    },
    /// Enters a ticket, leaving the one before.
    #[serde(rename = "ticket.join")]
    Join {
        /// The ticket.
        ticket_id: i64,
        /// The last seq that the client has of it.
        #[serde(default)]
        after: Option<i64>,
    },
    /// Leaves the joined ticket.
    #[serde(rename = "ticket.leave")]
    Leave {},
    /// Writes into the joined ticket.
    #[serde(rename = "message.send")]
    Send {
        /// Made by the client; sending it again does nothing twice.
        client_id: Uuid,
        /// The text.
        body: String,
        /// A message when absent.
        #[serde(default)]
        kind: MessageKind,
        /// The latest seq that the author has seen; absent: no check.
        #[serde(default)]
        seen_seq: Option<i64>,
    },
    /// Moves the joined ticket to a status.
    #[serde(rename = "ticket.status")]
    SetStatus {
        /// Made by the client; sending it again does nothing twice.
        client_id: Uuid,
        /// The new status.
        status: Status,
        /// The latest seq that the author has seen; absent: no check.
        #[serde(default)]
        seen_seq: Option<i64>,
    },
    /// Moves one's read cursor in the joined ticket.
    #[serde(rename = "ticket.read")]
    Read {
        /// Seen up to here.
        seq: i64,
    },
    /// The user is typing in the joined ticket.
    #[serde(rename = "typing")]
    Typing {},
    /// Answers a ping.
    #[serde(rename = "pong")]
    Pong {},
}

impl Command {
    /// Whether every place in a timeline that it names can be one.
    pub(crate) fn is_in_range(&self) -> bool {
        let place = match self {
            Command::Hello { after, .. } | Command::Join { after, .. } => *after,
            Command::Send { seen_seq, .. } | Command::SetStatus { seen_seq, .. } => *seen_seq,
            Command::Read { seq } => Some(*seq),
            Command::Auth { .. } | Command::Leave {} | Command::Typing {} | Command::Pong {} => {
                None
            }
        };
        place.is_none_or(|seq| seq >= 0)
    }
}

/// The result of a command that succeeded.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Outcome {
    /// Of `message.send` and `ticket.status`; null when the status was so already.
    Written {
        /// The entry that the write made.
        #[schema(required)]
        entry: Option<Entry>,
    },
    /// Of `ticket.read`.
    Read(ReadState),
    /// Of everything else.
    Done {},
}

/// A frame from the server.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type")]
pub enum ServerFrame {
    /// The answer to `hello`.
    #[serde(rename = "welcome")]
    Welcome {
        /// Of the command.
        id: u64,
        /// Who is signed in.
        user: User,
        /// When the access token runs out.
        expires_at: Time,
        /// Seconds between pings.
        heartbeat_s: u64,
        /// Version of the server.
        version: String,
    },
    /// A command succeeded; after a write: it is committed.
    #[serde(rename = "ok")]
    Ok {
        /// Of the command.
        id: u64,
        /// Its result.
        result: Outcome,
    },
    /// A command failed, or something is wrong with the connection.
    #[serde(rename = "error")]
    Error {
        /// Of the command; null when unsolicited.
        #[schema(required)]
        id: Option<u64>,
        /// Decide by this.
        code: ErrorCode,
        /// What happened, for people.
        detail: String,
        /// When to try again, in milliseconds.
        #[schema(required)]
        retry_after_ms: Option<u64>,
        /// What the client had not seen, with `code` `stale`.
        #[schema(required)]
        missed: Option<Vec<Entry>>,
    },
    /// The answer to a join.
    #[serde(rename = "joined")]
    Joined {
        /// Of the command.
        id: u64,
        /// The ticket as it stands.
        ticket: Box<Ticket>,
        /// Seq of its latest entry.
        head: i64,
        /// False: `entries` is everything after `after`. True: the latest 100.
        snapshot: bool,
        /// By rising seq.
        entries: Vec<Entry>,
    },
    /// The next entry of the joined ticket.
    #[serde(rename = "entry")]
    Entry {
        /// The ticket.
        ticket_id: i64,
        /// Its place.
        seq: i64,
        /// The entry.
        entry: Entry,
    },
    /// A ticket in the client's lists is new or has changed.
    #[serde(rename = "ticket")]
    Ticket {
        /// The ticket as it stands.
        ticket: Box<TicketState>,
    },
    /// Something to be told of.
    #[serde(rename = "notification")]
    Notification {
        /// The group that it falls into.
        notification: Box<Notification>,
        /// Unread notifications in all.
        unread: i64,
    },
    /// To admins: a new ticket calls for somebody (level 0), still does (higher levels), or somebody has acknowledged it
    /// (`acknowledged_by`). It may be lost; the list of alerts has it.
    #[serde(rename = "alert")]
    Alert {
        /// The alert as it stands.
        alert: Box<Alert>,
    },
    /// Somebody has seen the joined ticket up to here.
    #[serde(rename = "read")]
    Read {
        /// The ticket.
        ticket_id: i64,
        /// Who.
        user_id: i64,
        /// Seen up to here.
        seq: i64,
    },
    /// Who is in the joined ticket.
    #[serde(rename = "presence")]
    Presence {
        /// The ticket.
        ticket_id: i64,
        /// Everybody who has it open.
        people: Vec<Person>,
    },
    /// Somebody else is typing in the joined ticket.
    #[serde(rename = "typing")]
    Typing {
        /// The ticket.
        ticket_id: i64,
        /// Who.
        person: Person,
    },
    /// Answer with `pong`.
    #[serde(rename = "ping")]
    Ping {
        /// The joined ticket, if there is one.
        #[schema(required)]
        ticket_id: Option<i64>,
        /// Seq of its latest entry.
        #[schema(required)]
        head: Option<i64>,
    },
    /// The access token runs out in a minute; send `auth`.
    #[serde(rename = "auth.expiring")]
    AuthExpiring {
        /// When it runs out.
        expires_at: Time,
    },
    /// The node is going away; come back to another.
    #[serde(rename = "draining")]
    Draining {
        /// Wait this long, in milliseconds.
        retry_after_ms: u64,
    },
}
