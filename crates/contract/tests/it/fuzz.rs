//! Whatever comes over the wire: the decoders never panic, never repeat it, and what they accept they can write.
//!
//! Each property runs on 256 inputs; for longer: `PROPTEST_CASES=100000 cargo test --release -p contract fuzz`.

use contract::accounts::{
    ChangePasswordRequest, LoginRequest, RegisterRequest, ResetPasswordRequest, SetupRequest,
    UpdateMeRequest,
};
use contract::decode::{self, DecodeError, FrameReason};
use contract::notifications::ReadNotificationsRequest;
use contract::tickets::{CreateTicketRequest, SetStatusRequest, TicketQuery, UpdateTicketRequest};
use contract::timeline::{ReadRequest, SendMessageRequest, TimelineQuery};
use contract::users::UpdateUserRequest;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use validator::Validate;

/// Stands in inputs where an error could repeat it.
const MARK: &str = "hunter2";

const CLIENT_ID: &str = "0198c1d2-0000-7000-8000-000000000001";

/// A frame of each command, with all its fields.
fn frames() -> Vec<Value> {
    vec![
        json!({"id": 1, "type": "hello", "token": "t", "ticket_id": 2, "after": 3}),
        json!({"id": 2, "type": "auth", "token": "t"}),
        json!({"id": 3, "type": "ticket.join", "ticket_id": 2, "after": 0}),
        json!({"id": 4, "type": "ticket.leave"}),
        json!({"id": 5, "type": "message.send", "client_id": CLIENT_ID, "body": "Hi", "kind": "note", "seen_seq": 1}),
        json!({"id": 6, "type": "ticket.status", "client_id": CLIENT_ID, "status": "closed", "seen_seq": 1}),
        json!({"id": 7, "type": "ticket.read", "seq": 4}),
        json!({"id": 8, "type": "typing"}),
        json!({"type": "pong"}),
    ]
}

/// A body of each request, with all its fields.
fn bodies() -> Vec<Value> {
    vec![
        json!({"token": "t", "email": "a@example.org", "name": "Ada", "password": "a long enough one"}),
        json!({"email": "a@example.org", "name": "Ada", "password": "a long enough one"}),
        json!({"email": "a@example.org", "password": "x"}),
        json!({"token": "t", "password": "a long enough one"}),
        json!({"current_password": "x", "password": "a long enough one"}),
        json!({"name": "Ada"}),
        json!({"role": "admin", "disabled": true}),
        json!({
            "client_id": CLIENT_ID, "title": "x", "description": "x", "category_id": 1, "priority": "high",
            "requester_id": 1, "follows_id": 1,
        }),
        json!({"seen_seq": 1, "title": "x", "category_id": null, "priority": "low", "assignee_id": 4}),
        json!({"client_id": CLIENT_ID, "status": "closed", "seen_seq": 1}),
        json!({"client_id": CLIENT_ID, "body": "x", "kind": "message", "seen_seq": 1}),
        json!({"seq": 1}),
        json!({"ids": [1, 2]}),
        json!({"ticket_id": 1}),
    ]
}

