//! What can go wrong, without what it was about: messages of databases quote the values that they refuse.

use std::fmt;

use sea_orm::DbErr;
use sea_orm::error::ConnAcquireErr;

use crate::dialect::{self, Failure};

/// A failure of the database, or of reading what it holds.
pub struct Error(Box<Kind>);

enum Kind {
    Database(Failure, DbErr),
    Corrupt(&'static str),
    Missing(&'static str),
    Taken(Unique),
    Options(String),
}

/// Something of which there can be one only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unique {
    /// The e-mail address of an account.
    Email,
    /// The identifier that an author's client gave to a write.
    ClientId,
    /// The name of a category.
    CategoryName,
    /// Any other key.
    Other,
}

impl Error {
    /// A stored value that breaks a rule of the domain, by the name of its column.
    pub(crate) fn corrupt(column: &'static str) -> Error {
        Error(Box::new(Kind::Corrupt(column)))
    }

    /// A row that was to be changed and is not there.
    pub(crate) fn missing(table: &'static str) -> Error {
        Error(Box::new(Kind::Missing(table)))
    }

    /// That there is one already, as no key of the database says.
    pub(crate) fn taken(unique: Unique) -> Error {
        Error(Box::new(Kind::Taken(unique)))
    }

    /// Options that cannot be used. The reason must not repeat a URL, which may hold a password.
    pub(crate) fn options(reason: impl Into<String>) -> Error {
        Error(Box::new(Kind::Options(reason.into())))
    }

    /// That the database does not answer.
    pub(crate) fn silent() -> Error {
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout).into()
    }

    /// What went wrong when the database was told to commit.
    pub(crate) fn of_commit(error: DbErr) -> Error {
        let failure = dialect::commit_failure(&error);
        Error(Box::new(Kind::Database(failure, error)))
    }

    fn failure(&self) -> Option<&Failure> {
        match &*self.0 {
            Kind::Database(failure, _) => Some(failure),
            Kind::Corrupt(_) | Kind::Missing(_) | Kind::Taken(_) | Kind::Options(_) => None,
        }
    }

    /// Whether the database cannot be reached, or has no connection to spare.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        matches!(
            self.failure(),
            Some(Failure::Unavailable | Failure::Undetermined)
        )
    }

    /// Whether the database went away while it committed, so that nobody can tell whether the writes are stored.
    #[must_use]
    pub fn is_unknown_outcome(&self) -> bool {
        matches!(self.failure(), Some(Failure::Undetermined))
    }

    /// Whether the whole transaction failed for what others did meanwhile, so that repeating it may help.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self.failure(), Some(Failure::Conflict(_)))
    }

    /// What there is already, if that is the reason.
    #[must_use]
    pub fn duplicate(&self) -> Option<Unique> {
        match &*self.0 {
            Kind::Database(Failure::Duplicate(unique), _) | Kind::Taken(unique) => Some(*unique),
            _ => None,
        }
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Error {
        Error(Box::new(Kind::Database(dialect::failure(&error), error)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Database(Failure::Unavailable, _) => f.write_str("the database is unavailable"),
            Kind::Database(Failure::Undetermined, _) => {
                f.write_str("the database went away during a commit")
            }
            Kind::Database(Failure::Conflict(code), _) => {
                write!(f, "the transaction met another one (database error {code})")
            }
            Kind::Database(Failure::Duplicate(unique), _) | Kind::Taken(unique) => {
                write!(f, "there is one already ({unique:?})")
            }
            Kind::Database(Failure::Refused(code), _) => {
                write!(f, "the database refused a value (database error {code})")
            }
            Kind::Database(Failure::Other, error) => error.fmt(f),
            Kind::Corrupt(column) => write!(f, "{column} holds what it never should"),
            Kind::Missing(table) => write!(f, "no such row in {table}"),
            Kind::Options(reason) => f.write_str(reason),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            // These say what a connection or a lock met, and quote no values.
            Kind::Database(
                Failure::Unavailable | Failure::Undetermined | Failure::Conflict(_),
                error,
            ) => Some(error),
            _ => None,
        }
    }
}
