//! The audit log of the real binary: every event that it promises, whose it is and from where, and never a secret.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::database::{ThrowawayDatabase, on_sqlite};
use testkit::http::{Answer, Caller, PASSWORD};
use testkit::socket::Handshake;
use uuid::Uuid;

use crate::binary::Logged;

const WRONG: &str = "seven wrong umbrellas in rain";
const CHANGED: &str = "nine purple lamps at dusk";
const RESET: &str = "three quiet otters on a hill";
const MESSAGE: &str = "My account number is 4711-0815";

/// What must never be in a log.
#[derive(Default)]
struct Secrets(Vec<String>);

impl Secrets {
    fn keep(&mut self, caller: &mut Caller, answer: &Answer) {
        caller.keep(answer);
        let cookies = [&caller.cookie, &caller.device].map(|cookie| {
            let value = cookie.as_ref().and_then(|cookie| cookie.split_once('='));
            value.map(|(_, value)| value.to_owned())
        });
        self.0.extend(
            cookies
                .into_iter()
                .flatten()
                .filter(|value| !value.is_empty()),
        );
        self.0.extend(caller.access_token.clone());
        if !caller.email.is_empty() {
            self.0.push(caller.email.clone());
        }
    }
}

/// What is expected: the event, the account that it is about, and who caused it if somebody else did.
type Expected = Vec<(&'static str, Option<i64>, Option<i64>)>;

/// A day at a desk, with what its log must say and must not.
async fn a_day(server: &Logged) -> (Expected, Secrets) {
    let mut secrets = Secrets::default();
    let mut expected = Expected::new();
    for text in [
        PASSWORD,
        WRONG,
        CHANGED,
        RESET,
        MESSAGE,
        &server.setup_token,
        "nobody@example.org",
        "Printer on fire",
    ] {
        secrets.0.push(text.to_owned());
    }
    let stranger = Caller::new(&server.base);
    let mut mira = stranger.clone();
    let body = json!({"token": server.setup_token, "email": "mira@example.org", "name": "Mira", "password": PASSWORD});
    let answer = mira.post("/setup", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    secrets.keep(&mut mira, &answer);
    let admin = Some(mira.user_id);
    expected.extend([("account_created", admin, None), ("signed_in", admin, None)]);

    let mut ada = stranger.clone();
    let body = json!({"email": "ada@example.org", "name": "Ada", "password": PASSWORD});
    let answer = ada.post("/auth/register", body).await;
    secrets.keep(&mut ada, &answer);
    let user = Some(ada.user_id);
    expected.extend([("account_created", user, None), ("signed_in", user, None)]);

    for (email, password) in [("nobody@example.org", PASSWORD), ("ada@example.org", WRONG)] {
        stranger
            .try_log_in(email, password)
            .await
            .refused(401, "invalid_credentials");
    }
    expected.extend([
        ("sign_in_failed", None, None),
        ("sign_in_failed", user, None),
    ]);

    // A refresh, and a thief who comes too late with what was used up by it.
    let mut owner = stranger.clone();
    let answer = owner.try_log_in("ada@example.org", PASSWORD).await;
    secrets.keep(&mut owner, &answer);
    let thief = owner.clone();
    for _ in 0..2 {
        let answer = owner.post_empty("/auth/refresh").await;
        secrets.keep(&mut owner, &answer);
        owner.get("/me").await.expect(200);
    }
    thief
        .post_empty("/auth/refresh")
        .await
        .refused(401, "unauthenticated");
    expected.extend([
        ("signed_in", user, None),
        ("token_rotated", user, None),
        ("token_rotated", user, None),
        ("token_reused", user, None),
    ]);

    // Work, with what must stay between the two.
    let ticket = ada.open_ticket("Printer on fire").await;
    ada.say(ticket, MESSAGE).await;
    mira.get(&format!("/tickets?q={}", MESSAGE.replace(' ', "+")))
        .await
        .expect(200);
    mira.get("/tickets?cursor=x").await.refused(422, "invalid");
    ada.say_hello(&server.base, ticket).await;
    expected.push(("refused: invalid_tokens", user, None));

    // What is refused as an attack would be.
    let role = json!({"role": "user"});
    ada.patch(&format!("/users/{}", mira.user_id), role)
        .await
        .refused(403, "forbidden");
    let foreign = ada
        .request(Method::POST, "/auth/refresh")
        .header("origin", "https://evil.example");
    ada.send(foreign).await.refused(403, "origin_not_allowed");
    let mut mixed = ada.clone();
    mixed.access_token = mira.access_token.clone();
    mixed.get("/me").await.refused(401, "unauthenticated");
    let mut hello = Handshake::new(&server.base, &ada).open().await.unwrap();
    hello
        .command(json!({"type": "hello", "token": mira.access_token}))
        .await;
    assert_eq!(hello.closed().await, 4401);
    expected.extend([
        ("refused: forbidden", user, None),
        ("refused: origin_not_allowed", None, None),
        ("refused: invalid_tokens", None, None),
        ("refused: invalid_tokens", user, None),
    ]);

    let body = |current: &str| json!({"current_password": current, "password": CHANGED});
    ada.put("/me/password", body(WRONG))
        .await
        .refused(422, "invalid");
    assert_eq!(ada.put("/me/password", body(PASSWORD)).await.status, 204);
    expected.extend([
        ("password_change_failed", user, None),
        ("password_changed", user, None),
    ]);

    let mut phone = stranger.clone();
    let answer = phone.try_log_in("ada@example.org", CHANGED).await;
    secrets.keep(&mut phone, &answer);
    let sessions = ada.get("/auth/sessions").await.expect(200);
    let mut sessions = sessions["items"].as_array().unwrap().iter();
    let name = sessions
        .find(|session| session["current"] == false)
        .unwrap()["id"]
        .clone();
    assert_eq!(
        ada.delete(&format!("/auth/sessions/{}", name.as_str().unwrap()))
            .await
            .status,
        204
    );
    assert_eq!(ada.delete("/auth/sessions").await.status, 204);
    expected.extend([
        ("signed_in", user, None),
        ("session_ended", user, None),
        ("other_sessions_ended", user, None),
    ]);
    assert_eq!(ada.post_empty("/auth/logout").await.status, 204);
    expected.push(("signed_out", user, None));

    let path = format!("/users/{}", ada.user_id);
    let link = mira.post_empty(&format!("{path}/reset")).await.expect(201);
    let token = link["url"]
        .as_str()
        .unwrap()
        .split("token=")
        .nth(1)
        .unwrap()
        .to_owned();
    let reset = json!({"token": token, "password": RESET});
    assert_eq!(
        stranger.post("/auth/reset", reset.clone()).await.status,
        204
    );
    stranger
        .post("/auth/reset", reset)
        .await
        .refused(403, "link_expired");
    secrets.0.push(token);
    expected.extend([
        ("reset_link_created", user, admin),
        ("password_reset", user, None),
        ("reset_link_refused", None, None),
    ]);

    for (change, event) in [
        (json!({"role": "admin"}), "role_changed"),
        (json!({"disabled": true}), "account_disabled"),
        (json!({"disabled": false}), "account_enabled"),
    ] {
        mira.patch(&path, change).await.expect(200);
        expected.push((event, user, admin));
    }
    assert_eq!(mira.delete(&format!("{path}/sessions")).await.status, 204);
    expected.push(("all_sessions_ended", user, admin));

    assert_eq!(mira.get("/tickets/export").await.status, 200);
    mira.post("/categories", json!({"name": "Travel"}))
        .await
        .expect(201);
    expected.extend([
        ("tickets_exported", admin, None),
        ("category_added", None, admin),
    ]);

    // Guesses, until they are slowed down.
    for _ in 0..5 {
        stranger
            .try_log_in("ada@example.org", WRONG)
            .await
            .refused(401, "invalid_credentials");
        expected.push(("sign_in_failed", user, None));
    }
    stranger
        .try_log_in("ada@example.org", WRONG)
        .await
        .refused(429, "rate_limited");
    expected.extend([
        ("sign_in_delayed", user, None),
        ("refused: rate_limited", None, None),
    ]);

    // What tries to write lines of its own.
    for path in [
        "/%0a%0d{\"event\":\"forged\"}",
        "/tickets/%1b[31m",
        "/tickets?q=%0aforged",
    ] {
        let request = stranger
            .request(Method::GET, path)
            .header("user-agent", "\u{e9}{\"event\":\"forged\"}");
        stranger.send(request).await;
    }
    (expected, secrets)
}

trait Hello {
    async fn say_hello(&self, base: &str, ticket: i64);
}

impl Hello for Caller {
    /// The same over a socket, which is not in the log either, and a forged token at the end.
    async fn say_hello(&self, base: &str, ticket: i64) {
        let mut socket = testkit::socket::SocketClient::connect(base, self).await;
        socket.join(ticket, None).await;
        let send = json!({"type": "message.send", "client_id": Uuid::new_v4(), "body": MESSAGE});
        assert_eq!(socket.ask(send).await["type"], "ok");
        socket.ask(json!({"type": "auth", "token": "forged"})).await;
    }
}

#[test]
fn the_audit_log_says_what_happened_to_whom_and_from_where() {
    on_sqlite(|database: ThrowawayDatabase| async move {
        let server = Logged::start(&database, "warn");
        let (expected, secrets) = a_day(&server).await;
        let lines = server.end();
        let audited: Vec<&Value> = lines
            .iter()
            .filter(|line| line["target"] == "audit")
            .collect();
        let found: Expected = audited
            .iter()
            .map(|line| {
                let mut name = line["event"].as_str().unwrap().to_owned();
                if name == "refused" {
                    name = format!("refused: {}", line["detail"].as_str().unwrap());
                }
                let name = expected.iter().find(|(expected, ..)| *expected == name);
                let name = name.map_or("unexpected", |(name, ..)| name);
                // Of a refusal the span says whose request it was.
                let user = [&line["user.id"], of_spans(line, "user.id")];
                let mut user = user
                    .into_iter()
                    .filter(|id| !name.starts_with("refused") || !id.is_null());
                (
                    name,
                    user.next().and_then(number),
                    line["actor.id"].as_i64(),
                )
            })
            .collect();
        assert_eq!(found, expected, "{audited:#?}");
        for line in &audited {
            assert!(
                line["timestamp"].is_string() && line["level"] == "INFO",
                "{line}"
            );
            assert_eq!(of_spans(line, "client.address"), "127.0.0.1", "{line}");
            // A socket's hello comes before its first command.
            let of_socket = line["span"]["name"] == "socket";
            assert!(
                of_socket || line["span"]["id"].is_string(),
                "no id of a request or command: {line}"
            );
        }
        keeps(&lines, &secrets);
    });
}

#[test]
fn no_log_holds_a_secret_however_much_it_says() {
    on_sqlite(|database: ThrowawayDatabase| async move {
        let server = Logged::start(&database, "debug");
        let (expected, secrets) = a_day(&server).await;
        let lines = server.end();
        assert!(lines.len() > 5 * expected.len(), "{}", lines.len());
        keeps(&lines, &secrets);
    });
}

/// A field of the innermost span that has it.
fn of_spans<'l>(line: &'l Value, field: &str) -> &'l Value {
    let spans = line["spans"].as_array().unwrap();
    let fields = spans.iter().rev().map(|span| &span[field]);
    let mut there = fields.filter(|value| !value.is_null());
    there.next().unwrap_or(&Value::Null)
}

/// A number, also as text: spans of sockets have it so.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// That no line holds a secret, nor was written by a client.
fn keeps(lines: &[Value], secrets: &Secrets) {
    assert!(secrets.0.len() > 20, "{}", secrets.0.len());
    for line in lines {
        assert_ne!(line["event"], "forged");
        let text = line.to_string();
        for secret in &secrets.0 {
            assert!(
                !text.contains(secret.as_str()),
                "the log holds {secret:?}: {text}"
            );
        }
    }
}
