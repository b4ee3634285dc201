//! Exports of tickets.

use std::collections::HashSet;
use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use testkit::http::Caller;
use testkit::{many_tickets, on_every_database};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use uuid::Uuid;

use crate::desk::Desk;

/// A machine that is busy with other tests is no fault of the application.
const PATIENCE: Duration = Duration::from_secs(30);

/// The file, as the lines that a reader of CSV makes of it, without the first.
async fn export(caller: &Caller, query: &str) -> Vec<csv::StringRecord> {
    let answer = caller.get(&format!("/tickets/export{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    lines(&answer.text)
}

fn lines(text: &str) -> Vec<csv::StringRecord> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<_> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        names.join(","),
        "number,title,status,priority,category,requester,assignee,waiting_on,created_at,\
        updated_at,closed_at,last_message"
    );
    reader.records().map(|line| line.unwrap()).collect()
}

/// Asks for an export over a connection for which the kernel holds little.
async fn slow_export(caller: &Caller, desk: &Desk) -> TcpStream {
    let host = desk.base.trim_start_matches("http://");
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(32 * 1024).unwrap();
    let mut stream = socket.connect(host.parse().unwrap()).await.unwrap();
    let (cookie, token) = (caller.cookie.as_deref(), caller.access_token.as_deref());
    let request = format!(
        "GET /api/v1/tickets/export HTTP/1.1\r\nHost: {host}\r\nCookie: {}\r\nAuthorization: Bearer {}\r\n\r\n",
        cookie.unwrap(),
        token.unwrap()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

on_every_database! {
    async fn an_export_is_a_file_of_what_a_list_shows(desk: Desk) {
        let (ada, mira) = (desk.customer("=Ada").await, desk.admin("Mira").await);
        let id = ada.open_ticket("+1 \"Printer\", again").await;
        let note = json!({"client_id": Uuid::new_v4(), "body": "Secret", "kind": "note"});
        ada.say(id, "@Mira:\nHelp, 🙏").await;
        mira.post(&format!("/tickets/{id}/messages"), note).await.expect(201);
        mira.patch(&format!("/tickets/{id}"), json!({"seen_seq": 3, "assignee_id": mira.user_id})).await.expect(200);
        ada.set_status(id, "closed").await.expect(200);

        let answer = mira.get("/tickets/export").await;
        assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
        let name = answer.headers["content-disposition"].to_str().unwrap();
        let date = name.strip_prefix("attachment; filename=\"tickets-").and_then(|n| n.strip_suffix(".csv\""));
        assert_eq!(date.map(|date| date.len()), Some("2026-01-31".len()), "{name}");
        assert!(!answer.headers.contains_key("content-length"));
        // reqwest takes the mark off when it reads text, so it is looked for in the bytes.
        let bytes = mira.request(Method::GET, "/tickets/export").send().await.unwrap().bytes().await.unwrap();
        assert!(bytes.starts_with("\u{feff}\"number\"".as_bytes()));

        let ticket = mira.get(&format!("/tickets/{id}")).await.expect(200)["ticket"].clone();
        let text = |name: &str| ticket[name].as_str().unwrap().to_owned();
        let lines = lines(&answer.text);
        assert_eq!(lines.len(), 1);
        let line: Vec<_> = lines[0].iter().map(str::to_owned).collect();
        assert_eq!(line, [
            id.to_string(), "'+1 \"Printer\", again".into(), "closed".into(), "normal".into(), String::new(),
            "'=Ada".into(), "Mira".into(), "nobody".into(), text("created_at"), text("updated_at"),
            text("closed_at"), "'@Mira: Help, 🙏".into(),
        ]);
        assert!(!answer.text.contains("Secret"));
        desk.stop().await;
    }

    async fn only_admins_export(desk: Desk) {
        let ada = desk.customer("Ada").await;
        ada.open_ticket("Printer").await;
        ada.get("/tickets/export").await.refused(403, "forbidden");
        ada.get(&format!("/tickets/export?requester={}", ada.user_id)).await.refused(403, "forbidden");
        desk.stranger().get("/tickets/export").await.refused(401, "unauthenticated");
        desk.stop().await;
    }

    async fn an_export_has_the_filters_of_the_list(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let printer = ada.open_ticket("Printer").await.to_string();
        let flood = ada.open_ticket("Flood").await;
        mira.set_status(flood, "pending").await.expect(200);
        let flood = flood.to_string();
        let numbers = async |query: &str| {
            let lines = export(&mira, query).await;
            lines.iter().map(|line| line[0].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(numbers("").await, [flood.clone(), printer.clone()]);
        assert_eq!(numbers("?status=pending").await.join(" "), flood);
        assert_eq!(numbers("?q=print").await.join(" "), printer);
        assert_eq!(numbers("?waiting_on=staff").await.join(" "), printer);
        assert_eq!(numbers("?sort=updated&assignee=me").await.join(" "), "");
        mira.get("/tickets/export?limit=1").await.refused(422, "invalid");
        desk.stop().await;
    }

    async fn thousands_of_tickets_come_in_parts_each_once(desk: Desk) {
        let mira = desk.admin("Mira").await;
        many_tickets::fill(&desk.database, 2_500).await;
        for sort in ["created", "priority"] {
            let lines = export(&mira, &format!("?sort={sort}")).await;
            let numbers: HashSet<_> = lines.iter().map(|line| line[0].to_owned()).collect();
            assert_eq!((lines.len(), numbers.len()), (2_500, 2_500), "{sort}");
        }
        let closed = export(&mira, "?status=closed").await;
        assert!(closed.len() > 1_500 && closed.iter().all(|line| &line[2] == "closed"));
        desk.stop().await;
    }

    async fn an_export_says_that_a_search_finds_more_than_it_holds(desk: Desk) {
        let mira = desk.admin("Mira").await;
        many_tickets::fill(&desk.database, 1_200).await;
        let answer = mira.get("/tickets/export?q=ticket").await;
        assert_eq!(answer.headers["deskwire-truncated"], "true");
        assert_eq!(lines(&answer.text).len(), 1_000);
        for query in ["", "?q=number77", "?status=closed"] {
            let answer = mira.get(&format!("/tickets/export{query}")).await;
            assert!(!answer.headers.contains_key("deskwire-truncated"), "{query}");
        }
        desk.stop().await;
    }

    async fn an_export_that_fails_in_the_middle_does_not_look_whole(desk: Desk) {
        let mira = desk.admin("Mira").await;
        many_tickets::fill(&desk.database, 1_200).await;
        // Such a title cannot be read; it is that of the ticket that comes last.
        let last = "SELECT id FROM (SELECT id FROM tickets ORDER BY updated_at, id LIMIT 1) AS last";
        let broken = format!("UPDATE tickets SET title = ' ' WHERE id = ({last})");
        desk.database.execute(&broken).await;
        let mut answer = mira.request(Method::GET, "/tickets/export").send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let mut read = 0;
        let end = loop {
            match answer.chunk().await {
                Ok(Some(chunk)) => read += chunk.len(),
                end => break end,
            }
        };
        assert!(end.is_err(), "looks whole after {read} bytes");
        desk.stop().await;
    }

    async fn an_export_ends_with_the_rights_to_it(desk: Desk) {
        let (mira, olga) = (desk.admin("Mira").await, desk.admin("Olga").await);
        many_tickets::fill(&desk.database, 20_000).await;
        // The kernels hold less than a fifth of it: the rest is not made before this end reads on.
        let mut reader = slow_export(&mira, &desk).await;
        let mut file = vec![0; 4096];
        reader.read_exact(&mut file).await.unwrap();
        olga.patch(&format!("/users/{}", mira.user_id), json!({"role": "user"})).await.expect(200);
        // A reset is an end too.
        let _ = tokio::time::timeout(PATIENCE, reader.read_to_end(&mut file)).await.unwrap();
        let file = String::from_utf8_lossy(&file);
        assert!(file.starts_with("HTTP/1.1 200"), "{file}");
        assert!(!file.ends_with("\r\n0\r\n\r\n"), "looks whole");
        desk.stop().await;
    }
}
