//! Socket frames: every command is read, everything else refused with its id.

use contract::decode::{self, FrameReason};
use contract::frames::{ClientFrame, Command, Outcome, ServerFrame};
use contract::timeline::MessageKind;
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

#[test]
fn each_command_is_read() {
    let client_id = Uuid::from_u128(7);
    let cases = [
        (
            json!({"id": 1, "type": "hello", "token": "t", "ticket_id": 2, "after": 3}),
            Command::Hello {
                token: "t".into(),
                ticket_id: Some(2),
                after: Some(3),
            },
        ),
        (
            json!({"id": 1, "type": "auth", "token": "t"}),
            Command::Auth { token: "t".into() },
        ),
        (
            json!({"id": 1, "type": "ticket.join", "ticket_id": 2}),
            Command::Join {
                ticket_id: 2,
                after: None,
            },
        ),
        (json!({"id": 1, "type": "ticket.leave"}), Command::Leave {}),
        (
            json!({"id": 1, "type": "message.send", "client_id": client_id, "body": "Hi"}),
            Command::Send {
                client_id,
                body: "Hi".into(),
                kind: MessageKind::Message,
                seen_seq: None,
            },
        ),
        (
            json!({"id": 1, "type": "ticket.status", "client_id": client_id, "status": "closed"}),
            Command::SetStatus {
                client_id,
                status: contract::tickets::Status::Closed,
                seen_seq: None,
            },
        ),
        (
            json!({"id": 1, "type": "ticket.read", "seq": 4}),
            Command::Read { seq: 4 },
        ),
        (json!({"id": 1, "type": "typing"}), Command::Typing {}),
        (json!({"id": 1, "type": "pong"}), Command::Pong {}),
    ];
    for (frame, command) in cases {
        assert_eq!(
            decode::frame(&frame.to_string()),
            Ok(ClientFrame {
                id: Some(1),
                command
            }),
            "{frame}"
        );
    }
    assert_eq!(
        decode::frame(r#"{"type":"pong"}"#),
        Ok(ClientFrame {
            id: None,
            command: Command::Pong {}
        })
    );
}

#[test]
fn what_is_no_command_is_refused_with_its_id() {
    for frame in [
        json!({"id": 9, "type": "welcome"}),
        json!({"id": 9, "type": "nonsense"}),
        json!({"id": 9}),
        json!({"id": 9, "type": "ticket.leave", "extra": 1}),
        json!({"id": 9, "type": "pong", "extra": 1}),
        json!({"id": 9, "type": "ticket.join"}),
        json!({"id": 9, "type": "ticket.join", "ticket_id": "2"}),
        json!({"id": 9, "type": "ticket.join", "ticket_id": 2, "after": i64::MIN}),
        json!({"id": 9, "type": "ticket.read", "seq": -1}),
        json!({"id": 9, "type": "ticket.status", "client_id": Uuid::nil(), "status": "open", "seen_seq": -1}),
        json!({"id": 9, "type": "message.send", "client_id": "x", "body": "Hi"}),
        json!({"id": 9, "type": "message.send", "client_id": Uuid::nil(), "body": "Hi", "actor_id": 1}),
    ] {
        let error = decode::frame(&frame.to_string()).unwrap_err();
        assert_eq!(
            (error.id, error.reason),
            (Some(9), FrameReason::Invalid),
            "{frame}"
        );
    }
    for text in [
        "[]",
        "7",
        "\"pong\"",
        "null",
        r#"{"id":"7","type":"pong"}"#,
        r#"{"id":-1,"type":"pong"}"#,
    ] {
        let error = decode::frame(text).unwrap_err();
        assert_eq!(
            (error.id, error.reason),
            (None, FrameReason::Invalid),
            "{text}"
        );
    }
    assert_eq!(decode::frame("{").unwrap_err().reason, FrameReason::NotJson);
}

#[test]
fn results_have_the_fields_of_their_command_only() {
    let ok = |result| serde_json::to_value(ServerFrame::Ok { id: 1, result }).unwrap();
    assert_eq!(
        ok(Outcome::Done {}),
        json!({"type": "ok", "id": 1, "result": {}})
    );
    assert_eq!(
        ok(Outcome::Written { entry: None }),
        json!({"type": "ok", "id": 1, "result": {"entry": null}})
    );
}

proptest! {
    #[test]
    fn no_text_panics_the_reader(text in any::<String>()) {
        let _ = decode::frame(&text);
    }

    #[test]
    fn no_json_like_text_panics_the_reader(
        text in r#"\{("id":[0-9-]{1,20},)?"type":"[a-z.]{1,14}"(,"[a-z_]{1,9}":("[ -~]{0,9}"|[0-9]{1,20}|null|\[\]))*\}"#
    ) {
        let _ = decode::frame(&text);
    }
}
