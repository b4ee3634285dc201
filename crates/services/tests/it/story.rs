//! The promise of promises, on stories that nobody thought up: snapshot + replayed entries == a fresh fetch.

use domain::{CategoryId, Change, ClientId, Entry, Priority, Seq, Status, Ticket, TicketId, Title};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use services::{NewMessage, StatusChange, TicketEdit, TicketError, TimelineWindow};
use testkit::on_every_database;

use crate::desk::{Desk, Member, body, message, no_edit, retitled, to_status};

/// Tells a story again: the seed that a failure printed.
const SEED: &str = "TEST_STORY_SEED";
/// Longer than a snapshot, so that some snapshots are only the end of a timeline.
const STEPS: usize = 160;

/// Somebody who follows a ticket as a client does.
struct Follower<'a> {
    member: &'a Member,
    known: Vec<Entry>,
    ticket: Option<Ticket>,
}

impl Follower<'_> {
    fn last(&self) -> Option<Seq> {
        self.known.last().map(|entry| entry.seq)
    }

    /// Joins, again with what it has.
    async fn join(&mut self, desk: &Desk, id: TicketId) {
        let (viewer, after) = (self.member.session.viewer(), self.last());
        let replay = desk.replay.open(viewer, id, after).await.unwrap();
        if replay.snapshot {
            self.known.clear();
        } else {
            let next = after.unwrap_or(Seq::ZERO).next();
            assert!(replay.entries.first().is_none_or(|first| first.seq == next));
        }
        self.known.extend(replay.entries);
        self.ticket = Some(replay.ticket);
        let timeline = desk.timeline(id).await;
        let cursor = desk
            .services
            .tickets
            .read(&self.member.session, id)
            .await
            .unwrap();
        let audience = viewer.role.audience();
        let unread = timeline.iter().filter(|entry| {
            entry.seq > cursor.read_seq
                && entry.actor.id != viewer.user_id
                && entry.kind().is_said()
                && entry.kind().visible_to(audience)
        });
        assert_eq!(replay.unread, unread.count() as i64);
    }

    /// Hears of an entry, perhaps again, perhaps too early.
    async fn hear(&mut self, desk: &Desk, id: TicketId, entry: &Entry, ticket: &Ticket) {
        match self.last() {
            Some(last) if entry.seq <= last => {}
            Some(last) if entry.seq == last.next() => {
                self.known.push(entry.clone());
                self.ticket = Some(ticket.clone());
            }
            _ => self.join(desk, id).await,
        }
    }
}

/// What entries make of a ticket that began with this title, told independently of the code under test.
#[derive(Debug, PartialEq)]
struct State {
    status: Status,
    title: Title,
    priority: Priority,
    category: Option<i64>,
    assignee: Option<i64>,
    last_message: Seq,
    closed: bool,
}

impl State {
    fn after(entries: &[Entry]) -> State {
        let mut state = State {
            status: Status::Open,
            title: crate::desk::title("Printer"),
            priority: Priority::Normal,
            category: None,
            assignee: None,
            last_message: Seq(1),
            closed: false,
        };
        for entry in entries {
            match &entry.change {
                Change::Created { .. } | Change::Message { .. } => state.last_message = entry.seq,
                Change::Note { .. } => {}
                Change::StatusChanged { from, to } => {
                    assert_eq!(*from, state.status);
                    state.status = *to;
                }
                Change::TitleChanged { from, to } => {
                    assert_eq!(*from, state.title);
                    state.title = to.clone();
                }
                Change::PriorityChanged { from, to } => {
                    assert_eq!(*from, state.priority);
                    state.priority = *to;
                }
                Change::CategoryChanged { from, to } => {
                    assert_eq!(from.as_ref().map(|from| from.id), state.category);
                    state.category = to.as_ref().map(|to| to.id);
                }
                Change::Assigned { from, to } => {
                    assert_eq!(from.as_ref().map(|from| from.id), state.assignee);
                    state.assignee = to.as_ref().map(|to| to.id);
                }
            }
        }
        state.closed = state.status == Status::Closed;
        state
    }

