//! More tickets than anybody would write: a desk in use for years, made by the database itself.

use crate::database::ThrowawayDatabase;

/// Tickets that one statement makes.
const AT_ONCE: u32 = 10_000;

/// Microseconds between two tickets.
const APART: i64 = 60_000_000;

/// When the first ticket was opened.
const BEGIN: i64 = 1_700_000_000_000_000;

/// The ids of the people who take part; others are left alone.
const FIRST_PERSON: u32 = 1_000_000;

/// How many of them are customers, and how many staff.
const CUSTOMERS: u32 = 500;
const STAFF: u32 = 10;

/// One of the customers whom [`fill`] makes.
#[must_use]
pub fn customer() -> i64 {
    i64::from(FIRST_PERSON + STAFF + 1)
}

/// One of the admins whom [`fill`] makes.
#[must_use]
pub fn admin() -> i64 {
    i64::from(FIRST_PERSON + 1)
}

/// Adds this many tickets to a migrated database, with a description and a message each: seven of ten closed, of the
/// others a fifth unassigned, and some not touched for long. Titles have the words `ticket` and `number1` to
/// `number1000`.
///
/// # Panics
/// If the database refuses a statement.
pub async fn fill(database: &ThrowawayDatabase, tickets: u32) {
    let people = CUSTOMERS + STAFF;
    let ones = numbers();
    database
        .execute(&format!(
            "INSERT INTO users (id, email, name, password_hash, role, created_at, updated_at) \
             SELECT {FIRST_PERSON} + n, {email}, 'Somebody', 'hash', \
             CASE WHEN n <= {STAFF} THEN 'admin' ELSE 'user' END, 0, 0 \
             FROM ({ones}) AS numbers WHERE n BETWEEN 1 AND {people}",
            email = joined(database, &["'person'", "n", "'@example.org'"]),
        ))
        .await;
    let mut made = 0;
    while made < tickets {
        let count = AT_ONCE.min(tickets - made);
        for sql in batch(database, made, count) {
            database.execute(&sql).await;
        }
        made += count;
    }
}

/// Lets the database count what it has, for its planner.
///
/// # Panics
/// If the database refuses.
pub async fn analyze(database: &ThrowawayDatabase) {
    let sql = if database.is_mysql() {
        "ANALYZE TABLE tickets, timeline, users, ticket_alerts"
    } else {
        "ANALYZE"
    };
    database.execute(sql).await;
}

/// A query for the numbers 0 to 9999 as `n`.
fn numbers() -> String {
    let digits: Vec<_> = (1..10).map(|d| format!("UNION ALL SELECT {d}")).collect();
    let digits = format!("SELECT 0 AS d {}", digits.join(" "));
    format!(
        "SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n FROM ({digits}) AS a \
         CROSS JOIN ({digits}) AS b CROSS JOIN ({digits}) AS c CROSS JOIN ({digits}) AS e"
    )
}

fn joined(database: &ThrowawayDatabase, parts: &[&str]) -> String {
    if database.is_mysql() {
        format!("CONCAT({})", parts.join(", "))
    } else {
        parts.join(" || ")
    }
}

/// The statements that make some tickets, from the number `offset` of all that are made.
fn batch(database: &ThrowawayDatabase, offset: u32, count: u32) -> [String; 3] {
    let ones = numbers();
    // Numbers with no common factors spread without a pattern that an index could follow.
    let source = format!(
        "SELECT n + {offset} AS i, (n + {offset}) * 7919 % 1000 AS r, (n + {offset}) * 104729 % 997 AS s \
         FROM ({ones}) AS numbers WHERE n < {count}"
    );
    let title = joined(database, &["'Ticket number'", "(1 + r)", "' '", thing()]);
    let status = "CASE WHEN r < 700 THEN 'closed' WHEN r < 800 THEN 'open' WHEN r < 880 THEN 'in_progress' \
                  WHEN r < 950 THEN 'pending' ELSE 'resolved' END";
    let waiting =
        "CASE WHEN r < 700 OR r >= 950 THEN 'nobody' WHEN r < 880 THEN 'staff' ELSE 'customer' END";
    let assignee =
        format!("CASE WHEN s % 5 = 0 THEN NULL ELSE {FIRST_PERSON} + 1 + s % {STAFF} END");
    let requester = format!("{FIRST_PERSON} + {STAFF} + 1 + s % {CUSTOMERS}");
    let created = format!("{BEGIN} + i * {APART}");
    let updated = format!("{created} + s * {APART} * 10");
    let tickets = format!(
        "INSERT INTO tickets (requester_id, assignee_id, category_id, title, status, priority, waiting_on, last_seq, \
         last_message_seq, last_message_author_id, last_message_preview, last_message_at, created_at, updated_at, \
         closed_at) SELECT {requester}, {assignee}, 1 + s % 6, {title}, {status}, \
         CASE WHEN s % 20 = 0 THEN 3 WHEN s % 5 = 0 THEN 2 WHEN s % 3 = 0 THEN 0 ELSE 1 END, {waiting}, 2, 2, \
         {requester}, 'Thank you', {updated}, {created}, {updated}, \
         CASE WHEN r < 700 THEN {updated} END FROM ({source}) AS source"
    );
    let last = "(SELECT * FROM (SELECT MAX(id) AS id FROM tickets) AS last)";
    let entry = |seq: u8, kind: &str, body: &str, at: &str| {
        format!(
            "INSERT INTO timeline (ticket_id, seq, kind, actor_id, body, created_at) \
             SELECT id, {seq}, '{kind}', requester_id, {body}, {at} FROM tickets \
             WHERE id > (SELECT id FROM {last} AS l) - {count}"
        )
    };
    let description = joined(
        database,
        &[
            "'Hello, since yesterday the matter of '",
            "title",
            "' keeps us from work on floor '",
            "(id % 97)",
            "', please help soon. Reference word'",
            "(id % 5003)",
        ],
    );
    [
        tickets,
        entry(1, "created", &description, "created_at"),
        entry(2, "message", "'Thank you'", "updated_at"),
    ]
}

/// What a ticket is about.
fn thing() -> &'static str {
    "(CASE i % 7 WHEN 0 THEN 'printer broken' WHEN 1 THEN 'invoice missing' WHEN 2 THEN 'login slow' \
     WHEN 3 THEN 'network down' WHEN 4 THEN 'keyboard wet' WHEN 5 THEN 'screen dark' ELSE 'licence expired' END)"
}
