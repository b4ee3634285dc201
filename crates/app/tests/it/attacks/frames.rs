//! Frames that no client of ours sends: each is answered with an error or the right close code, and nobody else notices.

use serde_json::json;
use testkit::on_every_database;
use testkit::raw_socket::{self, CLOSE, FINAL, RawSocket, TEXT};
use testkit::socket::SocketClient;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{Frame, FrameHeader};
use uuid::Uuid;

use super::still_serves;
use crate::desk::Desk;

fn frame(bytes: impl Into<Vec<u8>>, opcode: OpCode, is_final: bool) -> Message {
    let header = FrameHeader {
        is_final,
        opcode,
        ..FrameHeader::default()
    };
    Message::Frame(Frame::from_payload(header, bytes.into().into()))
}

fn part(bytes: impl Into<Vec<u8>>, kind: Data, is_final: bool) -> Message {
    frame(bytes, OpCode::Data(kind), is_final)
}

async fn serves(socket: &mut SocketClient) {
    let answer = socket.ask(json!({"type": "ticket.leave"})).await;
    assert_eq!(answer["type"], "ok", "{answer}");
}

on_every_database! {
    async fn what_is_no_command_is_answered_and_changes_nothing(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        let mut socket = desk.socket(&ada).await;
        let send = json!({"type": "message.send", "client_id": Uuid::new_v4(), "body": "hunter2"});
        let with = |field: &str, value: serde_json::Value| {
            let mut frame = send.clone();
            frame[field] = value;
            frame
        };
        let server_only = [
            "welcome", "ok", "error", "joined", "entry", "ticket", "notification", "read", "presence", "ping",
            "auth.expiring", "draining",
        ];
        let server_only = server_only.map(|kind| json!({"type": kind, "hunter2": 1}));
        let wrong = [
            with("actor_id", json!(1)), with("ticket_id", json!(id)), with("role", json!("admin")), with("created_at", json!("2020")),
            with("kind", json!("hunter2")), with("client_id", json!("hunter2")), with("body", json!(["hunter2"])), with("seen_seq", json!(-1)),
            with("seen_seq", json!(1e300)), with("__proto__", json!({})), with("Type", json!("typing")),
            json!({"type": "MESSAGE.SEND"}), json!({"type": ""}), json!({"type": null}), json!({"type": ["typing"]}), json!({"type": 7}), json!({}),
            json!({"type": "ticket.join", "ticket_id": u64::MAX}), json!({"type": "ticket.join", "ticket_id": id, "after": -1}),
            json!({"type": "ticket.join", "ticket_id": format!("{id} OR 1=1")}), json!({"type": "ticket.read", "seq": i64::MIN}),
            json!({"type": "ticket.status", "client_id": Uuid::new_v4(), "status": "hunter2"}), json!({"type": "hello", "token": "hunter2"}),
        ];
        for frame in server_only.into_iter().chain(wrong) {
            let answer = socket.ask(frame.clone()).await;
            assert_eq!((&answer["type"], &answer["code"]), (&json!("error"), &json!("invalid")), "{frame}: {answer}");
            assert!(!answer.to_string().contains("hunter2"), "{answer}");
        }
        for text in [
            "[]", "[{\"type\":\"typing\"}]", "7", "\"typing\"", "null", "true", "1e999999", r#"{"id":-1,"type":"ticket.leave"}"#,
            r#"{"id":9007199254740993,"type":"ticket.leave"}"#, r#"{"id":"1","type":"ticket.leave"}"#, r#"{"id":1.0,"type":"ticket.leave"}"#,
            r#"{"id":{},"type":"ticket.leave"}"#, r#"{"type":"ticket.leave"}"#,
        ] {
            let mut socket = desk.socket(&ada).await;
            socket.text(text).await;
            if text == "1e999999" {
                assert_eq!(socket.closed().await, 4400);
                continue;
            }
            let answer = socket.expect("error").await;
            assert_eq!((&answer["id"], &answer["code"]), (&json!(null), &json!("invalid")), "{text}: {answer}");
            serves(&mut socket).await;
        }
        // A name given twice: the last counts, for this reader as for the one that decided who may.
        socket.text(&format!(r#"{{"id":1000,"type":"typing","type":"ticket.join","ticket_id":{id},"ticket_id":9999999}}"#)).await;
        let answer = socket.find(|frame| frame["id"] == 1000).await;
        assert_eq!(answer["type"], "error", "{answer}");
        assert_eq!(ada.timeline(id).await.len(), 1);
        serves(&mut socket).await;
        desk.stop().await;
    }

    async fn commands_need_a_joined_ticket_of_ones_own(desk: Desk) {
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        let id = ada.open_ticket("Printer").await;
        let mut socket = desk.socket(&bob).await;
        let commands = || [
            json!({"type": "message.send", "client_id": Uuid::new_v4(), "body": "x"}),
            json!({"type": "message.send", "client_id": Uuid::new_v4(), "body": "x", "kind": "note"}),
            json!({"type": "ticket.status", "client_id": Uuid::new_v4(), "status": "closed"}),
            json!({"type": "ticket.read", "seq": 1}), json!({"type": "typing"}),
        ];
        for command in commands() {
            assert_eq!(socket.ask(command).await["code"], "not_joined");
        }
        let theirs = socket.join(id, None).await;
        let mut missing = socket.join(9_999_999, None).await;
        assert_eq!(theirs["code"], "not_found");
        missing["id"] = theirs["id"].clone();
        assert_eq!(theirs, missing);
        let after = socket.join(id, Some(0)).await;
        assert_eq!(after["code"], "not_found");
        for command in commands() {
            assert_eq!(socket.ask(command).await["code"], "not_joined");
        }
        assert_eq!(ada.timeline(id).await.len(), 1);
        assert_eq!(ada.get(&format!("/tickets/{id}")).await.expect(200)["ticket"]["status"], "open");
        desk.stop().await;
    }

    async fn frames_that_break_the_protocol_close_with_their_code(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let mut other = desk.socket(&ada).await;
        let large = format!("{{\"x\":\"{}\"}}", "x".repeat(70_000));
        let deep = "[".repeat(30_000) + &"]".repeat(30_000);
        for (label, messages, code) in [
            ("text that is no JSON", vec![Message::text("{")], 4400), ("deep JSON", vec![Message::text(deep)], 4400),
            ("NUL", vec![Message::text("\u{0}")], 4400), ("no text", vec![Message::text("")], 4400),
            ("lone surrogate", vec![Message::text(r#"{"type":"\ud800"}"#)], 4400),
            ("binary", vec![Message::binary(b"{\"type\":\"typing\"}".to_vec())], 4400), ("empty binary", vec![Message::binary(vec![])], 4400),
            ("no UTF-8", vec![part([0xff, 0xfe, 0xfd], Data::Text, true)], 4400),
            ("surrogate in UTF-8", vec![part([b'"', 0xed, 0xa0, 0x80, b'"'], Data::Text, true)], 4400),
            ("a part of nothing", vec![part("x", Data::Continue, true)], 4400),
            ("a text within a text", vec![part("{", Data::Text, false), part("{", Data::Text, false)], 4400),
            ("large", vec![Message::text(large.clone())], 4413), ("large binary", vec![Message::binary(vec![0; 70_000])], 4413),
            ("no UTF-8 over two parts", vec![part([0xe2, 0x82], Data::Text, false), part([0x28], Data::Continue, true)], 4400),
        ] {
            let mut socket = desk.socket(&ada).await;
            for message in messages {
                socket.raw(message).await;
            }
            let ended = socket.ended().await;
            assert_eq!(ended, Some(code), "{label}");
            serves(&mut other).await;
        }
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }

    async fn endless_messages_in_parts_end(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let mut other = desk.socket(&ada).await;
        let mut socket = desk.socket(&ada).await;
        socket.raw(part("{\"x\":\"", Data::Text, false)).await;
        for _ in 0..200 {
            socket.raw(part("x".repeat(1024), Data::Continue, false)).await;
        }
        assert_eq!(socket.closed().await, 4413);

        // Parts that hold nothing never reach a size, and must not keep anybody else waiting.
        let mut empty = desk.socket(&ada).await;
        empty.raw(part("{", Data::Text, false)).await;
        for _ in 0..5_000 {
            empty.raw(part("", Data::Continue, false)).await;
        }
        serves(&mut other).await;
        empty.raw(part("}", Data::Continue, true)).await;
        empty.expect("error").await;
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }

    async fn control_frames_keep_to_their_rules(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let mut other = desk.socket(&ada).await;
        let mut flood = desk.socket(&ada).await;
        for _ in 0..400 {
            flood.raw(Message::Ping(vec![7; 100].into())).await;
            flood.raw(Message::Pong(vec![7; 100].into())).await;
        }
        serves(&mut flood).await;
        serves(&mut other).await;
        let control = |bytes: Vec<u8>, kind, is_final| frame(bytes, OpCode::Control(kind), is_final);
        for (label, frame) in [
            ("a large ping", control(vec![0; 126], Control::Ping, true)), ("half a ping", control(vec![], Control::Ping, false)),
            ("a reserved control", control(vec![], Control::Reserved(11), true)), ("a reserved kind", part("x", Data::Reserved(3), true)),
        ] {
            let mut socket = desk.socket(&ada).await;
            socket.raw(frame).await;
            assert_eq!(socket.ended().await, Some(4400), "{label}");
            serves(&mut other).await;
        }
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }

    async fn a_size_is_judged_when_it_is_announced(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let token = ada.access_token.clone().unwrap();
        let hello = json!({"id": 1, "type": "hello", "token": token}).to_string();
        for welcome in [false, true] {
            let mut socket = RawSocket::connect(&desk.base, &ada, None).await;
            if welcome {
                socket.frame(FINAL | TEXT, hello.as_bytes()).await;
                socket.next().await.unwrap();
            }
            // Nothing of what it announces ever comes.
            socket.bytes(&raw_socket::head(FINAL | TEXT, 1 << 40)).await;
            let close = loop {
                let (first, payload) = socket.next().await.unwrap();
                if first == FINAL | CLOSE {
                    break payload;
                }
            };
            assert_eq!(close, 4413_u16.to_be_bytes());
            assert_eq!(socket.next().await, None);
        }
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }

    async fn a_flood_of_any_frames_but_pongs_is_closed(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        let mut other = desk.socket(&ada).await;
        for frame in [
            json!({"id": 1, "type": "ticket.join", "ticket_id": id}), json!({"id": 1, "type": "nonsense"}), json!([]),
            json!({"type": "typing"}), json!({"id": 1, "type": "auth", "token": "x"}), json!({"id": 1, "type": "ticket.join", "ticket_id": 9_999_999}),
        ] {
            let mut socket = desk.socket(&ada).await;
            for _ in 0..200 {
                socket.text(&frame.to_string()).await;
            }
            let slowed = socket.find(|frame| frame["code"] == "rate_limited").await;
            assert!(slowed["retry_after_ms"].as_u64().unwrap() > 0);
            assert_eq!(socket.closed().await, 4429, "{frame}");
            serves(&mut other).await;
        }
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }
}
