//! How the databases carry out the queries of the lists: each view in each order is one range of an index, with no
//! sorting, however many tickets there are.

use domain::{Status, UserId, WaitingOn};
use sea_orm::{ConnectionTrait as _, QuerySelect as _, QueryTrait as _, Statement};
use testkit::database::{Fixture, ThrowawayDatabase};
use testkit::{many_tickets, on_every_database};

use super::{AssigneeFilter, TicketCursor, TicketQuery, TicketSort, counts};
use crate::{DatabaseOptions, Db};

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

/// What the database says of how it carries out a statement, with what must not be in it.
async fn complaints(db: &Db, statement: Statement) -> Vec<String> {
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
    let is_bad = |step: &String| {
        if is_mysql {
            // What is counted was read from an index before.
            let is_part = step.starts_with('<');
            step.contains("filesort")
                || step.contains("temporary")
                || step.contains(" ALL ") && !is_part
        } else {
            step.contains("TEMP B-TREE") || step.contains("SCAN tickets") && !step.contains("INDEX")
        }
    };
    steps.filter(is_bad).collect()
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
                    for step in complaints(&desk.db, statement).await {
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
    found.extend(complaints(&desk.db, statement).await);
    assert!(found.is_empty(), "{found:#?}");
}

on_every_database! {
    async fn lists_and_counts_walk_an_index_and_sort_nothing(desk: Desk) {
        many_tickets::fill(&desk.database, 5_000).await;
        many_tickets::analyze(&desk.database).await;
        // What was counted is for connections that are opened after it.
        let db = Db::connect(&DatabaseOptions::new(desk.database.url())).await.unwrap();
        walk_an_index(&Desk { db, ..desk }).await;
    }

    async fn they_do_so_in_a_database_that_was_never_analysed(desk: Desk) {
        many_tickets::fill(&desk.database, 5_000).await;
        walk_an_index(&desk).await;
    }
}
