//! How long lists, counts and searches take among many tickets. With a MySQL-compatible server in
//! `TEST_DATABASE_URL` and room for some gigabytes:
//! `cargo run --release -p repository --example list_scale -- 1000 100000 1000000`

use std::process::ExitCode;
use std::time::{Duration, Instant};

use domain::{Audience, SearchQuery, Status, TicketId, UserId, WaitingOn};
use repository::tickets::{self, AssigneeFilter, TicketQuery, TicketSort};
use repository::{DatabaseOptions, Db, Result, search, timeline};
use testkit::database::ThrowawayDatabase;
use testkit::many_tickets;

/// How often each is measured.
const TIMES: usize = 100;

/// What is searched for: an everyday word, two of them, a rare one, and what every description has.
const SEARCHES: [&str; 4] = ["printer", "login slow", "word4321", "hello"];

#[tokio::main]
async fn main() -> ExitCode {
    let sizes: Vec<u32> = std::env::args().skip(1).flat_map(|n| n.parse()).collect();
    if sizes.is_empty() {
        eprintln!("usage: list_scale TICKETS...");
        return ExitCode::from(2);
    }
    for tickets in sizes {
        for database in [
            ThrowawayDatabase::sqlite(),
            ThrowawayDatabase::mysql().await,
        ] {
            let kind = if database.is_mysql() {
                "mysql"
            } else {
                "sqlite"
            };
            if let Err(error) = measure(&database, kind, tickets).await {
                eprintln!("{kind}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

async fn measure(database: &ThrowawayDatabase, kind: &str, tickets: u32) -> Result<()> {
    let db = Db::connect(&DatabaseOptions::new(database.url())).await?;
    db.migrate().await?;
    let begun = Instant::now();
    many_tickets::fill(database, tickets).await;
    many_tickets::analyze(database).await;
    eprintln!("{kind}, {tickets} tickets: filled in {:?}", begun.elapsed());

    let admin = UserId(many_tickets::admin());
    // The first has none.
    let busy = UserId(many_tickets::admin() + 1);
    let customer = UserId(many_tickets::customer());
    for (name, view) in views(admin, customer) {
        let mut times = Vec::new();
        for sort in [
            TicketSort::Updated,
            TicketSort::Created,
            TicketSort::Priority,
        ] {
            let query = TicketQuery {
                sort,
                ..view.clone()
            };
            let mut page = tickets::list(&db, &query).await?;
            for _ in 0..TIMES / 3 {
                // Pages follow one another, so that later ones count too.
                let query = TicketQuery {
                    after: page.next,
                    ..query.clone()
                };
                let begun = Instant::now();
                page = tickets::list(&db, &query).await?;
                times.push(begun.elapsed());
            }
        }
        report(kind, tickets, name, times);
    }

    let mut times = Vec::new();
    for _ in 0..TIMES {
        let begun = Instant::now();
        tickets::counts(&db, admin).await?;
        times.push(begun.elapsed());
    }
    report(kind, tickets, "counts", times);

    for text in SEARCHES {
        let all = TicketQuery::default();
        let own = TicketQuery {
            requester: Some(customer),
            ..TicketQuery::default()
        };
        let closed = TicketQuery {
            status: vec![Status::Closed],
            ..TicketQuery::default()
        };
        let mine = TicketQuery {
            assignee: Some(AssigneeFilter::Is(busy)),
            ..TicketQuery::default()
        };
        let pending = TicketQuery {
            status: vec![Status::Pending],
            ..mine.clone()
        };
        for (who, query, audience) in [
            ("staff", all, Audience::Staff),
            ("staff among closed", closed, Audience::Staff),
            ("staff among their own", mine, Audience::Staff),
            ("staff among their own pending", pending, Audience::Staff),
            ("customer", own, Audience::Customer),
        ] {
            let mut times = Vec::new();
            for _ in 0..TIMES / 5 {
                let begun = Instant::now();
                find(&db, text, &query, audience).await?;
                times.push(begun.elapsed());
            }
            report(kind, tickets, &format!("search \"{text}\", {who}"), times);
        }
    }
    db.close().await
}

/// A search, with the texts that its answer shows.
async fn find(db: &Db, text: &str, query: &TicketQuery, audience: Audience) -> Result<()> {
    let search = SearchQuery::parse(text);
    let found = search::find(db, &search, query, audience).await?;
    let bodies: Vec<_> = found.bodies.into_iter().take(300).collect();
    let mut ids: Vec<TicketId> = bodies.iter().map(|(id, _)| *id).collect();
    ids.extend(found.titles.into_iter().take(300));
    timeline::find_all(db, &bodies).await?;
    tickets::find_all(db, &ids).await?;
    Ok(())
}

fn views(admin: UserId, customer: UserId) -> Vec<(&'static str, TicketQuery)> {
    let of = |status: &[Status]| TicketQuery {
        status: status.to_vec(),
        ..TicketQuery::default()
    };
    let open = || {
        of(&[
            Status::Open,
            Status::InProgress,
            Status::Pending,
            Status::Resolved,
        ])
    };
    let closed = || of(&[Status::Closed]);
    let by = |assignee| TicketQuery {
        assignee: Some(assignee),
        ..open()
    };
    let own = |query| TicketQuery {
        requester: Some(customer),
        ..query
    };
    let waiting = TicketQuery {
        waiting_on: Some(WaitingOn::Staff),
        ..TicketQuery::default()
    };
    vec![
        ("mine", by(AssigneeFilter::Is(admin))),
        ("unassigned", by(AssigneeFilter::Nobody)),
        ("open", open()),
        ("waiting", waiting),
        ("closed", closed()),
        ("all", TicketQuery::default()),
        ("own current", own(open())),
        ("own closed", own(closed())),
    ]
}

fn report(kind: &str, tickets: u32, what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len().saturating_sub(1) * percent / 100);
    if let (Some(half), Some(most)) = (at(50), at(99)) {
        eprintln!("{kind}, {tickets} tickets, {what}: p50 {half:.2?}, p99 {most:.2?}");
    }
}