    fn of(ticket: &Ticket) -> State {
        State {
            status: ticket.status,
            title: ticket.title.clone(),
            priority: ticket.priority,
            category: ticket.category.as_ref().map(|category| category.id),
            assignee: ticket.assignee.as_ref().map(|assignee| assignee.id.0),
            last_message: ticket.last_message.seq,
            closed: ticket.closed_at.is_some(),
        }
    }
}

/// What happens in a story.
struct Teller<'a> {
    desk: &'a Desk,
    rng: StdRng,
    id: TicketId,
    people: [&'a Member; 3],
    stranger: &'a Member,
    categories: Vec<CategoryId>,
    /// Messages that may be sent again, by whom.
    sent: Vec<(usize, NewMessage)>,
}

impl Teller<'_> {
    /// Does something that one of the people may or may not do. Only a fault is a surprise.
    async fn step(&mut self) {
        let who = self.rng.random_range(0..self.people.len());
        let session = &self.people[who].session;
        let tickets = &self.desk.services.tickets;
        let id = self.id;
        let head = self.desk.head(id).await;
        let seen = match self.rng.random_range(0..4) {
            0 => Some(Seq(self.rng.random_range(0..=head.0 + 1))),
            1 => Some(head),
            _ => None,
        };
        let outcome = match self.rng.random_range(0..20) {
            0..8 => {
                let mut new = self.message(seen);
                new.internal = self.rng.random_bool(0.25);
                self.sent.push((who, new.clone()));
                tickets.send(session, id, new).await.map(drop)
            }
            8..10 if !self.sent.is_empty() => {
                let (who, new) = self.sent.choose(&mut self.rng).unwrap().clone();
                tickets
                    .send(&self.people[who].session, id, new)
                    .await
                    .map(drop)
            }
            10..12 => {
                let status = *Status::ALL.choose(&mut self.rng).unwrap();
                let change = StatusChange {
                    seen,
                    ..to_status(status)
                };
                tickets.set_status(session, id, change).await.map(drop)
            }
            12..16 => {
                let edit = TicketEdit {
                    seen: seen.unwrap_or(head),
                    ..self.edit()
                };
                tickets.edit(session, id, edit).await.map(drop)
            }
            16..18 => {
                let seq = Seq(self.rng.random_range(0..=head.0 + 1));
                tickets.mark_read(session, id, seq).await.map(drop)
            }
            18 => {
                let stranger = &self.stranger.session;
                let outcome = tickets.send(stranger, id, message("Hello?")).await;
                assert!(matches!(outcome, Err(TicketError::NotFound)), "{outcome:?}");
                return;
            }
            // Closed for good would end the story.
            _ => {
                let admin = &self.people[1].session;
                tickets
                    .set_status(admin, id, to_status(Status::Open))
                    .await
                    .map(drop)
            }
        };
        if let Err(TicketError::Fault(fault)) = outcome {
            panic!("{fault:?}");
        }
    }

    fn message(&mut self, seen: Option<Seq>) -> NewMessage {
        let text = ["So?", "👩‍👩‍👧‍👦", "a\r\n\tb", "שלום", "%_\\'\""]
            .choose(&mut self.rng)
            .unwrap();
        NewMessage {
            client_id: ClientId(uuid::Builder::from_random_bytes(self.rng.random()).into_uuid()),
            body: body(&text.repeat(self.rng.random_range(1..40))),
            internal: false,
            seen,
        }
    }

    fn edit(&mut self) -> TicketEdit {
        let mut edit = no_edit();
        if self.rng.random_bool(0.4) {
            edit.title = retitled(&format!("Printer {}", self.rng.random_range(0..5))).title;
        }
        if self.rng.random_bool(0.4) {
            edit.priority = Priority::ALL.choose(&mut self.rng).copied();
        }
        if self.rng.random_bool(0.4) {
            let category = self.categories.choose(&mut self.rng).copied();
            edit.category_id = Some(category.filter(|_| self.rng.random_bool(0.7)));
        }
        if self.rng.random_bool(0.4) {
            let assignee = self.people[self.rng.random_range(1..3)].id();
            edit.assignee_id = Some(Some(assignee).filter(|_| self.rng.random_bool(0.7)));
        }
        edit
    }
}

