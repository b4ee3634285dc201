//! Why a use case was refused or failed: one enumeration per service.

use domain::{Denied, Entry};
use repository::Unique;
use thiserror::Error;

/// A fault of the database that the caller cannot mend.
#[derive(Debug, Error)]
pub enum Fault {
    /// Down or overloaded: later it may work.
    #[error("the database is not available")]
    Unavailable(#[source] repository::Error),
    /// Anything else: ours to find in the log.
    #[error("the database refused a statement")]
    Broken(#[source] repository::Error),
    /// Too much runs that takes long: later there may be room.
    #[error("too many long reads at once")]
    Busy,
    /// A task of ours ended without a result.
    #[error("the work was cut off")]
    CutOff,
}

impl From<repository::Error> for Fault {
    fn from(error: repository::Error) -> Fault {
        if error.is_unavailable() || error.is_retryable() {
            Fault::Unavailable(error)
        } else {
            Fault::Broken(error)
        }
    }
}

/// Why a use case of tickets failed.
#[derive(Debug, Error)]
pub enum TicketError {
    /// Not there, or not the viewer's to know of.
    #[error("no such ticket")]
    NotFound,
    /// The viewer may see the ticket, not do this.
    #[error("not allowed")]
    Forbidden,
    /// The ticket is closed and takes no messages.
    #[error("the ticket is closed")]
    Closed,
    /// Others changed the ticket after what the viewer had seen.
    #[error("the ticket has changed in the meantime")]
    Stale {
        /// What the viewer had not seen, as far as it is theirs to see.
        missed: Vec<Entry>,
    },
    /// The client id belongs to another write of this author.
    #[error("the client id belongs to another write")]
    ClientIdReused,
    /// A value refers to something that is not there or not allowed.
    #[error("{field}: {reason}")]
    Invalid {
        /// The field of the request.
        field: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A fault.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Denied> for TicketError {
    fn from(denied: Denied) -> TicketError {
        match denied {
            Denied::NotFound => TicketError::NotFound,
            Denied::Forbidden => TicketError::Forbidden,
            Denied::TicketClosed => TicketError::Closed,
        }
    }
}

impl From<repository::Error> for TicketError {
    fn from(error: repository::Error) -> TicketError {
        Fault::from(error).into()
    }
}

/// Why a use case of accounts failed.
#[derive(Debug, Error)]
pub enum AccountError {
    /// The e-mail has an account.
    #[error("the e-mail has an account")]
    EmailTaken,
    /// No such account, a wrong password or a disabled account: the same to the outside.
    #[error("wrong e-mail or password")]
    InvalidCredentials,
    /// There is an admin already.
    #[error("there is an admin already")]
    AlreadySetUp,
    /// The set-up token is not the one that was printed.
    #[error("wrong set-up token")]
    WrongSetupToken,
    /// There is no such account or session, or it is not the viewer's to know of.
    #[error("not found")]
    NotFound,
    /// Only admins may do this.
    #[error("not allowed")]
    Forbidden,
    /// The last enabled admin can be neither demoted nor disabled.
    #[error("there must be an enabled admin")]
    LastAdmin,
    /// The account is disabled.
    #[error("the account is disabled")]
    Disabled,
    /// The one-time link is used up, has ended or never was.
    #[error("the link is not valid any more")]
    LinkExpired,
    /// The present password is not the one that was given.
    #[error("wrong password")]
    WrongPassword,
    /// Too many attempts have failed; nothing was compared.
    #[error("too many failed attempts")]
    TooManyAttempts {
        /// When the next one may be made.
        retry_after: std::time::Duration,
    },
    /// The session is not, or no longer, valid.
    #[error(transparent)]
    Session(#[from] auth::AuthError),
    /// The password could not be hashed now.
    #[error(transparent)]
    Password(#[from] auth::PasswordError),
    /// A fault.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<repository::Error> for AccountError {
    fn from(error: repository::Error) -> AccountError {
        Fault::from(error).into()
    }
}

/// Why a use case of notifications failed.
#[derive(Debug, Error)]
#[error(transparent)]
pub struct NotificationError(#[from] pub Fault);

impl From<repository::Error> for NotificationError {
    fn from(error: repository::Error) -> NotificationError {
        NotificationError(error.into())
    }
}

/// Why a use case of categories failed.
#[derive(Debug, Error)]
pub enum CategoryError {
    /// There is no such category.
    #[error("no such category")]
    NotFound,
    /// Only admins may do this.
    #[error("not allowed")]
    Forbidden,
    /// Another category has this name.
    #[error("the name is taken")]
    NameTaken,
    /// A fault.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<repository::Error> for CategoryError {
    fn from(error: repository::Error) -> CategoryError {
        match error.duplicate() {
            Some(Unique::CategoryName) => CategoryError::NameTaken,
            _ => Fault::from(error).into(),
        }
    }
}

/// Why a use case of canned replies failed.
#[derive(Debug, Error)]
pub enum CannedReplyError {
    /// There is no such reply, or it is another admin's own.
    #[error("no such canned reply")]
    NotFound,
    /// Only admins may do this.
    #[error("not allowed")]
    Forbidden,
    /// There are as many as there may be.
    #[error("too many canned replies")]
    TooMany,
    /// A fault.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<repository::Error> for CannedReplyError {
    fn from(error: repository::Error) -> CannedReplyError {
        Fault::from(error).into()
    }
}

/// Why a use case of alerts failed.
#[derive(Debug, Error)]
pub enum AlertError {
    /// Only admins may see them.
    #[error("not allowed")]
    Forbidden,
    /// A fault.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<repository::Error> for AlertError {
    fn from(error: repository::Error) -> AlertError {
        Fault::from(error).into()
    }
}

/// Why a use case of statistics failed.
#[derive(Debug, Error)]
pub enum StatsError {
    /// Only admins may see them.
    #[error("not allowed")]
    Forbidden,
    /// A fault.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<repository::Error> for StatsError {
    fn from(error: repository::Error) -> StatsError {
        Fault::from(error).into()
    }
}
