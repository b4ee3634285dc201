//! How the databases carry out the queries of the lists: each view in each order is one range of an index, with no
//! sorting, however many tickets there are and however few of them belong to it.

use domain::{Status, UserId, WaitingOn};
use sea_orm::{ConnectionTrait as _, QuerySelect as _, QueryTrait as _, SelectExt as _, Statement};
use testkit::database::{Fixture, ThrowawayDatabase};
use testkit::{many_tickets, on_every_database};

use super::{AssigneeFilter, TicketCursor, TicketQuery, TicketSort, counts};
use crate::{DatabaseOptions, Db, alerts};

struct Desk {
    db: Db,
    database: ThrowawayDatabase,
}

impl Fixture for Desk {
    async fn start(database: ThrowawayDatabase) -> Desk {
        let options = DatabaseOptions::new(database.url());
        let db = Db::connect(&options).await.unwrap();
        db.migrate().await.unwrap();
        Desk { db, database }
    }
}

const OPEN: [Status; 4] = [
    Status::Open,
    Status::InProgress,
    Status::Pending,
    Status::Resolved,
];

/// The views of staff and of a customer, by name.
fn views() -> Vec<(&'static str, TicketQuery)> {
    let all = TicketQuery::default;
    let mine = Some(AssigneeFilter::Is(UserId(many_tickets::admin())));
    let requester = Some(UserId(many_tickets::customer()));
    let open = || OPEN.to_vec();
    let closed = || vec![Status::Closed];
    vec![
        (
            "mine",
            TicketQuery {
                assignee: mine,
                status: open(),
                ..all()
            },
        ),
        (
            "unassigned",
            TicketQuery {
                assignee: Some(AssigneeFilter::Nobody),
                status: open(),
                ..all()
            },
        ),
        (
            "open",
            TicketQuery {
                status: open(),
                ..all()
            },
        ),
        (
            "waiting",
            TicketQuery {
                waiting_on: Some(WaitingOn::Staff),
                ..all()
            },
        ),
        (
            "closed",
            TicketQuery {
                status: closed(),
                ..all()
            },
        ),
        ("all", all()),
        (
            "active",
            TicketQuery {
                status: open()[..3].to_vec(),
                ..all()
            },
        ),
        (
            "one status",
            TicketQuery {
                status: vec![Status::Pending],
                ..all()
            },
        ),
        (
            "own current",
            TicketQuery {
                requester,
                status: open(),
                ..all()
            },
        ),
        (
            "own closed",
            TicketQuery {
                requester,
                status: closed(),
                ..all()
            },
        ),
    ]
}

/// What the database says of how it carries out a statement: a line for each table.
async fn steps(db: &Db, statement: Statement) -> Vec<String> {
    let is_mysql = statement.db_backend == sea_orm::DbBackend::MySql;
    let explain = if is_mysql {
        "EXPLAIN"
    } else {
        "EXPLAIN QUERY PLAN"
    };
    let statement = Statement {
        sql: format!("{explain} {}", statement.sql),
        ..statement
    };
    let rows = db.reader().query_all_raw(statement).await.unwrap();
    assert!(!rows.is_empty());
    let steps = rows.iter().map(|row| {
        if !is_mysql {
            return row.try_get::<String>("", "detail").unwrap();
        }
        let text = |name| {
            row.try_get::<Option<String>>("", name)
                .unwrap()
                .unwrap_or_default()
        };
        format!(
            "{} {} {} {}",
            text("table"),
            text("type"),
            text("key"),
            text("Extra")
        )
    });
    steps.collect()
}

/// What must not be in it: sorting, and reading all of anything, unless all of an index `may_be_scanned`.
async fn complaints(db: &Db, statement: Statement, may_be_scanned: bool) -> Vec<String> {
    let is_mysql = statement.db_backend == sea_orm::DbBackend::MySql;
    let is_bad = |step: &String| {
        if is_mysql {
            // What is counted was read from an index before.
            let is_part = step.starts_with('<');
            let access = step.split(' ').nth(1);
            step.contains("filesort")
                || step.contains("temporary")
                || access == Some("ALL") && !is_part
                || access == Some("index") && !may_be_scanned
        } else {
            let is_part = step.ends_with("_part") || step.contains("CONSTANT ROW");
            let scans = step.starts_with("SCAN ") && !is_part;
            step.contains("TEMP B-TREE")
                || scans && !(may_be_scanned && step.contains("USING INDEX"))
        }
    };
    let mut steps = steps(db, statement).await;
    steps.retain(is_bad);
    steps
}

