//! Requests: strict shapes, limits, and the path of what is wrong.

use contract::accounts::RegisterRequest;
use contract::decode::{self, DecodeError};
use contract::notifications::ReadNotificationsRequest;
use contract::tickets::{CreateTicketRequest, UpdateTicketRequest};
use serde_json::{Value, json};

fn ticket() -> Value {
    json!({
        "client_id": "0198c1d2-0000-7000-8000-000000000001",
        "title": "Printer",
        "description": "It is on fire.",
    })
}

fn with(mut request: Value, field: &str, value: Value) -> Value {
    request[field] = value;
    request
}

/// The fields and codes that a request is refused for.
fn refused<T: serde::de::DeserializeOwned + validator::Validate>(
    request: &Value,
) -> Vec<(String, String)> {
    match decode::request::<T>(request.to_string().as_bytes()) {
        Err(DecodeError::Invalid(errors)) => {
            errors.into_iter().map(|e| (e.field, e.code)).collect()
        }
        Err(DecodeError::Malformed) => panic!("taken for malformed: {request}"),
        Ok(_) => panic!("accepted: {request}"),
    }
}

fn one(field: &str, code: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), code.to_owned())]
}

#[test]
fn a_plain_ticket_is_accepted() {
    let request: CreateTicketRequest = decode::request(ticket().to_string().as_bytes()).unwrap();
    assert_eq!(request.title, "Printer");
    assert!(request.priority.is_none());
}

#[test]
fn each_wrong_field_of_a_ticket_is_named() {
    let cases = [
        (with(ticket(), "title", json!(" ")), "title", "empty"),
        (
            with(ticket(), "title", json!("x".repeat(201))),
            "title",
            "too_long",
        ),
        (
            with(ticket(), "title", json!("a\u{0}b")),
            "title",
            "control_characters",
        ),
        (with(ticket(), "title", json!(7)), "title", "wrong_type"),
        (with(ticket(), "title", json!(null)), "title", "wrong_type"),
        (
            with(ticket(), "priority", json!(3)),
            "priority",
            "wrong_type",
        ),
        (
            with(ticket(), "description", json!("x".repeat(10_001))),
            "description",
            "too_long",
        ),
        (
            with(ticket(), "client_id", json!("7")),
            "client_id",
            "wrong_type",
        ),
        (
            with(ticket(), "priority", json!("top")),
            "priority",
            "unknown_value",
        ),
        (
            with(ticket(), "category_id", json!("1")),
            "category_id",
            "wrong_type",
        ),
        (
            with(ticket(), "category_id", json!(1.5)),
            "category_id",
            "wrong_type",
        ),
        (
            with(ticket(), "owner_id", json!(1)),
            "owner_id",
            "unknown_field",
        ),
        (
            with(ticket(), "status", json!("closed")),
            "status",
            "unknown_field",
        ),
    ];
    for (request, field, code) in cases {
        assert_eq!(
            refused::<CreateTicketRequest>(&request),
            one(field, code),
            "{request}"
        );
    }
}

#[test]
fn a_missing_field_is_named() {
    let mut request = ticket();
    request.as_object_mut().unwrap().remove("title");
    assert_eq!(
        refused::<CreateTicketRequest>(&request),
        one("title", "missing")
    );
}

#[test]
fn all_broken_limits_are_told_at_once() {
    let request = json!({"email": "ada", "name": "", "password": "short"});
    assert_eq!(
        refused::<RegisterRequest>(&request),
        [
            ("email".to_owned(), "not_an_email".to_owned()),
            ("name".to_owned(), "empty".to_owned()),
            ("password".to_owned(), "too_short".to_owned()),
        ]
    );
}

#[test]
fn nobody_signs_up_with_a_role() {
    let request = json!({
        "email": "ada@example.org", "name": "Ada", "password": "correct horse", "role": "admin",
    });
    assert_eq!(
        refused::<RegisterRequest>(&request),
        one("role", "unknown_field")
    );
}

