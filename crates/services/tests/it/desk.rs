//! A desk under test: services on a database of their own, and the people who use them.

use std::sync::Arc;
use std::time::Duration;

use auth::{
    AuthError, Authenticator, ClientInfo, InProcessLimits, InProcessSessions, Limits,
    PasswordOptions, Passwords, TokenKeys, Tokens, VerifiedSession,
};
use domain::{
    Change, Clock, Email, Entry, Notification, Person, PersonName, Seq, Status, Ticket, TicketId,
    Timestamp, UserId,
};
use repository::tickets::TicketQuery;
use repository::{Db, notifications, outbox, tickets, timeline};
use secrecy::SecretString;
use services::{
    AccountError, Database, DatabaseOptions, Foundation, NewAccount, NewMessage, ReplayService,
    RevocationLog, Services, SignedInUser, TicketEdit, Written,
};
use testkit::clock::ManualClock;
use testkit::database::{Fixture, ThrowawayDatabase};
use uuid::Uuid;

pub(crate) use crate::drafts::{
    assigned_to, body, client_id, message, new_ticket, no_edit, note, retitled, title, to_status,
    with_priority,
};
use crate::sink::{Sink, within};

/// The cheapest hash, and a queue that is never full.
pub(crate) const OPTIONS: PasswordOptions = PasswordOptions {
    cost: 4,
    workers: 1,
    queue: 1000,
};
/// When alerts are repeated.
pub(crate) const ALERT_AFTER: Duration = Duration::from_secs(120);
pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct Desk {
    pub(crate) services: Services,
    pub(crate) sink: Sink,
    pub(crate) replay: ReplayService,
    pub(crate) clock: ManualClock,
    pub(crate) authenticator: Arc<Authenticator>,
    pub(crate) passwords: Arc<Passwords>,
    limits: Arc<dyn Limits>,
    /// The database as another process sees it.
    pub(crate) other: Db,
    // Dropped last: the services use it to their end.
    pub(crate) database: ThrowawayDatabase,
}

/// Somebody signed in.
pub(crate) struct Member {
    pub(crate) session: VerifiedSession,
    pub(crate) person: Person,
    pub(crate) email: Email,
    pub(crate) access_token: String,
    pub(crate) refresh_token: String,
    pub(crate) device_token: String,
}

/// All that a desk holds of tickets and of who was told.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Contents {
    tickets: Vec<Ticket>,
    entries: Vec<Entry>,
    told: Vec<(UserId, Vec<Notification>)>,
    outbox: Vec<(TicketId, Seq)>,
}

impl Fixture for Desk {
    async fn start(database: ThrowawayDatabase) -> Desk {
        let options = patient(database.url());
        let opened = Database::connect(&options).await.unwrap();
        opened.migrate().await.unwrap();
        let other = Db::connect(&options).await.unwrap();

        let clock = ManualClock::new();
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let sessions = Arc::new(InProcessSessions::new(Arc::clone(&shared)));
        let authenticator = Arc::new(Authenticator::new(
            Tokens::new(token_keys(), Arc::clone(&shared)),
            sessions,
            Arc::clone(&shared),
        ));
        let passwords = Arc::new(hashing(OPTIONS));
        let limits: Arc<dyn Limits> = Arc::new(InProcessLimits::new(Arc::clone(&shared)));
        let sink = Sink::new(other.clone());
        Desk {
            replay: ReplayService::new(&opened),
            services: Services::new(Foundation {
                database: opened,
                authenticator: Arc::clone(&authenticator),
                passwords: Arc::clone(&passwords),
                limits: Arc::clone(&limits),
                events: Arc::new(sink.clone()),
                clock: shared,
                alert_after: Some(ALERT_AFTER),
            }),
            sink,
            clock,
            authenticator,
            passwords,
            limits,
            other,
            database,
        }
    }
}

impl Desk {
    /// Another node on the same database, with a sink of its own.
    pub(crate) async fn another_node(&self) -> (Services, Sink) {
        let sink = Sink::new(self.other.clone());
        let events = Arc::new(sink.clone());
        let foundation = self.foundation().await;
        (
            Services::new(Foundation {
                events,
                ..foundation
            }),
            sink,
        )
    }

    /// What another node stands on that shares everything but connections with this one.
    pub(crate) async fn foundation(&self) -> Foundation {
        let options = patient(self.database.url());
        Foundation {
            database: Database::connect(&options).await.unwrap(),
            authenticator: Arc::clone(&self.authenticator),
            passwords: Arc::clone(&self.passwords),
            limits: Arc::clone(&self.limits),
            events: Arc::new(self.sink.clone()),
            clock: Arc::new(self.clock.clone()),
            alert_after: Some(ALERT_AFTER),
        }
    }