async fn walk_an_index(desk: &Desk) {
    let middle = |sort| TicketCursor {
        key: match sort {
            TicketSort::Priority => 1,
            _ => 1_700_000_000_000_000 + 2_000 * 60_000_000,
        },
        id: domain::TicketId(2_000),
    };
    let mut found = Vec::new();
    for (name, view) in views() {
        for sort in [
            TicketSort::Updated,
            TicketSort::Created,
            TicketSort::Priority,
        ] {
            for after in [None, Some(middle(sort))] {
                let query = TicketQuery {
                    sort,
                    after,
                    ..view.clone()
                };
                for statement in query.statements() {
                    let statement = statement
                        .limit(31)
                        .build(desk.db.reader().get_database_backend());
                    // That of all tickets is the index itself, from its end on.
                    let is_all = name == "all" && after.is_none();
                    for step in complaints(&desk.db, statement, is_all).await {
                        found.push(format!(
                            "{name} by {sort:?}, first: {}: {step}",
                            after.is_none()
                        ));
                    }
                }
            }
        }
    }
    let backend = desk.db.reader().get_database_backend();
    let statement = counts::statement(backend, UserId(many_tickets::admin()));
    found.extend(complaints(&desk.db, statement, false).await);
    assert!(found.is_empty(), "{found:#?}");
}

/// An alert of each ticket: most acknowledged, some ended, few open, of which few are to be repeated.
const ALERTS: &str = "INSERT INTO ticket_alerts (ticket_id, raised_at, level, next_at, ended_at) \
    SELECT id, created_at, 0, CASE WHEN id % 200 = 0 THEN created_at END, \
    CASE WHEN id % 50 <> 0 THEN created_at END FROM tickets";

async fn find_alerts(desk: &Desk) {
    let backend = desk.db.reader().get_database_backend();
    for before in [None, Some(domain::TicketId(2_000))] {
        for (open, index) in [(true, "ix_ticket_alerts_ended"), (false, "")] {
            let (sql, values) = alerts::page(open, before, 30);
            let statement = Statement::from_sql_and_values(backend, sql, values);
            let steps = steps(&desk.db, statement.clone()).await;
            assert!(
                steps.iter().any(|step| step.contains(index)),
                "{open} {before:?} {steps:#?}"
            );
            let found = complaints(&desk.db, statement, false).await;
            assert!(found.is_empty(), "{open} {before:?} {found:#?}");
        }
    }
    let due = alerts::due(domain::Timestamp(1_700_000_000_000_000)).exists_query();
    let steps = steps(&desk.db, backend.build(&due)).await;
    let by_index = |step: &String| step.contains("ix_ticket_alerts_next");
    assert!(steps.iter().all(by_index), "{steps:#?}");
    let found = complaints(&desk.db, backend.build(&due), false).await;
    assert!(found.is_empty(), "{found:#?}");
}

on_every_database! {
    async fn lists_and_counts_walk_an_index_and_sort_nothing(desk: Desk) {
        many_tickets::fill(&desk.database, 5_000).await;
        desk.database.execute(ALERTS).await;
        many_tickets::analyze(&desk.database).await;
        // What was counted is for connections that are opened after it.
        let db = Db::connect(&DatabaseOptions::new(desk.database.url())).await.unwrap();
        let desk = Desk { db, ..desk };
        walk_an_index(&desk).await;
        find_alerts(&desk).await;
    }

    async fn they_do_so_in_a_database_that_was_never_analysed(desk: Desk) {
        many_tickets::fill(&desk.database, 5_000).await;
        desk.database.execute(ALERTS).await;
        walk_an_index(&desk).await;
        find_alerts(&desk).await;
    }
}
