//! Measures statistics of a desk of a year, on a server and on SQLite:
//!
//! `node scripts/services.mjs -- cargo run --release -p repository --example statistics -- 1000000`, and `SQLite` or
//! `server` behind it for one of them.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement stops at the first surprise and prints its result"
)]

use std::time::{Duration, Instant};

use domain::ticket::NewTicket;
use domain::timeline::Named;
use domain::{
    Body, Change, ClientId, Email, Period, Person, PersonName, Priority, Role, Status, Ticket,
    TicketId, Timestamp, Title, UserId,
};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use repository::users::NewUser;
use repository::{DatabaseOptions, Db, bulk, categories, stats};
use testkit::database::ThrowawayDatabase;
use uuid::Uuid;

/// 2025-01-01, in days and as a moment.
const FIRST_DAY: i64 = 20_089;
const START: Timestamp = Timestamp(FIRST_DAY * 86_400_000_000);
const YEAR: i64 = 365 * 86_400_000_000;
const ADMINS: i64 = 10;
/// Customers have ten tickets each.
const TICKETS_A_CUSTOMER: i64 = 10;
const BATCH: usize = 50_000;
const ROUNDS: usize = 5;

#[tokio::main]
async fn main() {
    let tickets = std::env::args().nth(1).unwrap().parse().unwrap();
    let only = std::env::args().nth(2);
    for name in ["SQLite", "server"] {
        if only.as_ref().is_some_and(|only| only != name) {
            continue;
        }
        let database = match name {
            "SQLite" => ThrowawayDatabase::sqlite(),
            _ => ThrowawayDatabase::mysql().await,
        };
        let db = Db::connect(&DatabaseOptions::new(database.url()))
            .await
            .unwrap();
        db.migrate().await.unwrap();
        let begun = Instant::now();
        fill(&db, tickets).await;
        println!("{name}: {tickets} tickets stored in {:?}", begun.elapsed());
        for days in [1, 30, 366] {
            let last = FIRST_DAY + 365;
            let period = Period::new(last - days + 1, last, 60).unwrap();
            let mut times = Vec::new();
            let mut opened = 0;
            for _ in 0..ROUNDS {
                let begun = Instant::now();
                let snapshot = db.read().await.unwrap();
                opened = stats::read(&snapshot, period).await.unwrap().opened();
                times.push(begun.elapsed());
            }
            times.sort_unstable();
            let (least, median, most) = (times[0], times[ROUNDS / 2], times[ROUNDS - 1]);
            println!(
                "{name}: {days} days, {opened} opened: median {median:?} ({least:?} to {most:?})"
            );
        }
        db.close().await.unwrap();
        drop(database);
    }
}

async fn fill(db: &Db, count: i64) {
    let people: Vec<_> = (1..=ADMINS + count / TICKETS_A_CUSTOMER + 1)
        .map(person)
        .collect();
    let tx = db.begin().await.unwrap();
    let accounts: Vec<_> = people.iter().map(account).collect();
    bulk::add_users(&tx, &accounts).await.unwrap();
    tx.commit().await.unwrap();
    let categories: Vec<_> = categories::list(db)
        .await
        .unwrap()
        .into_iter()
        .map(|category| Named {
            id: category.id.0,
            name: category.name,
        })
        .collect();
    let mut random = StdRng::seed_from_u64(1);
    let ids: Vec<i64> = (1..=count).collect();
    for batch in ids.chunks(BATCH) {
        let tickets: Vec<_> = batch
            .iter()
            .map(|id| {
                let opened = Timestamp(START.0 + YEAR / count * id);
                ticket(TicketId(*id), opened, &people, &categories, &mut random)
            })
            .collect();
        let tx = db.begin().await.unwrap();
        bulk::add_tickets(&tx, &tickets).await.unwrap();
        tx.commit().await.unwrap();
    }
}

fn person(id: i64) -> Person {
    Person {
        id: UserId(id),
        name: format!("Person {id}"),
        role: if id <= ADMINS {
            Role::Admin
        } else {
            Role::User
        },
    }
}

fn account(person: &Person) -> (UserId, NewUser) {
    let new = NewUser {
        email: Email::parse(&format!("person{}@example.org", person.id)).unwrap(),
        name: PersonName::parse(&person.name).unwrap(),
        password_hash: "none".to_owned(),
        role: person.role,
        created_at: START,
    };
    (person.id, new)
}

/// A ticket that most likely was assigned, answered, resolved and closed, each some time after the other.
fn ticket(
    id: TicketId,
    opened_at: Timestamp,
    people: &[Person],
    categories: &[Named],
    random: &mut StdRng,
) -> Ticket {
    let (admins, customers) = people.split_at(usize::try_from(ADMINS).unwrap());
    let (admin, requester) = (
        admins.choose(random).unwrap(),
        customers.choose(random).unwrap(),
    );
    let sorted = random.random_bool(0.9);
    let new = NewTicket {
        title: Title::parse(&format!("Something does not work, number {id}")).unwrap(),
        description: Body::parse("It did until yesterday.").unwrap(),
        priority: *Priority::ALL.choose(random).unwrap(),
        category: categories.choose(random).filter(|_| sorted).cloned(),
        requester: requester.clone(),
        follows_id: None,
    };
    let client = ClientId(Uuid::nil());
    let (mut ticket, _) = Ticket::open(id, new, requester.clone(), client, opened_at);
    let assigned = Change::Assigned {
        from: None,
        to: Some(admin.named()),
    };
    let answered = Change::Message {
        body: Body::parse("Please try again.").unwrap(),
    };
    let to = |from, to| Change::StatusChanged { from, to };
    let life = [
        (assigned, 600),
        (answered, 1_200),
        (to(Status::Open, Status::Resolved), 20_000),
        (to(Status::Resolved, Status::Closed), 100_000),
    ];
    let mut at = opened_at;
    for (change, seconds) in life {
        if random.random_bool(0.02) {
            break;
        }
        // From an e-th to e times as long.
        let factor = (random.random::<f64>() * 2.0 - 1.0).exp();
        at = at.plus(Duration::from_secs(seconds).mul_f64(factor));
        if at.0 >= START.0 + YEAR {
            break;
        }
        let assignee = matches!(change, Change::Assigned { .. }).then(|| admin.clone());
        ticket.record(change, admin.clone(), assignee, None, at);
    }
    ticket
}