    /// What the database holds of ended sessions.
    pub(crate) async fn revocation_log(&self) -> RevocationLog {
        let options = patient(self.database.url());
        let database = Database::connect(&options).await.unwrap();
        RevocationLog::new(&database, Arc::new(self.clock.clone()))
    }

    /// A customer, signed in by registering.
    pub(crate) async fn customer(&self, name: &str) -> Member {
        let registered = self
            .services
            .accounts
            .register(account(name), ClientInfo::default());
        self.member(registered.await.unwrap()).await
    }

    /// An admin, made as at the command line, and signed in.
    pub(crate) async fn admin(&self, name: &str) -> Member {
        let account = account(name);
        let accounts = &self.services.accounts;
        accounts.create_admin(account.clone()).await.unwrap();
        self.log_in(&account.email).await
    }

    pub(crate) async fn log_in(&self, email: &Email) -> Member {
        self.member(self.try_log_in(email, PASSWORD).await.unwrap())
            .await
    }

    pub(crate) async fn try_log_in(
        &self,
        email: &Email,
        password: &str,
    ) -> Result<SignedInUser, AccountError> {
        let accounts = &self.services.accounts;
        let client = ClientInfo::default();
        accounts.log_in(email, &password.into(), None, client).await
    }

    pub(crate) async fn member(&self, signed_in: SignedInUser) -> Member {
        Member::of(signed_in, &self.authenticator).await
    }

    /// Whether the session of somebody who signed in is still good for requests.
    pub(crate) async fn lives(&self, member: &Member) -> bool {
        member.lives(&self.authenticator).await
    }

    /// Disables an account past the application.
    pub(crate) async fn disable(&self, member: &Member) {
        let (id, now) = (member.id(), self.clock.now().0);
        let sql = format!("UPDATE users SET disabled_at = {now} WHERE id = {id}");
        self.database.execute(&sql).await;
    }

    /// A ticket of this customer, once it was announced.
    pub(crate) async fn ticket(&self, of: &Member) -> TicketId {
        let opened = self.services.tickets.open(&of.session, new_ticket()).await;
        let id = opened.unwrap().ticket.id;
        self.sink.heard(id, Seq(1)).await;
        id
    }

    /// A message, once it was announced.
    pub(crate) async fn say(&self, author: &Member, id: TicketId, text: &str) -> Entry {
        self.write(author, id, message(text)).await
    }

    /// An internal note, once it was announced.
    pub(crate) async fn note(&self, author: &Member, id: TicketId, text: &str) -> Entry {
        self.write(author, id, note(text)).await
    }

    async fn write(&self, author: &Member, id: TicketId, new: NewMessage) -> Entry {
        let written = self.services.tickets.send(&author.session, id, new).await;
        self.announced(written.unwrap()).await
    }

    /// A change of status, once it was announced.
    pub(crate) async fn set_status(&self, author: &Member, id: TicketId, status: Status) -> Entry {
        let tickets = &self.services.tickets;
        let written = tickets.set_status(&author.session, id, to_status(status));
        self.announced(written.await.unwrap()).await
    }

    async fn announced(&self, written: Written) -> Entry {
        let entry = written.entry.unwrap();
        self.sink.heard(entry.ticket_id, entry.seq).await;
        entry
    }

    /// An edit by somebody who has seen everything, once it was announced.
    pub(crate) async fn edit(&self, author: &Member, id: TicketId, edit: TicketEdit) -> Ticket {
        let seen = self.head(id).await;
        let edit = TicketEdit { seen, ..edit };
        let edited = self.services.tickets.edit(&author.session, id, edit).await;
        let ticket = edited.unwrap().ticket;
        if ticket.head_seq > seen {
            self.sink.heard(id, ticket.head_seq).await;
        }
        ticket
    }

    pub(crate) async fn head(&self, id: TicketId) -> Seq {
        let ticket = tickets::find(&self.other, id).await.unwrap();
        ticket.unwrap().head_seq
    }

    /// The whole timeline, as another process reads it.
    pub(crate) async fn timeline(&self, id: TicketId) -> Vec<Entry> {
        timeline::after(&self.other, id, Seq::ZERO, 10_000)
            .await
            .unwrap()
    }