/// How many notifications of this person there are, read and unread.
async fn notifications_of(desk: &Desk, member: &Member) -> i64 {
    let groups =
        repository::notifications::groups(&desk.other, member.session.viewer(), None, 1000).await;
    groups.unwrap().items.iter().map(|group| group.count).sum()
}

on_every_database! {
    async fn snapshot_and_replay_equal_a_fresh_fetch(desk: Desk) {
        let seed = std::env::var(SEED).map_or_else(|_| rand::random(), |seed| seed.parse().unwrap());
        // Shown if the test fails.
        eprintln!("{SEED}={seed}");
        let (ada, eve) = (desk.customer("Ada").await, desk.customer("Eve").await);
        let (mira, noor) = (desk.admin("Mira").await, desk.admin("Noor").await);
        let id = desk.ticket(&ada).await;
        let categories = desk.services.categories.list(&mira.session).await.unwrap();
        let mut teller = Teller {
            desk: &desk,
            rng: StdRng::seed_from_u64(seed),
            id,
            people: [&ada, &mira, &noor],
            stranger: &eve,
            categories: categories.into_iter().map(|category| category.id).collect(),
            sent: Vec::new(),
        };
        let mut followers = Vec::new();
        for step in 0..STEPS {
            teller.step().await;
            let rng = &mut teller.rng;
            if step % 20 == 10 {
                let member = if followers.len() % 2 == 0 { &ada } else { &mira };
                followers.push(Follower { member, known: Vec::new(), ticket: None });
            }
            for follower in &mut followers {
                match rng.random_range(0..6) {
                    0 => follower.join(&desk, id).await,
                    1 => {
                        let heard = desk.sink.all_of(id);
                        let from = rng.random_range(0..heard.len());
                        for event in &heard[from..] {
                            follower.hear(&desk, id, &event.entry, &event.ticket).await;
                        }
                    }
                    _ => {}
                }
            }
        }
        desk.settle().await;

        // Fresh: what somebody gets who asks page by page.
        let mut fresh = Vec::new();
        loop {
            let after = fresh.last().map_or(Seq::ZERO, |entry: &Entry| entry.seq);
            let tickets = &desk.services.tickets;
            let page = tickets.timeline(&ada.session, id, TimelineWindow::After(after), 7).await.unwrap();
            if page.items.is_empty() {
                assert_eq!(page.head, after);
                break;
            }
            fresh.extend(page.items);
        }
        let ticket = desk.services.tickets.read(&ada.session, id).await.unwrap().view.ticket;
        assert_eq!(fresh, desk.timeline(id).await);
        assert_eq!(State::of(&ticket), State::after(&fresh));

        let events = desk.sink.all_of(id);
        assert!(events.iter().map(|event| &event.entry).eq(&fresh));
        for (n, event) in events.iter().enumerate() {
            assert_eq!(State::of(&event.ticket), State::after(&fresh[..=n]));
        }
        assert_eq!(events.last().unwrap().ticket, ticket);

        for mut follower in followers {
            follower.join(&desk, id).await;
            let first = follower.known[0].seq.0 as usize;
            assert_eq!(follower.known, fresh[first - 1..]);
            assert_eq!(follower.ticket, Some(ticket.clone()));
        }
        for member in [&ada, &mira, &noor, &eve] {
            let told = events.iter().flat_map(|event| &event.notices);
            let told = told.filter(|notice| notice.user_id == member.id()).count();
            assert_eq!(notifications_of(&desk, member).await, told as i64);
        }
    }
}
