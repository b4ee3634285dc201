//! A desk under test: services on a database of their own, and the people who use them.

use std::sync::Arc;
use std::time::Duration;

use auth::{
    Authenticator, ClientInfo, InProcessSessions, PasswordOptions, Passwords, TokenKeys, Tokens,
    VerifiedSession,
};
use domain::{
    Body, Change, ClientId, Clock, Email, Entry, Notification, Person, PersonName, Priority, Seq,
    Status, Ticket, TicketId, Timestamp, Title, UserId,
};
use repository::tickets::TicketQuery;
use repository::{Db, notifications, outbox, tickets, timeline};
use secrecy::SecretString;
use services::{
    Database, DatabaseOptions, Foundation, NewAccount, NewMessage, OpenTicket, ReplayService,
    Services, SignedInUser, StatusChange, TicketEdit, Written,
};
use testkit::clock::ManualClock;
use testkit::database::{Fixture, ThrowawayDatabase};
use uuid::Uuid;

use crate::sink::{Sink, within};

/// The cheapest hash; its cost is not under test here.
const COST: u32 = 4;
pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct Desk {
    pub(crate) services: Services,
    pub(crate) sink: Sink,
    pub(crate) replay: ReplayService,
    pub(crate) clock: ManualClock,
    pub(crate) authenticator: Arc<Authenticator>,
    passwords: Arc<Passwords>,
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
    pub(crate) refresh_token: String,
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
        let keys = TokenKeys::new(
            &"kT8mQ2vX9rL4nB7cH1jF6wZ3yD5sG0aE".into(),
            &"pW3xN8bV5mK1qR9tC7hJ2fL6gS4dY0uZ".into(),
        );
        let sessions = Arc::new(InProcessSessions::new(Arc::clone(&shared)));
        let authenticator = Arc::new(Authenticator::new(
            Tokens::new(keys.unwrap(), Arc::clone(&shared)),
            sessions,
            Arc::clone(&shared),
        ));
        let options = PasswordOptions {
            cost: COST,
            ..PasswordOptions::default()
        };
        let pepper = "zA6sD1fG8hJ3kL9qW4eR7tY2uI5oP0xC".into();
        let passwords = Arc::new(Passwords::new(pepper, options).unwrap());
        let sink = Sink::new(other.clone());
        Desk {
            replay: ReplayService::new(&opened),
            services: Services::new(Foundation {
                database: opened,
                authenticator: Arc::clone(&authenticator),
                passwords: Arc::clone(&passwords),
                events: Arc::new(sink.clone()),
                clock: shared,
            }),
            sink,
            clock,
            authenticator,
            passwords,
            other,
            database,
        }
    }
}

impl Desk {
    /// Another node on the same database, with a sink of its own.
    pub(crate) async fn another_node(&self) -> (Services, Sink) {
        let options = patient(self.database.url());
        let sink = Sink::new(self.other.clone());
        let services = Services::new(Foundation {
            database: Database::connect(&options).await.unwrap(),
            authenticator: Arc::clone(&self.authenticator),
            passwords: Arc::clone(&self.passwords),
            events: Arc::new(sink.clone()),
            clock: Arc::new(self.clock.clone()),
        });
        (services, sink)
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
        let accounts = &self.services.accounts;
        let password = password();
        let signed_in = accounts.log_in(email, &password, ClientInfo::default());
        self.member(signed_in.await.unwrap()).await
    }

    async fn member(&self, SignedInUser { user, tokens }: SignedInUser) -> Member {
        let session = self
            .authenticator
            .authenticate(&tokens.access_token, &tokens.refresh_token)
            .await;
        Member {
            session: session.unwrap(),
            person: user.person(),
            email: user.email,
            refresh_token: tokens.refresh_token,
        }
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
            let groups = notifications::groups(&self.other, person.id(), None, 1000).await;
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

pub(crate) fn client_id() -> ClientId {
    ClientId(Uuid::new_v4())
}

pub(crate) fn new_ticket() -> OpenTicket {
    OpenTicket {
        client_id: client_id(),
        title: title("Printer"),
        description: body("It does not print."),
        category_id: None,
        priority: Priority::Normal,
        requester_id: None,
        follows_id: None,
    }
}

pub(crate) fn message(text: &str) -> NewMessage {
    NewMessage {
        client_id: client_id(),
        body: body(text),
        internal: false,
        seen: None,
    }
}

pub(crate) fn note(text: &str) -> NewMessage {
    NewMessage {
        internal: true,
        ..message(text)
    }
}

pub(crate) fn to_status(status: Status) -> StatusChange {
    StatusChange {
        client_id: client_id(),
        status,
        seen: None,
    }
}

/// An edit of nothing, by somebody who has seen nothing.
pub(crate) fn no_edit() -> TicketEdit {
    TicketEdit {
        title: None,
        category_id: None,
        priority: None,
        assignee_id: None,
        seen: Seq::ZERO,
    }
}

pub(crate) fn retitled(text: &str) -> TicketEdit {
    TicketEdit {
        title: Some(title(text)),
        ..no_edit()
    }
}

pub(crate) fn with_priority(priority: Priority) -> TicketEdit {
    TicketEdit {
        priority: Some(priority),
        ..no_edit()
    }
}

pub(crate) fn assigned_to(assignee: Option<&Member>) -> TicketEdit {
    TicketEdit {
        assignee_id: Some(assignee.map(Member::id)),
        ..no_edit()
    }
}

pub(crate) fn title(text: &str) -> Title {
    Title::parse(text).unwrap()
}

pub(crate) fn body(text: &str) -> Body {
    Body::parse(text).unwrap()
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

/// A machine that is busy with other tests is no fault of the services.
fn patient(url: &str) -> DatabaseOptions {
    DatabaseOptions {
        acquire_timeout: Duration::from_secs(30),
        lock_timeout: Duration::from_secs(30),
        ..DatabaseOptions::new(url)
    }
}