    /// Who was told of an entry, as another process reads it.
    pub(crate) async fn told_of(&self, id: TicketId, seq: Seq) -> Vec<UserId> {
        let told = notifications::after_entry(&self.other, id, seq).await;
        told.unwrap().into_iter().map(|told| told.user_id).collect()
    }

    /// The outbox, as another process reads it.
    pub(crate) async fn outbox(&self) -> Vec<(TicketId, Seq)> {
        let tx = self.other.begin().await.unwrap();
        let mut rows = outbox::older_than(&tx, Timestamp(i64::MAX), 10_000)
            .await
            .unwrap();
        tx.rollback().await.unwrap();
        rows.sort_unstable();
        rows
    }

    /// Waits until everything that was committed was also announced and left the outbox.
    pub(crate) async fn settle(&self) {
        let settled = async {
            loop {
                let again = self.services.tickets.relay_once().await.unwrap();
                assert_eq!(again, 0, "something had been abandoned");
                if self.outbox().await.is_empty() {
                    break;
                }
            }
        };
        within(settled).await;
    }

    /// All that the desk holds, as another process reads it.
    pub(crate) async fn contents(&self, people: &[&Member]) -> Contents {
        let query = TicketQuery {
            limit: 1000,
            ..TicketQuery::default()
        };
        let tickets = tickets::list(&self.other, &query).await.unwrap().items;
        let mut entries = Vec::new();
        for ticket in &tickets {
            entries.extend(self.timeline(ticket.id).await);
        }
        let mut told = Vec::new();
        for person in people {
            let groups =
                notifications::groups(&self.other, person.session.viewer(), None, 1000).await;
            told.push((person.id(), groups.unwrap().items));
        }
        Contents {
            tickets,
            entries,
            told,
            outbox: self.outbox().await,
        }
    }
}

impl Member {
    pub(crate) async fn of(signed_in: SignedInUser, by: &Authenticator) -> Member {
        let SignedInUser {
            user,
            tokens,
            device,
        } = signed_in;
        let (access, refresh) = (tokens.access_token, tokens.refresh_token);
        Member {
            session: by.authenticate(&access, &refresh).await.unwrap(),
            person: user.person(),
            email: user.email,
            access_token: access,
            refresh_token: refresh,
            device_token: device.text,
        }
    }

    /// Whether their session is still good for requests.
    pub(crate) async fn lives(&self, by: &Authenticator) -> bool {
        match by
            .authenticate(&self.access_token, &self.refresh_token)
            .await
        {
            Ok(_) => true,
            Err(AuthError::SessionEnded) => false,
            Err(error) => panic!("{error:?}"),
        }
    }

    pub(crate) fn id(&self) -> UserId {
        self.person.id
    }
}

/// An account with an address of its own.
pub(crate) fn account(name: &str) -> NewAccount {
    NewAccount {
        email: Email::parse(&format!("{}@example.org", Uuid::new_v4().simple())).unwrap(),
        name: PersonName::parse(name).unwrap(),
        password: password(),
    }
}

pub(crate) fn password() -> SecretString {
    PASSWORD.into()
}

/// The places of entries, in their order.
pub(crate) fn seqs(entries: &[Entry]) -> Vec<i64> {
    entries.iter().map(|entry| entry.seq.0).collect()
}

/// The status that an entry moved to, if it did.
pub(crate) fn moved_to(entry: &Entry) -> Option<Status> {
    match entry.change {
        Change::StatusChanged { to, .. } => Some(to),
        _ => None,
    }
}

/// What all nodes sign tokens with.
pub(crate) fn token_keys() -> TokenKeys {
    let (access, refresh) = (
        "kT8mQ2vX9rL4nB7cH1jF6wZ3yD5sG0aE",
        "pW3xN8bV5mK1qR9tC7hJ2fL6gS4dY0uZ",
    );
    TokenKeys::new(&access.into(), &refresh.into()).unwrap()
}

/// Hashes as the desk does, but for these options.
pub(crate) fn hashing(options: PasswordOptions) -> Passwords {
    Passwords::new("zA6sD1fG8hJ3kL9qW4eR7tY2uI5oP0xC".into(), options).unwrap()
}

/// A machine that is busy with other tests is no fault of the services.
pub(crate) fn patient(url: &str) -> DatabaseOptions {
    DatabaseOptions {
        acquire_timeout: Duration::from_secs(30),
        lock_timeout: Duration::from_secs(30),
        ..DatabaseOptions::new(url)
    }
}
