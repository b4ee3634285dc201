//! What the database refuses by itself, and that its literals are the constants of the domain.

use domain::{EntryKind, NotificationKind, Priority, Role, Status, WaitingOn, limits};
use testkit::on_every_database;

use crate::schema::Schema;

/// Customer 1, admin 2, ticket 1 of the customer with two entries.
const DESK: [&str; 4] = [
    "INSERT INTO users (id, email, name, password_hash, role, created_at, updated_at) VALUES \
     (1, 'ada@example.org', 'Ada', 'hash', 'user', 0, 0), \
     (2, 'bob@example.org', 'Bob', 'hash', 'admin', 0, 0)",
    "INSERT INTO tickets (id, requester_id, title, status, priority, waiting_on, last_seq, \
     last_message_seq, last_message_author_id, last_message_preview, last_message_at, created_at, \
     updated_at) VALUES (1, 1, 'Broken', 'open', 1, 'staff', 2, 2, 1, 'Please', 0, 0, 0)",
    "INSERT INTO timeline (ticket_id, seq, kind, actor_id, body, client_id, created_at) VALUES \
     (1, 1, 'created', 1, 'It is', NULL, 0), (1, 2, 'message', 1, 'Please', x'01', 0)",
    "INSERT INTO notifications (user_id, kind, ticket_id, seq, created_at) \
     VALUES (2, 'message', 1, 2, 0)",
];

async fn with_a_desk(schema: &Schema) {
    migration::up(&schema.connection).await.unwrap();
    for sql in DESK {
        schema.execute(sql).await.unwrap();
    }
}

fn user(email: &str, name: &str, role: &str) -> String {
    format!(
        "INSERT INTO users (email, name, password_hash, role, created_at, updated_at) \
         VALUES ('{email}', '{name}', 'hash', '{role}', 0, 0)"
    )
}

fn ticket(change: &str) -> String {
    format!("UPDATE tickets SET {change} WHERE id = 1")
}

fn entry(seq: i64, kind: &str, body: &str, payload: &str) -> String {
    format!(
        "INSERT INTO timeline (ticket_id, seq, kind, actor_id, body, payload, created_at) \
         VALUES (1, {seq}, '{kind}', 1, {body}, {payload}, 0)"
    )
}

fn quoted(character: &str, length: usize) -> String {
    format!("'{}'", character.repeat(length))
}

fn email(length: usize) -> String {
    format!("{}@example.org", "a".repeat(length - "@example.org".len()))
}

fn notification(columns: &str, values: &str) -> String {
    format!("INSERT INTO notifications (user_id, created_at, {columns}) VALUES (1, 0, {values})")
}

fn revocation(columns: &str, values: &str) -> String {
    format!("INSERT INTO revocations (created_at, expires_at, {columns}) VALUES (0, 0, {values})")
}

fn canned_reply(values: &str) -> String {
    format!(
        "INSERT INTO canned_replies (created_at, updated_at, owner_id, name, body) \
         VALUES (0, 0, {values})"
    )
}

/// Level, ticket, when next, who acknowledged it, when, when it ended.
fn alert(values: &str) -> String {
    format!(
        "INSERT INTO ticket_alerts \
         (raised_at, level, ticket_id, next_at, acknowledged_by, acknowledged_at, ended_at) \
         VALUES (0, {values})"
    )
}

fn password_reset(values: &str) -> String {
    format!(
        "INSERT INTO password_resets (created_at, user_id, token_hash, created_by, expires_at) \
         VALUES (0, {values})"
    )
}

