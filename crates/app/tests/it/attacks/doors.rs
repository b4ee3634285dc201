//! The doors of the socket: origin, cookie, hello, and how many may stand in front of them.

use std::sync::Arc;
use std::time::Duration;

use app::clock::SystemClock;
use reqwest::Method;
use serde_json::json;
use testkit::database::ThrowawayDatabase;
use testkit::on_every_database;
use testkit::socket::{Handshake, SocketClient};
use tokio_tungstenite::tungstenite::Message;

use super::raw::{exchange, statuses};
use super::{but, still_serves};
use crate::desk::Desk;
use app::socket::waiting::WAITING_PER_ADDRESS;

/// As many as the hub lets one user have.
const PER_USER: usize = 20;

on_every_database! {
    async fn a_foreign_or_doubtful_origin_opens_no_socket(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let good = || Handshake::new(&desk.base, &ada);
        for origin in [
            "https://evil.example", "null", "", "http://localhost", "https://localhost:8080", "http://localhost:8080.evil.example",
            "http://localhost:80800", "http://localhost:8080/", "HTTP://LOCALHOST:8080", "http://evil@localhost:8080",
            "https://portal.example.org:443", "https://xportal.example.org", "file://", "http://127.0.0.1:8080",
            "http://localhost:8080, https://evil.example",
        ] {
            assert_eq!(good().header("origin", origin).open().await.err(), Some(403), "{origin}");
        }
        // Two of them, which browsers never send and proxies may join or drop.
        let cookie = ada.cookie.clone().unwrap();
        for origins in ["Origin: http://localhost:8080\r\nOrigin: https://evil.example", "Origin: https://evil.example\r\nOrigin: http://localhost:8080"] {
            let request = format!(
                "GET /api/v1/ws HTTP/1.1\r\nHost: localhost:8080\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
                 Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: deskwire.v1\r\nCookie: {cookie}\r\n{origins}\r\n\r\n"
            );
            let answers = exchange(&desk, request.as_bytes()).await;
            assert_eq!(statuses(&answers), [403], "{answers}");
        }
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }

    async fn the_cookie_of_the_handshake_must_be_ones_own_and_live(desk: Desk) {
        let (ada, gone) = (desk.customer("Ada").await, desk.customer("Gone").await);
        gone.post_empty("/auth/logout").await;
        let token = ada.access_token.clone().unwrap();
        let device = ada.device.clone().unwrap().replace("-device", "");
        let good = || Handshake::new(&desk.base, &ada);
        for cookie in [
            "", "deskwire=x", "__Host-deskwire=", &format!("__Host-deskwire={token}"), &device, gone.cookie.as_deref().unwrap(),
            &ada.cookie.clone().unwrap().replace("__Host-", ""),
        ] {
            assert_eq!(good().header("cookie", cookie).open().await.err(), Some(401), "{cookie}");
        }
        // A token is no cookie, wherever it stands, and nothing of the query is read.
        let nobody = Handshake::new(&desk.base, &desk.stranger());
        let bearer = nobody.clone().header("authorization", &format!("Bearer {token}"));
        assert_eq!(bearer.open().await.err(), Some(401));
        for name in ["token", "access_token", "hello", "authorization", "__Host-deskwire"] {
            let query = format!("{name}={token}");
            assert_eq!(nobody.clone().query(&query).open().await.err(), Some(401), "{name}");
        }
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }

    async fn nothing_but_a_hello_in_time_opens_a_socket(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        let token = ada.access_token.clone().unwrap();
        let uuid = uuid::Uuid::new_v4();
        let opened = || Handshake::new(&desk.base, &ada);
        // With the token in the URL, and pings that ask for patience: still silent, still closed.
        let mut silent = opened().query(&format!("token={token}&access_token={token}")).open().await.unwrap();
        let begun = std::time::Instant::now();
        for first in [
            json!({"id": 1, "type": "auth", "token": token}), json!({"id": 1, "type": "ticket.join", "ticket_id": id}),
            json!({"id": 1, "type": "message.send", "client_id": uuid, "body": "x"}), json!({"type": "typing"}),
            json!({"type": "pong"}), json!({"id": 1, "type": "ticket.leave"}), json!({"id": 1, "type": "nonsense"}),
            json!({"type": "hello", "token": token}), json!({"id": 1, "type": "hello"}), json!([]), json!(null),
            json!({"id": 1, "type": "hello", "token": token, "role": "admin"}), json!({"id": 1, "type": "hello", "token": [token]}),
        ] {
            let mut socket = opened().open().await.unwrap();
            socket.text(&first.to_string()).await;
            assert_eq!(socket.closed().await, 4408, "{first}");
            let frames = json!(socket.others());
            let frames = frames.as_array().unwrap();
            assert!(frames.iter().all(|frame| frame["type"] == "error"), "{first}: {frames:?}");
            assert!(!json!(frames).to_string().contains(&token));
        }
        silent.raw(Message::Ping(vec![1].into())).await;
        assert_eq!(silent.closed().await, 4408);
        assert!(silent.others().is_empty());
        assert!(begun.elapsed() < std::time::Duration::from_secs(15), "{:?}", begun.elapsed());
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }

    async fn an_address_has_its_places_before_hello_and_gets_them_back(database: ThrowawayDatabase) {
        // Long enough to fill all places, however busy the machine is.
        let patient = |config: &mut app::config::Config| config.sockets.hello_within = Duration::from_secs(600);
        let desk = Desk::configured(database, Arc::new(SystemClock), patient).await;
        let ada = desk.customer("Ada").await;
        let good = || Handshake::new(&desk.base, &ada);
        let mut waiting = Vec::new();
        for _ in 0..WAITING_PER_ADDRESS {
            waiting.push(good().open().await.unwrap());
        }
        // Whatever the headers say of the address.
        for forwarded in ["203.0.113.7", "127.0.0.1"] {
            let handshake = good().header("x-forwarded-for", forwarded);
            let (status, headers) = handshake.answer().await.err().unwrap();
            assert_eq!(status, 429);
            assert!(headers["retry-after"].to_str().unwrap().parse::<u32>().unwrap() > 0);
        }
        // A hello, and an end without one, each give a place back; the rest of the desk never noticed.
        still_serves(&desk, &ada).await;
        let hello = json!({"type": "hello", "token": ada.access_token});
        let mut greeted: SocketClient = waiting.pop().unwrap();
        greeted.command(hello).await;
        greeted.expect("welcome").await;
        let again = good().open().await.unwrap();
        assert_eq!(good().open().await.err(), Some(429));
        let mut ended = waiting.pop().unwrap();
        ended.raw(Message::Close(None)).await;
        ended.ended().await;
        waiting.push(good().open().await.unwrap());
        drop((waiting, again));
        assert_eq!(greeted.ask(json!({"type": "ticket.leave"})).await["type"], "ok");
        desk.stop().await;
    }

    async fn a_user_has_so_many_sockets_and_no_more(desk: Desk) {
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        let mut sockets = Vec::new();
        for _ in 0..PER_USER {
            sockets.push(desk.socket(&ada).await);
        }
        for _ in 0..3 {
            let mut more = Handshake::new(&desk.base, &ada).open().await.unwrap();
            more.command(json!({"type": "hello", "token": ada.access_token})).await;
            assert_eq!(more.closed().await, 4429);
        }
        let mut others = desk.socket(&bob).await;
        assert_eq!(others.ask(json!({"type": "ticket.leave"})).await["type"], "ok");
        assert_eq!(sockets[0].ask(json!({"type": "ticket.leave"})).await["type"], "ok");
        drop((sockets, others));
        desk.state.hub.emptied().await;
        desk.socket(&ada).await;
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }

    async fn a_request_that_is_no_handshake_opens_nothing(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let cookie = ada.cookie.clone().unwrap();
        let with_key = but(&ada, |_| {});
        for (method, headers) in [
            (Method::GET, vec![]), (Method::GET, vec![("sec-websocket-protocol", "deskwire.v1")]),
            (Method::GET, vec![("sec-websocket-protocol", "deskwire.v1"), ("upgrade", "h2c")]),
            (Method::GET, vec![("sec-websocket-protocol", "deskwire.v2, deskwire"), ("upgrade", "websocket")]),
        ] {
            let request = headers.iter().fold(with_key.request(method, "/ws"), |request, (name, value)| request.header(*name, *value));
            with_key.send(request).await.refused(400, "bad_handshake");
        }
        for line in ["Sec-WebSocket-Version: 8", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ", "Sec-WebSocket-Version: 13"] {
            let request = format!(
                "GET /api/v1/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{line}\r\n\
                 Sec-WebSocket-Protocol: deskwire.v1\r\nCookie: {cookie}\r\n\r\n"
            );
            let answers = exchange(&desk, request.as_bytes()).await;
            assert!(answers.starts_with("HTTP/1.1 400") || answers.starts_with("HTTP/1.1 101"), "{line}: {answers}");
        }
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }
}