/// Values of every kind, extremes among them.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        select(vec![
            json!(MARK),
            json!(i64::MIN),
            json!(1u64 << 53),
            json!("\u{0}"),
            json!(CLIENT_ID)
        ]),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        let key = prop_oneof![
            any::<String>(),
            "(id|type|token|body|seq|client_id|ids|hunter2)".prop_map(String::from)
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map(key, inner, 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// An object with one field changed, added or taken out.
fn altered(mut object: Value, at: Index, key: Option<String>, value: Option<Value>) -> Value {
    let Some(fields) = object.as_object_mut() else {
        return object;
    };
    let names: Vec<String> = fields.keys().cloned().collect();
    let name = key.unwrap_or_else(|| at.get(&names).clone());
    match value {
        Some(value) => fields.insert(name, value),
        None => fields.remove(&name),
    };
    object
}

/// Text that is nearly JSON: cut, with a byte changed, doubled.
fn damaged(text: &str, at: Index, byte: u8, how: u8) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let place = at.index(bytes.len());
    match how % 4 {
        0 => bytes.truncate(place),
        1 => bytes[place] = byte,
        2 => bytes.insert(place, byte),
        _ => bytes.extend_from_within(place..),
    }
    bytes
}

/// What a client hears of a body that is refused; nothing if it is taken.
fn refusal<T: DeserializeOwned + Validate>(body: &[u8]) -> Option<String> {
    match decode::request::<T>(body) {
        Ok(_) => None,
        Err(DecodeError::Malformed) => Some(String::new()),
        Err(DecodeError::Invalid(errors)) => {
            assert!(!errors.is_empty());
            assert!(
                errors
                    .iter()
                    .all(|error| error.field.chars().count() <= 100)
            );
            Some(
                errors
                    .into_iter()
                    .map(|error| error.code + &error.message)
                    .collect(),
            )
        }
    }
}

/// The refusals of every request that there is.
fn refusals(body: &[u8]) -> Vec<String> {
    [
        refusal::<SetupRequest>(body),
        refusal::<RegisterRequest>(body),
        refusal::<LoginRequest>(body),
        refusal::<ResetPasswordRequest>(body),
        refusal::<ChangePasswordRequest>(body),
        refusal::<UpdateMeRequest>(body),
        refusal::<UpdateUserRequest>(body),
        refusal::<CreateTicketRequest>(body),
        refusal::<UpdateTicketRequest>(body),
        refusal::<SetStatusRequest>(body),
        refusal::<SendMessageRequest>(body),
        refusal::<ReadRequest>(body),
        refusal::<ReadNotificationsRequest>(body),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Reads a frame and shows that what is accepted means the same when it is written and read again.
fn frame_survives(text: &str) {
    match decode::frame(text) {
        Ok(frame) => {
            let written = serde_json::to_string(&frame).unwrap();
            assert_eq!(decode::frame(&written), Ok(frame), "{text}");
        }
        Err(error) => {
            let is_json = serde_json::from_str::<Value>(text).is_ok();
            assert_eq!(error.reason == FrameReason::NotJson, !is_json, "{text}");
            assert!(error.id.is_none_or(|id| id < 1 << 53), "{text}");
        }
    }
}

#[test]
fn what_is_altered_below_was_fine_before() {
    for frame in frames() {
        assert!(decode::frame(&frame.to_string()).is_ok(), "{frame}");
    }
    for body in bodies() {
        let taken = 13 - refusals(body.to_string().as_bytes()).len();
        assert!(taken >= 1, "{body}");
    }
}

proptest! {
    #[test]
    fn any_value_is_read_as_a_frame_or_refused(value in any_json()) {
        frame_survives(&value.to_string());
    }

    #[test]
    fn altered_frames_are_read_or_refused(
        frame in select(frames()), at in any::<Index>(), key in prop::option::of("[a-z_]{1,9}"), value in prop::option::of(any_json()),
    ) {
        frame_survives(&altered(frame, at, key, value).to_string());
    }

    #[test]
    fn damaged_frames_are_read_or_refused(frame in select(frames()), at in any::<Index>(), byte in 1u8..128, how in any::<u8>()) {
        let bytes = damaged(&frame.to_string(), at, byte, how);
        frame_survives(std::str::from_utf8(&bytes).unwrap());
    }

    #[test]
    fn any_bytes_are_read_as_a_request_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        refusals(&bytes);
    }

    #[test]
    fn any_value_is_read_as_a_request_or_refused(value in any_json()) {
        for refusal in refusals(value.to_string().as_bytes()) {
            prop_assert!(!refusal.contains(MARK), "{}", refusal);
        }
    }

    #[test]
    fn altered_requests_are_read_or_refused(
        body in select(bodies()), at in any::<Index>(), key in prop::option::of("([a-z_]{1,9}|hunter2)"), value in prop::option::of(any_json()),
    ) {
        for refusal in refusals(altered(body, at, key, value).to_string().as_bytes()) {
            prop_assert!(!refusal.contains(MARK), "{}", refusal);
        }
    }

    #[test]
    fn damaged_requests_are_read_or_refused(body in select(bodies()), at in any::<Index>(), byte in any::<u8>(), how in any::<u8>()) {
        refusals(&damaged(&body.to_string(), at, byte, how));
    }

    #[test]
    fn deep_values_end_the_reader_and_not_the_process(depth in 1usize..20_000, open in select(vec!["[", "{\"type\":", "{\"id\":["])) {
        let text = open.repeat(depth);
        frame_survives(&text);
        refusals(text.as_bytes());
    }

    #[test]
    fn any_query_is_read_or_refused(
        text in prop_oneof![any::<String>(), "((limit|cursor|q|sort|status|after|before|hunter2)=[a-z0-9%.,-]{0,9}&?){0,5}"],
    ) {
        for refused in [decode::query::<TicketQuery>(&text).err(), decode::query::<TimelineQuery>(&text).err()] {
            if let Some(DecodeError::Invalid(errors)) = refused {
                for error in errors {
                    prop_assert!(!(error.code + &error.message).contains(MARK));
                }
            }
        }
    }
}