on_every_database! {
    async fn what_breaks_a_rule_is_refused(schema: Schema) {
        with_a_desk(&schema).await;
        let refused = [
            // NOT NULL and UNIQUE
            "INSERT INTO users (email, name, role, created_at, updated_at) VALUES ('c@d', 'C', 'user', 0, 0)".into(),
            user("ada@example.org", "Ada", "user"),
            "INSERT INTO categories (name, position) VALUES ('billing', 9)".into(),
            "INSERT INTO timeline (ticket_id, seq, kind, actor_id, body, client_id, created_at) VALUES (1, 3, 'message', 1, 'x', x'01', 0)".into(),
            entry(2, "message", "'x'", "NULL"),
            "INSERT INTO notifications (user_id, kind, ticket_id, seq, created_at) VALUES (2, 'note', 1, 2, 0)".into(),
            // Enumerations
            user("c@d", "C", "root"),
            user("c@d", "C", "Admin"),
            ticket("status = 'OPEN'"),
            ticket("status = ''"),
            ticket("waiting_on = 'me'"),
            ticket("priority = -1"),
            ticket(&format!("priority = {}", Priority::ALL.len())),
            entry(3, "shouted", "'x'", "NULL"),
            notification("kind", "'shouted'"),
            // Lengths
            user("", "C", "user"),
            user("c@d", "", "user"),
            user(&email(limits::EMAIL_MAX + 1), "C", "user"),
            user("c@d", &"é".repeat(limits::PERSON_NAME_MAX + 1), "user"),
            format!("INSERT INTO categories (name, position) VALUES ({}, 9)", quoted("é", limits::CATEGORY_NAME_MAX + 1)),
            "INSERT INTO categories (name, position) VALUES ('', 9)".into(),
            ticket("title = ''"),
            ticket(&format!("title = {}", quoted("🦀", limits::TITLE_MAX + 1))),
            ticket(&format!("last_message_preview = {}", quoted("🦀", limits::PREVIEW_MAX + 1))),
            entry(3, "message", "''", "NULL"),
            entry(3, "message", &quoted("🦀", limits::BODY_MAX + 1), "NULL"),
            // What belongs together
            ticket("status = 'closed'"),
            ticket("closed_at = 5"),
            ticket("last_seq = 0, last_message_seq = 0"),
            ticket("last_message_seq = 3"),
            ticket("last_message_seq = 0"),
            ticket("created_at = 5, first_response_at = 4"),
            ticket("created_at = 5, resolved_at = 4"),
            ticket("first_response_s = 4"),
            ticket("first_response_s = -1, first_response_at = 5"),
            ticket("resolution_s = 4"),
            ticket("resolution_s = -1, resolved_at = 5"),
            alert(&format!("{}, 1, NULL, NULL, NULL, NULL", limits::ALERT_LEVEL_MAX + 1)),
            alert("-1, 1, NULL, NULL, NULL, NULL"),
            alert("0, 1, NULL, 2, NULL, 5"),
            alert("0, 1, NULL, NULL, 5, 5"),
            alert("0, 1, NULL, 2, 5, NULL"),
            alert("0, 1, 9, 2, 5, 5"),
            alert("0, 1, 9, NULL, NULL, 5"),
            alert("0, 9, NULL, NULL, NULL, NULL"),
            alert("0, 1, NULL, 9, 5, 5"),
            entry(0, "message", "'x'", "NULL"),
            entry(3, "message", "NULL", "NULL"),
            entry(3, "message", "'x'", "'{}'"),
            entry(3, "status_changed", "'x'", "'{}'"),
            entry(3, "status_changed", "NULL", "NULL"),
            notification("kind, ticket_id", "'message', 1"),
            notification("kind, seq", "'message', 1"),
            "UPDATE users SET session_epoch = -1".into(),
            revocation("session_id", "'s'"),
            revocation("epoch", "1"),
            revocation("user_id", "1"),
            revocation("user_id, session_id, epoch", "1, 's', 1"),
            revocation("user_id, session_id", "1, ''"),
            password_reset("1, '', 1, 5"),
            password_reset("1, 'hash', 1, 0"),
            password_reset("1, NULL, 1, 5"),
            password_reset("9, 'hash', 1, 5"),
            password_reset("1, 'hash', 9, 5"),
            canned_reply("NULL, '', 'x'"),
            canned_reply("NULL, 'x', ''"),
            canned_reply("NULL, 'x', NULL"),
            canned_reply(&format!("NULL, {}, 'x'", quoted("🦀", limits::CANNED_REPLY_NAME_MAX + 1))),
            canned_reply(&format!("NULL, 'x', {}", quoted("🦀", limits::BODY_MAX + 1))),
            canned_reply("9, 'x', 'x'"),
            // References
            ticket("requester_id = 9"),
            ticket("assignee_id = 9"),
            ticket("category_id = 99"),
            ticket("follows_id = 9"),
            "INSERT INTO timeline (ticket_id, seq, kind, actor_id, body, created_at) VALUES (9, 1, 'message', 1, 'x', 0)".into(),
            "INSERT INTO timeline (ticket_id, seq, kind, actor_id, body, created_at) VALUES (1, 3, 'message', 9, 'x', 0)".into(),
            "INSERT INTO notifications (user_id, kind, created_at) VALUES (9, 'message', 0)".into(),
            notification("kind, actor_id", "'message', 9"),
            notification("kind, ticket_id, seq", "'message', 1, 9"),
            "INSERT INTO read_cursors (user_id, ticket_id, seq, updated_at) VALUES (9, 1, 1, 0)".into(),
            "INSERT INTO read_cursors (user_id, ticket_id, seq, updated_at) VALUES (1, 1, 3, 0)".into(),
            "INSERT INTO outbox (ticket_id, seq, created_at) VALUES (1, 3, 0)".into(),
            revocation("user_id, epoch", "9, 1"),
            "DELETE FROM users WHERE id = 1".into(),
            "DELETE FROM tickets WHERE id = 1".into(),
            "DELETE FROM timeline WHERE ticket_id = 1 AND seq = 2".into(),
        ];
        for sql in refused {
            let outcome = schema.execute(&sql).await;
            assert!(outcome.is_err(), "accepted: {}", &sql[..sql.len().min(200)]);
        }
    }

    async fn what_is_just_within_the_rules_is_accepted(schema: Schema) {
        with_a_desk(&schema).await;
        let mut accepted = vec![
            user("ADA@example.org", "binary collation", "user"),
            user(&email(limits::EMAIL_MAX), &"é".repeat(limits::PERSON_NAME_MAX), "user"),
            format!("INSERT INTO categories (name, position) VALUES ({}, 9)", quoted("🦀", limits::CATEGORY_NAME_MAX)),
            ticket(&format!("title = {}", quoted("🦀", limits::TITLE_MAX))),
            ticket(&format!("last_message_preview = {}", quoted("🦀", limits::PREVIEW_MAX))),
            ticket("status = 'closed', closed_at = 5"),
            ticket("status = 'open', closed_at = NULL"),
            ticket("assignee_id = 2, category_id = 1, follows_id = 1"),
            ticket("first_response_at = created_at, first_response_s = 0, resolved_at = 5, resolution_s = 0"),
            alert(&format!("{}, 1, NULL, 2, 5, 5", limits::ALERT_LEVEL_MAX)),
            entry(3, "message", &quoted("🦀", limits::BODY_MAX), "NULL"),
            "INSERT INTO timeline (ticket_id, seq, kind, actor_id, body, client_id, created_at) VALUES (1, 4, 'message', 2, 'x', x'01', 0)".into(),
            "INSERT INTO read_cursors (user_id, ticket_id, seq, updated_at) VALUES (1, 1, 2, 0)".into(),
            "INSERT INTO outbox (ticket_id, seq, created_at) VALUES (1, 2, 0)".into(),
            revocation("user_id, session_id", "1, 's'"),
            revocation("user_id, epoch", "1, 1"),
            revocation("user_id, epoch", "1, 1"),
            password_reset("1, 'hash', 2, 5"),
            password_reset("2, 'other', NULL, 5"),
            canned_reply("2, 'x', 'x'"),
            canned_reply(&format!(
                "NULL, {}, {}",
                quoted("🦀", limits::CANNED_REPLY_NAME_MAX),
                quoted("🦀", limits::BODY_MAX)
            )),
            // Of the account there may be many.
            notification("kind", "'session_reused'"),
            notification("kind", "'session_reused'"),
        ];
        accepted.extend(Role::ALL.iter().map(|role| user(&format!("{role}@d"), "C", role.as_str())));
        accepted.extend(Status::ALL.iter().map(|status| {
            let closed_at = if *status == Status::Closed { "1" } else { "NULL" };
            ticket(&format!("status = '{status}', closed_at = {closed_at}"))
        }));
        accepted.extend(WaitingOn::ALL.iter().map(|side| ticket(&format!("waiting_on = '{side}'"))));
        accepted.extend((0..Priority::ALL.len()).map(|rank| ticket(&format!("priority = {rank}"))));
        accepted.extend((10..).zip(EntryKind::ALL).map(|(seq, kind)| {
            let (body, payload) = if kind.is_said() { ("'x'", "NULL") } else { ("NULL", "'{}'") };
            entry(seq, kind.as_str(), body, payload)
        }));
        accepted.extend(NotificationKind::ALL.iter().map(|kind| notification("kind", &format!("'{kind}'"))));
        for sql in accepted {
            if let Err(error) = schema.execute(&sql).await {
                panic!("refused: {}: {error}", &sql[..sql.len().min(120)]);
            }
        }
    }
}
