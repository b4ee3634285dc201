//! The life of one ticket of the crowd, told by the rules of the domain.

use domain::ticket::NewTicket;
use domain::timeline::Named;
use domain::{
    Body, Change, ClientId, Entry, Person, Priority, Seq, Status, TextError, Ticket, TicketId,
    Timestamp, Title, UserId,
};
use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use services::ImportedTicket;
use uuid::Builder;

use super::phrases::{self, TOPICS, Topic};
use super::rhythm::{MINUTE, about, at_work};

/// Who is there, and what tickets are sorted under.
pub(super) struct Cast {
    pub(super) admins: Vec<Person>,
    pub(super) customers: Vec<Person>,
    pub(super) categories: Vec<Named>,
}

/// A ticket that is living.
struct Life<'a> {
    random: &'a mut StdRng,
    topic: &'static Topic,
    ticket: Ticket,
    entries: Vec<Entry>,
    /// When the last thing happened.
    at: Timestamp,
    now: Timestamp,
    priority: Priority,
}

/// Why a life is told no further.
enum Stop {
    /// The rest lies in the future.
    Future,
    /// A phrase is no valid text.
    Text(TextError),
}

impl From<TextError> for Stop {
    fn from(error: TextError) -> Stop {
        Stop::Text(error)
    }
}

/// Tells the life of a ticket from its opening until now.
///
/// # Errors
/// When a phrase is no valid text.
pub(super) fn live(
    id: TicketId,
    opened_at: Timestamp,
    now: Timestamp,
    cast: &Cast,
    random: &mut StdRng,
) -> Result<ImportedTicket, TextError> {
    let topic = TOPICS.choose(random).unwrap_or(&TOPICS[0]);
    // A few customers write most.
    let place = random.random_range(0..cast.customers.len());
    let place = random.random_range(0..=place);
    let requester = cast.customers[place].clone();
    // Those who know the subject take most of it.
    let skilled = cast.admins.len().min(id_of(topic) + 3);
    let admin = match random.random_bool(0.7) {
        true => &cast.admins[id_of(topic) % cast.admins.len()..skilled.max(1)],
        false => &cast.admins[..],
    };
    let admin = admin.choose(random).unwrap_or(&cast.admins[0]).clone();
    let priority = match random.random_range(0..100) {
        0..15 => Priority::Low,
        15..80 => Priority::Normal,
        80..95 => Priority::High,
        _ => Priority::Urgent,
    };
    let sorted = random.random_bool(0.93);
    let category = cast
        .categories
        .iter()
        .find(|category| sorted && category.name == topic.category);
    let new = NewTicket {
        title: Title::parse(&topic.title(random))?,
        description: Body::parse(&topic.description(random))?,
        priority,
        category: category.cloned(),
        requester: requester.clone(),
        follows_id: None,
    };
    // Some call, and staff writes it down.
    let author = if random.random_bool(0.04) {
        admin.clone()
    } else {
        requester.clone()
    };
    let (ticket, entry) = Ticket::open(id, new, author, client_id(random), opened_at);
    let mut life = Life {
        random,
        topic,
        ticket,
        entries: vec![entry],
        at: opened_at,
        now,
        priority,
    };
    match life.tell(&admin, cast) {
        Ok(()) | Err(Stop::Future) => Ok(life.end()),
        Err(Stop::Text(error)) => Err(error),
    }
}