#[test]
fn passwords_are_limited_in_characters() {
    let with_password =
        |length| json!({"email": "ada@example.org", "name": "Ada", "password": "ü".repeat(length)});
    assert_eq!(
        refused::<RegisterRequest>(&with_password(129)),
        one("password", "too_long")
    );
    assert!(decode::request::<RegisterRequest>(with_password(128).to_string().as_bytes()).is_ok());
}

#[test]
fn what_is_not_json_is_malformed() {
    let broken = ["", "{", "{\"title\":}", "\u{0}", "{\"title\": \"\\ud800\"}"];
    for json in broken {
        let error = decode::request::<CreateTicketRequest>(json.as_bytes()).err();
        assert_eq!(error, Some(DecodeError::Malformed), "{json:?}");
    }
    let twice = format!("{} {}", ticket(), ticket());
    let error = decode::request::<CreateTicketRequest>(twice.as_bytes()).err();
    assert_eq!(error, Some(DecodeError::Malformed));
    assert_eq!(
        decode::request::<CreateTicketRequest>(b"{\"title\": \"\xff\"}").err(),
        Some(DecodeError::Malformed)
    );
}

#[test]
fn a_request_is_an_object() {
    let in_order = json!([
        "0198c1d2-0000-7000-8000-000000000001",
        "Printer",
        "Fire",
        null,
        null,
        null,
        null
    ]);
    for request in [in_order, json!([]), json!(null), json!(7), json!("x")] {
        assert_eq!(
            refused::<CreateTicketRequest>(&request),
            one("", "wrong_type")
        );
    }
}

#[test]
fn messages_never_repeat_the_input() {
    let request = with(ticket(), "priority", json!("<script>hunter2"));
    let Err(DecodeError::Invalid(errors)) =
        decode::request::<CreateTicketRequest>(request.to_string().as_bytes())
    else {
        panic!("accepted")
    };
    assert!(!format!("{errors:?}").contains("hunter2"));
}

#[test]
fn a_patch_tells_absent_from_null() {
    let read = |value: Value| {
        decode::request::<UpdateTicketRequest>(value.to_string().as_bytes()).unwrap()
    };
    assert_eq!(read(json!({"seen_seq": 1})).assignee_id, None);
    assert_eq!(
        read(json!({"seen_seq": 1, "assignee_id": null})).assignee_id,
        Some(None)
    );
    assert_eq!(
        read(json!({"seen_seq": 1, "assignee_id": 4})).assignee_id,
        Some(Some(4))
    );
    assert_eq!(
        refused::<UpdateTicketRequest>(&json!({"seen_seq": 1, "title": null})),
        one("title", "wrong_type")
    );
}

#[test]
fn notifications_are_read_by_id_or_by_ticket() {
    for request in [json!({}), json!({"ids": [1], "ticket_id": 2})] {
        assert_eq!(
            refused::<ReadNotificationsRequest>(&request),
            one("", "missing")
        );
    }
}

#[test]
fn each_wrong_query_parameter_is_named() {
    use contract::tickets::TicketQuery;
    for (query, field, code) in [
        ("limit=0", "limit", "out_of_range"),
        ("limit=101", "limit", "out_of_range"),
        ("limit=1e9", "limit", "wrong_type"),
        ("limit=-1", "limit", "wrong_type"),
        ("priority=top", "priority", "unknown_value"),
        ("owner=1", "owner", "unknown_field"),
        ("limit=1&limit=2", "limit", "duplicate_field"),
    ] {
        let Err(DecodeError::Invalid(errors)) = decode::query::<TicketQuery>(query) else {
            panic!("{query} was accepted");
        };
        let found: Vec<_> = errors
            .iter()
            .map(|e| (e.field.as_str(), e.code.as_str()))
            .collect();
        assert_eq!(found, [(field, code)], "{query}");
    }
    let query: TicketQuery = decode::query("status=open,closed&q=50%25&limit=100").unwrap();
    assert_eq!(query.q.as_deref(), Some("50%"));
}
