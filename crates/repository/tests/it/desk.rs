//! A migrated database and the people and tickets that tests need.

use domain::ticket::NewTicket;
use domain::{
    Body, Change, ClientId, Email, Entry, Person, PersonName, Priority, Role, Ticket, TicketId,
    Timestamp, Title, UserId, Viewer,
};
use repository::users::{self, NewUser};
use repository::{DatabaseOptions, Db, Result, Tx, outbox, tickets, timeline};
use sea_orm::ConnectionTrait;
use testkit::database::{Fixture, ThrowawayDatabase};

/// A moment to count from.
pub(crate) const NOON: Timestamp = Timestamp(1_800_000_000_000_000);

pub(crate) struct Desk {
    pub(crate) db: Db,
    pub(crate) database: ThrowawayDatabase,
}

impl Fixture for Desk {
    async fn start(database: ThrowawayDatabase) -> Desk {
        let db = Db::connect(&DatabaseOptions::new(database.url()))
            .await
            .unwrap();
        db.migrate().await.unwrap();
        Desk { db, database }
    }
}

impl Desk {
    /// Does what only a hand in the database can do.
    pub(crate) async fn execute(&self, sql: &str) {
        let connection = migration::connect(self.database.url()).await.unwrap();
        connection.execute_unprepared(sql).await.unwrap();
        connection.close().await.unwrap();
    }

    pub(crate) async fn user(&self, name: &str) -> Person {
        self.add_user(name, Role::User).await
    }

    pub(crate) async fn admin(&self, name: &str) -> Person {
        self.add_user(name, Role::Admin).await
    }

    async fn add_user(&self, name: &str, role: Role) -> Person {
        let tx = self.db.begin().await.unwrap();
        let user = users::add(&tx, new_user(&format!("{name}@example.org"), name, role)).await;
        tx.commit().await.unwrap();
        user.unwrap().person()
    }

    /// A ticket of `requester` with its first entry.
    pub(crate) async fn ticket(&self, requester: &Person, title: &str) -> Ticket {
        self.ticket_at(requester, title, Priority::Normal, NOON)
            .await
    }

    pub(crate) async fn ticket_at(
        &self,
        requester: &Person,
        title: &str,
        priority: Priority,
        now: Timestamp,
    ) -> Ticket {
        let tx = self.db.begin().await.unwrap();
        let new = NewTicket {
            title: Title::parse(title).unwrap(),
            description: Body::parse("It does not work.").unwrap(),
            priority,
            category: None,
            requester: requester.clone(),
            follows_id: None,
        };
        let id = tickets::add(&tx, &new, requester.id, now).await.unwrap();
        let (ticket, entry) = Ticket::open(id, new, requester.clone(), client_id(), now);
        timeline::add(&tx, &entry).await.unwrap();
        tx.commit().await.unwrap();
        ticket
    }

    /// Locks, changes and saves a ticket, as the services do.
    pub(crate) async fn record(&self, id: TicketId, actor: &Person, change: Change) -> Entry {
        self.try_record(id, actor, change, client_id())
            .await
            .unwrap()
    }

    pub(crate) async fn try_record(
        &self,
        id: TicketId,
        actor: &Person,
        change: Change,
        client_id: ClientId,
    ) -> Result<Entry> {
        let tx = self.db.begin().await?;
        let entry = record(&tx, id, actor, change, client_id).await?;
        tx.commit().await?;
        Ok(entry)
    }
}

pub(crate) async fn record(
    tx: &Tx,
    id: TicketId,
    actor: &Person,
    change: Change,
    client_id: ClientId,
) -> Result<Entry> {
    let mut ticket = tickets::lock(tx, id).await?.unwrap();
    let now = Timestamp(NOON.0 + ticket.head_seq.0);
    let entry = ticket.record(change, actor.clone(), None, Some(client_id), now);
    timeline::add(tx, &entry).await?;
    tickets::save(tx, &ticket).await?;
    outbox::add(tx, id, entry.seq, now).await?;
    Ok(entry)
}

pub(crate) fn new_user(email: &str, name: &str, role: Role) -> NewUser {
    NewUser {
        email: Email::parse(email).unwrap(),
        name: PersonName::parse(name).unwrap(),
        password_hash: "v1$hash".into(),
        role,
        created_at: NOON,
    }
}

pub(crate) fn message(text: &str) -> Change {
    Change::Message {
        body: Body::parse(text).unwrap(),
    }
}

pub(crate) fn note(text: &str) -> Change {
    Change::Note {
        body: Body::parse(text).unwrap(),
    }
}

pub(crate) fn client_id() -> ClientId {
    ClientId(uuid::Uuid::new_v4())
}

pub(crate) fn viewer(person: &Person) -> Viewer {
    Viewer {
        user_id: person.id,
        role: person.role,
    }
}

pub(crate) fn ids(people: &[&Person]) -> Vec<UserId> {
    people.iter().map(|person| person.id).collect()
}
