//! Prints what a connection costs in the hub: memory at rest, and the time of a fan-out to a room of 1,000.
//!
//! `cargo run --release -p realtime --example footprint`

#![expect(clippy::print_stdout, reason = "that is what it is for")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use domain::ticket::NewTicket;
use domain::{
    Body, Change, ClientId, Clock, Entry, Person, Priority, Role, Seq, SessionId, TextError,
    Ticket, TicketId, Timestamp, Title, UserId, Viewer,
};
use realtime::{Backlog, Event, Hub, HubOptions, HubParts, OpenError, Opened, Outgoing, Peer};
use tokio::task::JoinHandle;

const IDLE: i64 = 10_000;
const ROOM: i64 = 1_000;
const MESSAGES: usize = 2_000;

/// Every ticket, just opened.
struct Fresh;

#[async_trait]
impl Backlog for Fresh {
    async fn open(&self, _: Viewer, id: TicketId, _: Option<Seq>) -> Result<Opened, OpenError> {
        let (ticket, entry) = open(id).map_err(|_| OpenError::Unavailable)?;
        Ok(Opened {
            ticket,
            unread: 0,
            entries: vec![entry],
            snapshot: true,
        })
    }

    async fn between(&self, _: TicketId, _: Seq, _: Seq) -> Result<Vec<Entry>, OpenError> {
        Err(OpenError::Unavailable)
    }

    async fn heads(&self, _: &[TicketId]) -> Result<Vec<(TicketId, Seq)>, OpenError> {
        Err(OpenError::Unavailable)
    }

    async fn recent(&self, _: Timestamp, _: Timestamp) -> Result<Vec<(TicketId, Seq)>, OpenError> {
        Err(OpenError::Unavailable)
    }

    async fn event(&self, _: TicketId, _: Seq) -> Result<Event, OpenError> {
        Err(OpenError::Unavailable)
    }
}

/// Nothing here depends on the time.
struct Epoch;

impl Clock for Epoch {
    fn now(&self) -> Timestamp {
        Timestamp(0)
    }
}

fn open(id: TicketId) -> Result<(Ticket, Entry), TextError> {
    let new = NewTicket {
        title: Title::parse("A title of the usual length for a ticket")?,
        description: Body::parse("A description")?,
        priority: Priority::Normal,
        category: None,
        requester: person(0, Role::User),
        follows_id: None,
    };
    let client_id = ClientId(Default::default());
    Ok(Ticket::open(
        id,
        new,
        person(0, Role::User),
        client_id,
        Timestamp(0),
    ))
}

fn person(id: i64, role: Role) -> Person {
    Person {
        id: UserId(id),
        name: format!("Person number {id}"),
        role,
    }
}

fn peer(id: i64, role: Role) -> Peer {
    Peer {
        person: person(id, role),
        session_id: SessionId::new(format!("{id:043}")),
    }
}

/// Resident memory in bytes.
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    pages.unwrap_or(0_usize) * 4096
}

/// Takes `count` entries and gives the time when the last came.
fn reader(mut outbound: realtime::Outbound, count: usize) -> JoinHandle<Instant> {
    tokio::spawn(async move {
        let mut entries = 0;
        while let Some(outgoing) = outbound.next().await {
            if let Outgoing::Text(frame) = outgoing
                && frame.starts_with(br#"{"type":"entry""#)
            {
                entries += 1;
                if entries == count {
                    break;
                }
            }
        }
        Instant::now()
    })
}

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let hub = Hub::start(HubParts {
        options: HubOptions::default(),
        backlog: Arc::new(Fresh),
        bus: None,
        node: 0,
        clock: Arc::new(Epoch),
    });

    let start = resident();
    let mut idle = Vec::with_capacity(usize::try_from(IDLE)?);
    for id in 0..IDLE {
        idle.push(hub.connect(peer(1_000_000 + id, Role::User))?);
    }
    let connected = resident();
    for (id, (connection, outbound)) in (0..IDLE).zip(&mut idle) {
        connection.join(1, TicketId(10 + id / 2), None).await?;
        while let Ok(Some(_)) =
            tokio::time::timeout(Duration::from_micros(1), outbound.next()).await
        {}
    }
    let joined = resident();
    let each = |from: usize, to: usize| to.saturating_sub(from) / idle.len();
    println!("connected and idle: {} B each", each(start, connected));
    println!("in rooms of two, idle: {} B each", each(start, joined));
    drop(idle);

    let id = TicketId(1);
    let mut connections = Vec::new();
    let mut readers = Vec::new();
    for user in 0..ROOM {
        let (connection, outbound) = hub.connect(peer(user, Role::User))?;
        connection.join(1, id, None).await?;
        connections.push(connection);
        readers.push(reader(outbound, MESSAGES));
    }
    let (mut ticket, _) = open(id)?;
    let begin = Instant::now();
    for _ in 0..MESSAGES {
        let body = Body::parse("A message of about as many characters as people usually write")?;
        let change = Change::Message { body };
        let entry = ticket.record(change, person(0, Role::User), None, None, Timestamp(0));
        let event = Event {
            ticket: ticket.clone(),
            committed_at: Timestamp(0),
            entry,
            notices: Vec::new(),
        };
        hub.publish(event).await;
    }
    let mut end = begin;
    for reader in readers {
        end = end.max(reader.await?);
    }
    let took = end - begin;
    let deliveries = f64::from(u32::try_from(MESSAGES)?) * f64::from(u32::try_from(ROOM)?);
    println!(
        "room of {ROOM}: {:.0} messages/s, {:.0} ns per delivery, {} closed as slow",
        f64::from(u32::try_from(MESSAGES)?) / took.as_secs_f64(),
        took.as_secs_f64() * 1e9 / deliveries,
        hub.counts().slow_closed
    );
    Ok(())
}
