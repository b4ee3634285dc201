//! Tickets and people that come from elsewhere, by the thousand, in the hands of the operator: nobody is told.

use std::sync::Arc;

use auth::Passwords;
use domain::timeline::Named;
use domain::{Email, Entry, Person, PersonName, Role, Seq, Ticket, TicketId, Timestamp, UserId};
use repository::Db;
use repository::bulk::{self, ReadCursor};
use repository::users::NewUser;
use secrecy::SecretString;

use crate::error::AccountError;

/// Use cases of imports.
#[derive(Clone)]
pub struct ImportService {
    db: Db,
    passwords: Arc<Passwords>,
}

/// Somebody to be given an account.
#[derive(Clone, Debug)]
pub struct ImportedPerson {
    /// Sign-in address.
    pub email: Email,
    /// Display name.
    pub name: PersonName,
    /// Customer or staff.
    pub role: Role,
    /// Since when.
    pub created_at: Timestamp,
}

/// A ticket with its past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedTicket {
    /// The ticket as it stands after its last entry.
    pub ticket: Ticket,
    /// Its whole timeline.
    pub entries: Vec<Entry>,
    /// Who has seen it up to where, and since when.
    pub read: Vec<(UserId, Seq, Timestamp)>,
}

impl ImportService {
    pub(crate) fn new(db: Db, passwords: Arc<Passwords>) -> ImportService {
        ImportService { db, passwords }
    }

    /// Whether an address has an account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_account(&self, email: &Email) -> Result<bool, AccountError> {
        let found = repository::users::find_by_email(&self.db, email).await?;
        Ok(found.is_some())
    }

    /// Gives people accounts, all with the same password, which is hashed once.
    ///
    /// # Errors
    /// When it cannot be hashed, or the database fails, as for an address that has an account.
    pub async fn add_people(
        &self,
        people: Vec<ImportedPerson>,
        password: &SecretString,
    ) -> Result<Vec<Person>, AccountError> {
        let password_hash = self.passwords.hash(password).await?;
        let tx = self.db.begin().await?;
        let first = bulk::next_user_id(&tx).await?;
        let new = (first.0..).zip(people).map(|(id, person)| {
            let new = NewUser {
                email: person.email,
                name: person.name,
                password_hash: password_hash.clone(),
                role: person.role,
                created_at: person.created_at,
            };
            (UserId(id), new)
        });
        let new: Vec<_> = new.collect();
        bulk::add_users(&tx, &new).await?;
        tx.commit().await?;
        let people = new.into_iter().map(|(id, new)| Person {
            id,
            name: new.name.as_str().to_owned(),
            role: new.role,
        });
        Ok(people.collect())
    }

    /// The enabled admins.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn admins(&self) -> Result<Vec<Person>, AccountError> {
        let mut admins = Vec::new();
        for id in repository::users::enabled_admins(&self.db).await? {
            let found = repository::users::find(&self.db, id).await?;
            admins.extend(found.map(|user| user.person()));
        }
        Ok(admins)
    }

    /// The categories that can be chosen.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn categories(&self) -> Result<Vec<Named>, AccountError> {
        let categories = repository::categories::list(&self.db).await?;
        let chosen = categories.into_iter().filter(|category| !category.retired);
        let named = chosen.map(|category| Named {
            id: category.id.0,
            name: category.name,
        });
        Ok(named.collect())
    }

    /// A number from which on no ticket has one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_ticket(&self) -> Result<TicketId, AccountError> {
        let tx = self.db.begin().await?;
        Ok(bulk::next_ticket_id(&tx).await?)
    }

    /// Stores tickets under the numbers that they have, all or none.
    ///
    /// # Errors
    /// When the database fails, as for a number that is taken.
    pub async fn add_tickets(&self, all: Vec<ImportedTicket>) -> Result<(), AccountError> {
        let (mut tickets, mut entries, mut cursors) = (Vec::new(), Vec::new(), Vec::new());
        for imported in all {
            let ticket = imported.ticket.id;
            cursors.extend(imported.read.into_iter().map(|(user, seq, at)| ReadCursor {
                user,
                ticket,
                seq,
                at,
            }));
            entries.extend(imported.entries);
            tickets.push(imported.ticket);
        }
        let tx = self.db.begin().await?;
        bulk::add_tickets(&tx, &tickets).await?;
        bulk::add_entries(&tx, &entries).await?;
        bulk::add_read_cursors(&tx, &cursors).await?;
        Ok(tx.commit().await?)
    }
}
