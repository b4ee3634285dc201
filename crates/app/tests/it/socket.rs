//! Real time over a real socket.

use serde_json::json;
use testkit::http::Caller;
use testkit::on_every_database;
use testkit::socket::Handshake;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use uuid::Uuid;

use crate::desk::Desk;

on_every_database! {
    async fn the_admin_hears_of_a_new_ticket_at_once(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let mut console = desk.socket(&mira).await;
        let id = ada.open_ticket("Printer").await;
        let ticket = console.expect("ticket").await;
        assert_eq!(ticket["ticket"]["id"], id);
        assert_eq!(ticket["ticket"]["requester"]["name"], "Ada");
        assert!(ticket["ticket"].get("unread").is_none());
        let told = console.expect("notification").await;
        assert_eq!(told["notification"]["kind"], "ticket_created");
        assert_eq!(told["unread"], 1);
        desk.stop().await;
    }

    async fn both_sides_talk_and_the_customer_closes(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let id = ada.open_ticket("Printer").await;
        let (mut console, mut portal) = (desk.socket(&mira).await, desk.socket(&ada).await);
        for socket in [&mut console, &mut portal] {
            let joined = socket.join(id, None).await;
            assert_eq!(joined["type"], "joined");
            assert_eq!((&joined["head"], &joined["snapshot"]), (&json!(1), &json!(true)));
            assert_eq!(joined["entries"][0]["kind"], "created");
        }
        let send = |body: &str| json!({"type": "message.send", "client_id": Uuid::new_v4(), "body": body});

        let ok = console.ask(send("Which floor?")).await;
        assert_eq!(ok["result"]["entry"]["seq"], 2);
        for socket in [&mut console, &mut portal] {
            let entry = socket.expect("entry").await;
            assert_eq!((&entry["ticket_id"], &entry["seq"]), (&json!(id), &json!(2)));
            assert_eq!(entry["entry"], ok["result"]["entry"]);
        }
        let ok = portal.ask(send("The third")).await;
        assert_eq!(console.expect("entry").await["entry"], ok["result"]["entry"]);
        portal.expect("entry").await;

        let close = json!({"type": "ticket.status", "client_id": Uuid::new_v4(), "status": "closed"});
        let ok = portal.ask(close).await;
        assert_eq!(ok["result"]["entry"]["to"], "closed");
        for socket in [&mut console, &mut portal] {
            assert_eq!(socket.expect("entry").await["entry"]["kind"], "status_changed");
            let closed = socket.find(|f| f["type"] == "ticket" && f["ticket"]["status"] == "closed").await;
            assert_eq!(closed["ticket"]["head_seq"], 4);
        }
        let refused = portal.ask(send("One more thing")).await;
        assert_eq!((&refused["type"], &refused["code"]), (&json!("error"), &json!("ticket_closed")));
        desk.stop().await;
    }

    async fn customers_only_close_over_the_socket_too(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        let mut portal = desk.socket(&ada).await;
        portal.join(id, None).await;
        for status in ["open", "in_progress", "pending", "resolved"] {
            let set = json!({"type": "ticket.status", "client_id": Uuid::new_v4(), "status": status});
            assert_eq!(portal.ask(set).await["code"], "forbidden", "{status}");
        }
        let note = json!({"type": "message.send", "client_id": Uuid::new_v4(), "body": "x", "kind": "note"});
        assert_eq!(portal.ask(note).await["code"], "forbidden");
        assert_eq!(ada.timeline(id).await.len(), 1);
        desk.stop().await;
    }

    async fn a_strangers_ticket_is_joined_like_a_missing_one(desk: Desk) {
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        let (theirs, own) = (ada.open_ticket("Printer").await, bob.open_ticket("Flood").await);
        let mut socket = desk.socket(&bob).await;
        assert_eq!(socket.join(own, None).await["type"], "joined");
        let mut refused = socket.join(theirs, None).await;
        let mut missing = socket.join(9_999_999, None).await;
        refused["id"] = json!(null);
        missing["id"] = json!(null);
        assert_eq!(refused["code"], "not_found");
        assert_eq!(refused, missing);

        // A failed join keeps the previous ticket, and nothing of the other arrives.
        ada.say(theirs, "Secret").await;
        let ok = socket.ask(json!({"type": "message.send", "client_id": Uuid::new_v4(), "body": "Mine"})).await;
        assert_eq!(ok["result"]["entry"]["seq"], 2);
        socket.expect("entry").await;
        let others = format!("{:?}", socket.others());
        assert!(!others.contains("Secret") && !others.contains("Printer"), "{others}");
        desk.stop().await;
    }

    async fn one_ticket_at_a_time(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let (first, second) = (ada.open_ticket("First").await, ada.open_ticket("Second").await);
        let mut console = desk.socket(&mira).await;
        console.join(first, None).await;
        assert_eq!(console.join(second, None).await["ticket"]["id"], second);
        ada.say(first, "In the first").await;
        ada.say(second, "In the second").await;
        let entry = console.expect("entry").await;
        assert_eq!(entry["ticket_id"], second);
        assert!(console.others().iter().all(|frame| frame["type"] != "entry"));

        assert_eq!(console.ask(json!({"type": "ticket.leave"})).await["result"], json!({}));
        let send = json!({"type": "message.send", "client_id": Uuid::new_v4(), "body": "x"});
        assert_eq!(console.ask(send).await["code"], "not_joined");
        desk.stop().await;
    }

    async fn notes_reach_staff_and_leave_a_place_for_the_customer(desk: Desk) {
        let (mira, jonas) = (desk.admin("Mira").await, desk.admin("Jonas").await);
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        let (mut console, mut portal) = (desk.socket(&jonas).await, desk.socket(&ada).await);
        console.join(id, None).await;
        portal.join(id, None).await;
        let note = json!({"client_id": Uuid::new_v4(), "body": "Internal", "kind": "note"});
        mira.post(&format!("/tickets/{id}/messages"), note).await.expect(201);
        mira.say(id, "Public").await;
        assert_eq!(console.expect("entry").await["entry"]["body"], "Internal");
        let hidden = portal.expect("entry").await;
        assert_eq!(hidden["entry"], json!({"seq": 2, "kind": "hidden"}));
        assert_eq!(portal.expect("entry").await["entry"]["body"], "Public");
        assert!(!format!("{:?}", portal.others()).contains("Internal"));
        desk.stop().await;
    }

    async fn reading_typing_and_presence_are_seen(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let id = ada.open_ticket("Printer").await;
        let (mut console, mut portal) = (desk.socket(&mira).await, desk.socket(&ada).await);
        console.join(id, None).await;
        portal.join(id, None).await;
        let both = console.find(|f| f["type"] == "presence" && f["people"].as_array().unwrap().len() == 2).await;
        assert_eq!(both["ticket_id"], id);

        portal.text(r#"{"type":"typing"}"#).await;
        assert_eq!(console.expect("typing").await["person"]["name"], "Ada");

        let read = console.ask(json!({"type": "ticket.read", "seq": 1})).await;
        assert_eq!(read["result"], json!({"seq": 1, "unread": 0}));
        let read = portal.expect("read").await;
        assert_eq!((&read["user_id"], &read["seq"]), (&json!(mira.user_id), &json!(1)));
        desk.stop().await;
    }

    async fn a_hello_may_rejoin_in_the_same_breath(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        ada.say(id, "Hurry").await;
        let mut socket = Handshake::new(&desk.base, &ada).open().await.unwrap();
        let hello = json!({"type": "hello", "token": ada.access_token, "ticket_id": id, "after": 1});
        socket.command(hello).await;
        socket.expect("welcome").await;
        let joined = socket.expect("joined").await;
        assert_eq!((&joined["snapshot"], &joined["entries"][0]["seq"]), (&json!(false), &json!(2)));
        desk.stop().await;
    }

    async fn the_handshake_needs_cookie_origin_and_subprotocol(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let good = || Handshake::new(&desk.base, &ada);
        assert_eq!(good().without("cookie").open().await.err(), Some(401));
        assert_eq!(good().header("cookie", "__Host-deskwire=forged").open().await.err(), Some(401));
        assert_eq!(good().without("sec-websocket-protocol").open().await.err(), Some(400));
        for origin in ["https://evil.example", "null", "http://localhost:8080.evil.example", "http://localhost"] {
            assert_eq!(good().header("origin", origin).open().await.err(), Some(403), "{origin}");
        }
        for origin in ["http://localhost:8080", "https://portal.example.org"] {
            assert!(good().header("origin", origin).open().await.is_ok(), "{origin}");
        }
        desk.stop().await;
    }

    async fn the_cookie_alone_opens_nothing(desk: Desk) {
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        let first = |frame: serde_json::Value| {
            let handshake = Handshake::new(&desk.base, &ada);
            async move {
                let mut socket = handshake.open().await.unwrap();
                socket.text(&frame.to_string()).await;
                socket.closed().await
            }
        };
        let id = ada.open_ticket("Printer").await;
        assert_eq!(first(json!({"id": 1, "type": "ticket.join", "ticket_id": id})).await, 4408);
        assert_eq!(first(json!({"id": 1, "type": "hello", "token": "forged"})).await, 4401);
        assert_eq!(first(json!({"id": 1, "type": "hello", "token": bob.access_token})).await, 4401);
        let mut silent = Handshake::new(&desk.base, &ada).open().await.unwrap();
        assert_eq!(silent.closed().await, 4408);
        desk.stop().await;
    }

    async fn what_breaks_the_protocol_is_closed_with_its_code(desk: Desk) {
        let ada = desk.customer("Ada").await;
        for (message, code) in [
            (Message::text("not json"), 4400),
            (Message::binary(vec![1, 2, 3]), 4400),
            (Message::text(format!("{{\"x\":\"{}\"}}", "x".repeat(70_000))), 4413),
        ] {
            let mut socket = desk.socket(&ada).await;
            socket.raw(message).await;
            assert_eq!(socket.closed().await, code);
        }
        desk.stop().await;
    }

    async fn unknown_commands_are_answered_without_repeating_them(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let mut socket = desk.socket(&ada).await;
        for command in [
            json!({"type": "welcome"}), json!({"type": "hunter2"}), json!({"type": "typing", "hunter2": 1}),
            json!({"type": "ticket.join", "ticket_id": "hunter2"}), json!({"type": "hello", "token": "hunter2"}),
        ] {
            let error = socket.ask(command).await;
            assert_eq!(error["code"], "invalid");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
        socket.text("[1]").await;
        let error = socket.expect("error").await;
        assert_eq!((&error["id"], &error["code"]), (&json!(null), &json!("invalid")));
        socket.text(r#"{"type":"ticket.leave"}"#).await;
        assert_eq!(socket.expect("error").await["code"], "invalid");
        desk.stop().await;
    }

    async fn a_flood_of_commands_is_slowed_then_closed(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let mut socket = desk.socket(&ada).await;
        for _ in 0..200 {
            socket.command(json!({"type": "ticket.leave"})).await;
        }
        let error = socket.expect("error").await;
        assert_eq!(error["code"], "rate_limited");
        assert!(error["retry_after_ms"].as_u64().unwrap() > 0);
        assert_eq!(socket.closed().await, 4429);
        desk.stop().await;
    }

    async fn signing_out_closes_the_sessions_sockets_only(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let phone = Caller::log_in(&desk.base, &ada.email).await;
        let (mut first, mut second) = (desk.socket(&ada).await, desk.socket(&phone).await);
        ada.post_empty("/auth/logout").await;
        assert_eq!(first.closed().await, 4403);
        assert_eq!(second.ask(json!({"type": "ticket.leave"})).await["type"], "ok");
        desk.stop().await;
    }

    async fn a_socket_takes_a_fresh_token_of_its_own_session(desk: Desk) {
        let mut ada = desk.customer("Ada").await;
        let bob = desk.customer("Bob").await;
        let mut socket = desk.socket(&ada).await;
        let answer = ada.post_empty("/auth/refresh").await;
        ada.keep(&answer);
        let auth = json!({"type": "auth", "token": ada.access_token});
        assert_eq!(socket.ask(auth).await["result"], json!({}));
        let theirs = json!({"type": "auth", "token": bob.access_token});
        assert_eq!(socket.ask(theirs).await["code"], "unauthenticated");
        desk.stop().await;
    }

    async fn stopping_tells_sockets_to_come_back(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let mut socket = desk.socket(&ada).await;
        let stopping = tokio::spawn(desk.stop());
        let draining = socket.expect("draining").await;
        assert!(draining["retry_after_ms"].as_u64().unwrap() > 0);
        assert_eq!(socket.closed().await, 4501);
        stopping.await.unwrap();
    }

    async fn a_client_that_closes_is_let_go(desk: Desk) {
        let ada = desk.customer("Ada").await;
        for code in [None, Some(1000), Some(1001), Some(4999)] {
            let mut socket = desk.socket(&ada).await;
            let reason = code.map(|code: u16| CloseFrame { code: code.into(), reason: "Good bye".into() });
            socket.raw(Message::Close(reason)).await;
            assert_eq!(socket.ended().await, code);
            desk.state.hub.emptied().await;
        }
        desk.stop().await;
    }

    async fn closed_sockets_leave_nothing_behind(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        let mut sockets = Vec::new();
        for _ in 0..10 {
            let mut socket = desk.socket(&ada).await;
            socket.join(id, None).await;
            sockets.push(socket);
        }
        assert_eq!(desk.state.hub.counts().connections, 10);
        drop(sockets);
        desk.state.hub.emptied().await;
        let counts = desk.state.hub.counts();
        assert_eq!((counts.connections, counts.users, counts.queued_frames), (0, 0, 0));
        desk.stop().await;
    }
}