impl Life<'_> {
    fn tell(&mut self, admin: &Person, cast: &Cast) -> Result<(), Stop> {
        let requester = self.ticket.requester.clone();
        if self.chance(0.05) {
            // Solved by themselves.
            return self.moves(90.0, &requester, Status::Closed);
        }
        let patience = match self.priority {
            Priority::Low => 3.0,
            Priority::Normal => 1.0,
            Priority::High => 0.5,
            Priority::Urgent => 0.2,
        };
        if self.chance(0.88) {
            self.takes(35.0 * patience, admin)?;
            if self.chance(0.8) {
                self.moves(0.3, admin, Status::InProgress)?;
            }
        }
        if self.chance(0.04)
            && let Some(to) = cast.categories.choose(self.random).cloned()
            && self.ticket.category.as_ref() != Some(&to)
        {
            let from = self.ticket.category.clone();
            let change = Change::CategoryChanged { from, to: Some(to) };
            self.act(1.0, admin, change, None)?;
        }
        if self.chance(0.05) && self.ticket.priority != Priority::High {
            let (from, to) = (self.ticket.priority, Priority::High);
            self.act(1.0, admin, Change::PriorityChanged { from, to }, None)?;
        }
        self.answers(25.0 * patience, admin)?;
        for _ in 0..3 {
            if !self.chance(0.45) {
                break;
            }
            self.replies(150.0)?;
            if self.chance(0.2) {
                let body = Body::parse(&phrases::note(self.random))?;
                self.act(20.0, admin, Change::Note { body }, None)?;
            }
            self.answers(45.0 * patience, admin)?;
        }
        if self.chance(0.08) {
            // Waits for others, sometimes for long.
            self.moves(10.0, admin, Status::Pending)?;
            self.answers(3.0 * 24.0 * 60.0, admin)?;
        }
        if self.chance(0.015) {
            // Forgotten.
            return Ok(());
        }
        self.moves(30.0, admin, Status::Resolved)?;
        if self.chance(0.06) {
            self.replies(10.0 * 60.0)?;
            self.moves(60.0, admin, Status::Open)?;
            self.answers(30.0, admin)?;
            self.moves(60.0, admin, Status::Resolved)?;
        }
        if self.chance(0.35) {
            return self.moves(12.0 * 60.0, &requester, Status::Closed);
        }
        self.moves(5.0 * 24.0 * 60.0, admin, Status::Closed)
    }

    fn takes(&mut self, minutes: f64, admin: &Person) -> Result<(), Stop> {
        let change = Change::Assigned {
            from: None,
            to: Some(admin.named()),
        };
        self.act(minutes, admin, change, Some(admin.clone()))
    }

    fn answers(&mut self, minutes: f64, admin: &Person) -> Result<(), Stop> {
        let body = Body::parse(&self.topic.answer(self.random))?;
        self.act(minutes, admin, Change::Message { body }, None)
    }

    fn replies(&mut self, minutes: f64) -> Result<(), Stop> {
        let requester = self.ticket.requester.clone();
        let body = Body::parse(&phrases::reply(self.random))?;
        self.act(minutes, &requester, Change::Message { body }, None)
    }

    fn moves(&mut self, minutes: f64, who: &Person, to: Status) -> Result<(), Stop> {
        let from = self.ticket.status;
        self.act(minutes, who, Change::StatusChanged { from, to }, None)
    }

    /// Does something about so many minutes later.
    fn act(
        &mut self,
        minutes: f64,
        who: &Person,
        change: Change,
        assignee: Option<Person>,
    ) -> Result<(), Stop> {
        let mut at = Timestamp(self.at.0 + about(minutes, self.random));
        // What takes a moment is done before one goes home.
        if who.is_admin() && minutes > 5.0 {
            at = at_work(at, self.random);
        }
        if at >= self.now {
            return Err(Stop::Future);
        }
        // Edits carry no identifier of the client.
        let client = matches!(
            change,
            Change::Message { .. } | Change::Note { .. } | Change::StatusChanged { .. }
        );
        let client = client.then(|| client_id(self.random));
        let entry = self
            .ticket
            .record(change, who.clone(), assignee, client, at);
        self.entries.push(entry);
        self.at = at;
        Ok(())
    }

    fn chance(&mut self, of_one: f64) -> bool {
        self.random.random_bool(of_one)
    }

    /// The ticket, which those who took part have seen, up to what they did or, after a while, all of it.
    fn end(self) -> ImportedTicket {
        let quiet = self.now.0 - self.at.0 > 12 * 60 * MINUTE;
        let mut read: Vec<(UserId, Seq, Timestamp)> = Vec::new();
        for entry in self.entries.iter().rev() {
            if read.iter().all(|(user, ..)| *user != entry.actor.id) {
                let seen = if quiet {
                    self.ticket.head_seq
                } else {
                    entry.seq
                };
                let at = if quiet { self.at } else { entry.created_at };
                read.push((entry.actor.id, seen, at));
            }
        }
        ImportedTicket {
            ticket: self.ticket,
            entries: self.entries,
            read,
        }
    }
}

fn client_id(random: &mut StdRng) -> ClientId {
    ClientId(Builder::from_random_bytes(random.random()).into_uuid())
}

/// The place of a topic among all.
fn id_of(topic: &Topic) -> usize {
    let place = TOPICS.iter().position(|other| std::ptr::eq(other, topic));
    place.unwrap_or_default()
}
