//! Use cases: permission, transaction, event, in that order.
//!
//! A service takes a [`auth::VerifiedSession`], so a use case that needs somebody signed in does not compile
//! without one. Nothing external happens inside a transaction; what was committed is announced through
//! [`EventSink`] afterwards.

mod accounts;
mod categories;
mod database;
mod error;
mod events;
mod messages;
mod notifications;
mod outbox_relay;
mod replay;
mod retry;
mod setup_token;
mod ticket_changes;
mod ticket_list;
mod tickets;
mod visible;
mod write;

use std::sync::Arc;

use auth::{Authenticator, Passwords};
use domain::Clock;

pub use accounts::{AccountService, NewAccount, SignedInUser};
pub use categories::CategoryService;
pub use database::{Database, DatabaseError, DatabaseOptions, MigrationStep};
pub use error::{AccountError, CategoryError, Fault, NotificationError, TicketError};
pub use events::{Committed, EventSink, Notice, ReadMoved};
pub use messages::{NewMessage, ReadState, TimelinePage, TimelineWindow};
pub use notifications::{NotificationPage, NotificationService, ReadWhich};
pub use replay::{Replay, ReplayService};
pub use setup_token::SetupToken;
pub use ticket_changes::{StatusChange, TicketEdit};
pub use ticket_list::{TicketCursor, TicketFilter, TicketPage, TicketSort};
pub use tickets::{OpenTicket, Participant, TicketDetail, TicketService, TicketView, Written};

/// Everything that the application can do.
#[derive(Clone)]
pub struct Services {
    /// Sign-up, sign-in, profile.
    pub accounts: AccountService,
    /// Tickets, their timeline and who has read it.
    pub tickets: TicketService,
    /// What people are told of.
    pub notifications: NotificationService,
    /// Ticket categories.
    pub categories: CategoryService,
}

/// What the services stand on.
pub struct Foundation {
    /// Where everything is kept.
    pub database: Database,
    /// Sessions and tokens.
    pub authenticator: Arc<Authenticator>,
    /// Password hashing.
    pub passwords: Arc<Passwords>,
    /// Who hears of what was committed.
    pub events: Arc<dyn EventSink>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl Services {
    /// Builds the services on their foundation.
    #[must_use]
    pub fn new(foundation: Foundation) -> Services {
        let Foundation {
            database,
            authenticator,
            passwords,
            events,
            clock,
        } = foundation;
        let writes = write::Writes::new(database.db.clone(), events, Arc::clone(&clock));
        Services {
            accounts: AccountService::new(
                database.db.clone(),
                authenticator,
                passwords,
                Arc::clone(&clock),
            ),
            tickets: TicketService::new(writes),
            notifications: NotificationService::new(database.db.clone(), clock),
            categories: CategoryService::new(database.db),
        }
    }
}
