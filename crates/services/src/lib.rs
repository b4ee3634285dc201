//! Use cases: permission, transaction, event, in that order.
//!
//! A service takes a [`auth::VerifiedSession`], so a use case that needs somebody signed in does not compile
//! without one. Nothing external happens inside a transaction; what was committed is announced through
//! [`EventSink`] afterwards.

mod accounts;
mod alerts;
mod attempts;
mod audit;
mod canned_replies;
mod categories;
mod database;
mod error;
mod events;
#[cfg(debug_assertions)]
mod failpoint;
mod imports;
mod long_reads;
mod messages;
mod notifications;
mod outbox_relay;
mod passwords;
mod replay;
mod retry;
mod revocations;
mod search;
mod sessions;
mod setup_token;
mod standing;
mod stats;
mod ticket_changes;
mod ticket_export;
mod ticket_list;
mod ticket_release;
mod tickets;
mod users;
mod visible;
mod write;

use std::sync::Arc;
use std::time::Duration;

use auth::limits::Limits;
use auth::{Authenticator, Passwords};
use domain::Clock;

use crate::attempts::Attempts;
use crate::revocations::Revocations;

pub use accounts::{AccountService, NewAccount, SignedInUser};
pub use alerts::{AlertPage, AlertService};
pub use canned_replies::{CannedReplyChange, CannedReplyService, NewCannedReply};
pub use categories::{CategoryChange, CategoryService};
pub use database::{
    Database, DatabaseError, DatabaseOptions, MigrationStep, OutboxBacklog, PoolState,
};
pub use error::{
    AccountError, AlertError, CannedReplyError, CategoryError, Fault, NotificationError,
    StatsError, TicketError,
};
pub use events::{Committed, EventSink, Notice, ReadMoved};
pub use imports::{ImportService, ImportedPerson, ImportedTicket};
pub use long_reads::{LongReads, Turn};
pub use messages::{NewMessage, ReadState, TimelinePage, TimelineWindow};
pub use notifications::{NotificationPage, NotificationService, ReadWhich};
pub use passwords::{PasswordService, ResetToken};
pub use replay::{Replay, ReplayService};
pub use revocations::RevocationLog;
pub use search::{FoundEntry, FoundTicket, SearchPage};
pub use sessions::SessionService;
pub use setup_token::SetupToken;
pub use stats::StatsService;
pub use ticket_changes::{StatusChange, TicketEdit};
pub use ticket_export::Export;
pub use ticket_list::{TicketCounts, TicketCursor, TicketFilter, TicketPage, TicketSort};
pub use tickets::{OpenTicket, Participant, TicketDetail, TicketService, TicketView, Written};
pub use users::{UserChange, UserFilter, UserPage, UserService};

/// Everything that the application can do.
#[derive(Clone)]
pub struct Services {
    /// Sign-up, sign-in, profile.
    pub accounts: AccountService,
    /// New passwords.
    pub passwords: PasswordService,
    /// One's own sessions.
    pub sessions: SessionService,
    /// Other people's accounts.
    pub users: UserService,
    /// Tickets, their timeline and who has read it.
    pub tickets: TicketService,
    /// What people are told of.
    pub notifications: NotificationService,
    /// Ticket categories.
    pub categories: CategoryService,
    /// Texts for answers.
    pub canned_replies: CannedReplyService,
    /// New tickets of which somebody should take notice.
    pub alerts: AlertService,
    /// What comes from elsewhere.
    pub imports: ImportService,
    /// What happened over some days.
    pub stats: StatsService,
    /// Bounds what of these takes long.
    pub long_reads: LongReads,
}

/// What the services stand on.
pub struct Foundation {
    /// Where everything is kept.
    pub database: Database,
    /// Sessions and tokens.
    pub authenticator: Arc<Authenticator>,
    /// Password hashing.
    pub passwords: Arc<Passwords>,
    /// Counts attempts.
    pub limits: Arc<dyn Limits>,
    /// Who hears of what was committed.
    pub events: Arc<dyn EventSink>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// An alert that nobody acknowledges is repeated after this time; none: never.
    pub alert_after: Option<Duration>,
}

impl Services {
    /// Builds the services on their foundation.
    #[must_use]
    pub fn new(foundation: Foundation) -> Services {
        let Foundation {
            database,
            authenticator,
            passwords,
            limits,
            events,
            clock,
            alert_after,
        } = foundation;
        let db = database.db;
        let long_reads = LongReads::new(&db);
        let writes = write::Writes::new(db.clone(), events, Arc::clone(&clock), alert_after);
        let attempts = Attempts(limits);
        let revocations =
            Revocations::new(db.clone(), Arc::clone(&authenticator), Arc::clone(&clock));
        Services {
            accounts: AccountService::new(
                db.clone(),
                Arc::clone(&authenticator),
                Arc::clone(&passwords),
                attempts.clone(),
                revocations.clone(),
                Arc::clone(&clock),
            ),
            imports: ImportService::new(db.clone(), Arc::clone(&passwords)),
            passwords: PasswordService::new(
                db.clone(),
                passwords,
                attempts,
                revocations.clone(),
                Arc::clone(&clock),
            ),
            sessions: SessionService::new(db.clone(), authenticator, revocations.clone()),
            users: UserService::new(writes.clone(), revocations),
            alerts: AlertService::new(writes.clone()),
            tickets: TicketService::new(writes, long_reads.clone()),
            notifications: NotificationService::new(db.clone(), Arc::clone(&clock)),
            categories: CategoryService::new(db.clone()),
            canned_replies: CannedReplyService::new(db.clone(), clock),
            stats: StatsService::new(db, long_reads.clone()),
            long_reads,
        }
    }
}
