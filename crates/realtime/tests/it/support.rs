//! A hub over a backlog in memory that is itself consistent, and clients that take what they are sent.

use std::sync::Arc;
use std::time::Duration;

use contract::frames::ServerFrame;
use contract::socket::CloseCode;
use contract::timeline;
use domain::ticket::NewTicket;
use domain::{
    Body, Change, ClientId, Clock, Notification, NotificationId, NotificationKind, Person,
    Priority, Role, SessionId, Ticket, TicketId, Timestamp, Title, UserId,
};
use realtime::{
    Backlog, Bus, Connection, Event, Hub, HubOptions, HubParts, Notice, Outbound, Outgoing, Peer,
};
use tokio::time::Instant;

use crate::backlog::FakeBacklog;

pub(crate) const CUSTOMER: i64 = 100;

/// A hub and its backlog.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) hub: Hub,
    pub(crate) backlog: Arc<FakeBacklog>,
}

impl World {
    pub(crate) fn new() -> World {
        World::with(HubOptions::default())
    }

    pub(crate) fn with(options: HubOptions) -> World {
        let backlog = Arc::new(FakeBacklog::new());
        World {
            hub: start(options, &backlog, None, 0),
            backlog,
        }
    }

    /// A ticket of [`CUSTOMER`], opened and not announced.
    pub(crate) fn ticket(&self) -> TicketId {
        self.open_ticket().entry.ticket_id
    }

    pub(crate) fn open_ticket(&self) -> Event {
        let id = self.backlog.next_id();
        let requester = person(CUSTOMER, Role::User);
        let (ticket, entry) = Ticket::open(
            id,
            NewTicket {
                title: Title::parse("The printer is on fire").unwrap(),
                description: Body::parse("Please come.").unwrap(),
                priority: Priority::Normal,
                category: None,
                requester: requester.clone(),
                follows_id: None,
            },
            requester,
            ClientId(
                "00000000-0000-4000-8000-000000000000"
                    .parse::<ClientId>()
                    .unwrap()
                    .0,
            ),
            Timestamp(1_700_000_000_000_000),
        );
        self.backlog.insert(ticket.clone(), entry.clone());
        Event {
            ticket,
            committed_at: entry.created_at,
            entry,
            notices: Vec::new(),
        }
    }

    /// Commits a change and gives the event that is to be announced.
    pub(crate) fn commit(&self, id: TicketId, change: Change) -> Event {
        self.backlog.commit(id, change)
    }

    pub(crate) fn message(&self, id: TicketId) -> Event {
        self.commit(
            id,
            Change::Message {
                body: body("Hello"),
            },
        )
    }

    pub(crate) fn note(&self, id: TicketId) -> Event {
        self.commit(
            id,
            Change::Note {
                body: body("Secret"),
            },
        )
    }

    /// Commits a message and announces it.
    pub(crate) async fn say(&self, id: TicketId) {
        self.hub.publish(self.message(id)).await;
    }

    /// The whole log, as `role` may see it.
    pub(crate) fn fresh_fetch(&self, id: TicketId, role: Role) -> Vec<timeline::Entry> {
        self.backlog
            .entries(id)
            .into_iter()
            .map(|entry| timeline::Entry::render(entry, role.audience()))
            .collect()
    }

    pub(crate) fn admin(&self, id: i64) -> Client {
        self.client(person(id, Role::Admin))
    }

    pub(crate) fn customer(&self, id: i64) -> Client {
        self.client(person(id, Role::User))
    }

    pub(crate) fn client(&self, person: Person) -> Client {
        let session_id = SessionId::new(format!("session of {}", person.id));
        let (connection, outbound) = self.hub.connect(Peer { person, session_id }).unwrap();
        Client {
            connection,
            outbound,
        }
    }
}

/// A clock that begins at the moment of the first entries and goes with tokio's.
struct SinceNoon(Instant);

impl Clock for SinceNoon {
    fn now(&self) -> Timestamp {
        Timestamp(1_700_000_000_000_000).plus(self.0.elapsed())
    }
}

/// A hub over a backlog, on a line to others or alone.
pub(crate) fn start(
    options: HubOptions,
    backlog: &Arc<FakeBacklog>,
    bus: Option<Arc<dyn Bus>>,
    node: u64,
) -> Hub {
    Hub::start(HubParts {
        options,
        backlog: Arc::clone(backlog) as Arc<dyn Backlog>,
        bus,
        node,
        clock: Arc::new(SinceNoon(Instant::now())),
    })
}

