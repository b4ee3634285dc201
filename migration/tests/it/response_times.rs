//! What tickets that were there before get for statistics.

use domain::{Timestamp, Took};
use testkit::on_every_database;

use crate::schema::Schema;

/// Microseconds.
const SECOND: i64 = 1_000_000;

/// Customers 1 and 3 and admin 2.
const PEOPLE: &str = "INSERT INTO users (id, email, name, password_hash, role, created_at, updated_at) VALUES \
     (1, 'ada@example.org', 'Ada', 'hash', 'user', 0, 0), \
     (2, 'bob@example.org', 'Bob', 'hash', 'admin', 0, 0), \
     (3, 'eve@example.org', 'Eve', 'hash', 'user', 0, 0)";

async fn ticket(schema: &Schema, id: i64, status: &str, entries: &[(i64, &str, i64)]) {
    let closed = if status == "closed" { "9" } else { "NULL" };
    let created = 10 * SECOND;
    let last = entries.len() + 1;
    let mut all = vec![
        format!(
            "INSERT INTO tickets (id, requester_id, title, status, priority, waiting_on, last_seq, last_message_seq, \
             last_message_author_id, last_message_preview, last_message_at, created_at, updated_at, closed_at) \
             VALUES ({id}, 1, 'Broken', '{status}', 1, 'staff', {last}, 1, 1, 'It is', 0, {created}, 0, {closed})"
        ),
        format!(
            "INSERT INTO timeline (ticket_id, seq, kind, actor_id, body, created_at) \
             VALUES ({id}, 1, 'created', 1, 'It is', {created})"
        ),
    ];
    for (seq, (actor, what, seconds)) in (2..).zip(entries) {
        let at = created + seconds * SECOND + 1;
        let values = match what.split_once('>') {
            Some((from, to)) => {
                format!("'status_changed', NULL, '{{\"from\":\"{from}\",\"to\":\"{to}\"}}'")
            }
            None => format!("'{what}', 'x', NULL"),
        };
        all.push(format!(
            "INSERT INTO timeline (ticket_id, seq, actor_id, created_at, kind, body, payload) \
             VALUES ({id}, {seq}, {actor}, {at}, {values})"
        ));
    }
    for sql in all {
        schema.execute(&sql).await.unwrap();
    }
}

on_every_database! {
    async fn tickets_get_their_times_from_their_timelines(schema: Schema) {
        migration::up(&schema.connection).await.unwrap();
        // Back to before the columns.
        let back = migration::status(&schema.connection).await.unwrap();
        let back = back.iter().rev().position(|step| step.name.starts_with("m0014")).unwrap() + 1;
        migration::down(&schema.connection, u32::try_from(back).ok()).await.unwrap();

        schema.execute(PEOPLE).await.unwrap();
        ticket(&schema, 1, "open", &[(1, "message", 5), (2, "note", 6), (3, "message", 7)]).await;
        ticket(&schema, 2, "open", &[(2, "note", 5), (2, "message", 300), (2, "message", 400)]).await;
        ticket(&schema, 3, "closed", &[
            (2, "open>resolved", 50), (2, "resolved>open", 60), (2, "open>pending", 65),
            (2, "pending>resolved", 70), (1, "resolved>closed", 80),
        ]).await;
        ticket(&schema, 4, "in_progress", &[(2, "open>closed", 50), (2, "closed>in_progress", 60)]).await;
        // A clock that was set back.
        ticket(&schema, 5, "resolved", &[(2, "message", -7), (2, "open>resolved", -5)]).await;
        // In another batch, after a hole.
        ticket(&schema, 12_345, "resolved", &[(2, "message", 1), (2, "open>resolved", 1 << 30)]).await;

        for _ in 0..2 {
            migration::up(&schema.connection).await.unwrap();
            // And once more, as after an interruption.
            schema.execute("DELETE FROM seaql_migrations WHERE version LIKE 'm0015%'").await.unwrap();
        }
        let stored = schema.rows(
            "SELECT id, first_response_at, first_response_s, resolved_at, resolution_s FROM tickets ORDER BY id",
            ["id", "first_response_at", "first_response_s", "resolved_at", "resolution_s"],
        ).await;
        let opened = 10 * SECOND;
        let took = |seconds: i64| Took::between(Timestamp(0), Timestamp(seconds * SECOND)).seconds();
        let at = |seconds: i64| Some(opened + seconds * SECOND + 1);
        assert_eq!(stored, [
            [Some(1), None, None, None, None],
            [Some(2), at(300), Some(took(300)), None, None],
            [Some(3), None, None, at(70), Some(70)],
            [Some(4), None, None, None, None],
            [Some(5), Some(opened), Some(0), Some(opened), Some(0)],
            [Some(12_345), at(1), Some(1), at(1 << 30), Some(took(1 << 30))],
        ]);
        migration::up(&schema.connection).await.unwrap();
    }

    // The step counts as the domain does, and keeps doing so.
    async fn durations_are_rounded_as_the_domain_rounds_them(schema: Schema) {
        migration::up(&schema.connection).await.unwrap();
        schema.execute(PEOPLE).await.unwrap();
        let mut all = vec![0, 1, 126];
        for power in 7..31 {
            all.extend([(1_i64 << power) - 1, 1 << power, (1 << power) + 1, (1 << power) * 5 / 4 + 3]);
        }
        for (id, seconds) in (1..).zip(&all) {
            ticket(&schema, id, "open", &[(2, "message", *seconds)]).await;
        }
        schema.execute("DELETE FROM seaql_migrations WHERE version LIKE 'm0015%'").await.unwrap();
        migration::up(&schema.connection).await.unwrap();
        let stored = schema.rows("SELECT first_response_s FROM tickets ORDER BY id", ["first_response_s"]).await;
        let rounded = all.iter().map(|seconds| {
            [Some(Took::between(Timestamp(0), Timestamp(seconds * SECOND)).seconds())]
        });
        assert_eq!(stored, rounded.collect::<Vec<_>>());
    }
}