pub(crate) fn person(id: i64, role: Role) -> Person {
    Person {
        id: UserId(id),
        name: format!("Person {id}"),
        role,
    }
}

pub(crate) fn body(text: &str) -> Body {
    Body::parse(text).unwrap()
}

pub(crate) fn notice(event: &Event, user_id: i64, id: i64) -> Notice {
    Notice {
        user_id: UserId(user_id),
        notification: Notification {
            id: NotificationId(id),
            kind: NotificationKind::Message,
            ticket: None,
            seq: Some(event.entry.seq),
            count: 1,
            actor: None,
            created_at: event.entry.created_at,
            read_at: None,
        },
        unread: 7,
    }
}

/// With the clock paused: returns once every task has nothing to do.
pub(crate) async fn settled() {
    tokio::time::sleep(Duration::from_millis(1)).await;
}

/// A client that has both halves of its connection.
pub(crate) struct Client {
    pub(crate) connection: Connection,
    pub(crate) outbound: Outbound,
}

impl Client {
    pub(crate) async fn join(&self, id: TicketId) {
        self.connection.join(1, id, None).await.unwrap();
    }

    /// The next frame; panics when the connection ends instead.
    pub(crate) async fn next(&mut self) -> ServerFrame {
        match self.outbound.next().await {
            Some(Outgoing::Text(json)) => serde_json::from_slice(&json).unwrap(),
            other => panic!("expected a frame, got {other:?}"),
        }
    }

    /// What is there once everything has settled.
    pub(crate) async fn received(&mut self) -> Vec<ServerFrame> {
        settled().await;
        let mut frames = Vec::new();
        while let Some(Some(Outgoing::Text(json))) = self.ready().await {
            frames.push(serde_json::from_slice(&json).unwrap());
        }
        frames
    }

    /// The next thing for the writer, if there is one now.
    pub(crate) async fn ready(&mut self) -> Option<Option<Outgoing>> {
        tokio::select! {
            biased;
            outgoing = self.outbound.next() => Some(outgoing),
            () = std::future::ready(()) => None,
        }
    }

    /// Takes frames until the connection ends; gives its code.
    pub(crate) async fn close_code(&mut self) -> Option<CloseCode> {
        loop {
            match self.outbound.next().await {
                Some(Outgoing::Text(_)) => {}
                Some(Outgoing::Close(code)) => return Some(code),
                None => return None,
            }
        }
    }
}

/// Entries as a client applies them: those of `joined` first, then the live ones, each exactly the next.
#[derive(Default)]
pub(crate) struct Screen {
    pub(crate) entries: Vec<timeline::Entry>,
    pub(crate) head: i64,
}

impl Screen {
    pub(crate) fn apply(&mut self, frame: ServerFrame) {
        match frame {
            ServerFrame::Joined {
                entries,
                head,
                snapshot,
                ..
            } => {
                if snapshot {
                    self.entries.clear();
                }
                self.entries.extend(entries);
                self.head = head;
            }
            ServerFrame::Entry { seq, entry, .. } => {
                assert_eq!(seq, self.head + 1, "a duplicate, a gap or a wrong order");
                assert_eq!(seq, entry.seq());
                self.head = seq;
                self.entries.push(entry);
            }
            _ => {}
        }
    }
}

/// Seqs of the `entry` frames.
pub(crate) fn seqs(frames: &[ServerFrame]) -> Vec<i64> {
    frames
        .iter()
        .filter_map(|frame| match frame {
            ServerFrame::Entry { seq, .. } => Some(*seq),
            _ => None,
        })
        .collect()
}

/// Names of the people in the last `presence` frame.
pub(crate) fn present(frames: &[ServerFrame]) -> Option<Vec<i64>> {
    frames.iter().rev().find_map(|frame| match frame {
        ServerFrame::Presence { people, .. } => {
            let mut ids: Vec<i64> = people.iter().map(|person| person.id).collect();
            ids.sort_unstable();
            Some(ids)
        }
        _ => None,
    })
}

/// Asserts that nothing is left of anybody.
pub(crate) async fn assert_empty(world: &World) {
    world.hub.emptied().await;
    settled().await;
    let counts = world.hub.counts();
    assert_eq!(
        (
            counts.connections,
            counts.users,
            counts.rooms,
            counts.members
        ),
        (0, 0, 0, 0)
    );
    assert_eq!((counts.queued_frames, counts.queued_bytes), (0, 0));
}
