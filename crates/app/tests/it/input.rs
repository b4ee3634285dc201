//! Bad input: a clear error that names the field, and nothing half written.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::on_every_database;
use uuid::Uuid;

use crate::desk::Desk;

on_every_database! {
    async fn bad_bodies_name_what_is_wrong(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let good = || json!({"client_id": Uuid::new_v4(), "title": "Printer", "description": "Fire"});
        let with = |field: &str, value: Value| {
            let mut body = good();
            body[field] = value;
            body
        };
        for (body, field, code) in [
            (with("title", json!("x".repeat(201))), "title", "too_long"),
            (with("title", json!("  ")), "title", "empty"),
            (with("title", json!("a\u{0}b")), "title", "control_characters"),
            (with("description", json!("x".repeat(10_001))), "description", "too_long"),
            (with("description", json!("\u{0}")), "description", "control_characters"),
            (with("description", json!(7)), "description", "wrong_type"),
            (with("client_id", json!("no uuid")), "client_id", "wrong_type"),
            (with("category_id", json!(9_999)), "category_id", "out_of_range"),
            (with("category_id", json!(1e300)), "category_id", "wrong_type"),
            (with("priority", json!("top")), "priority", "unknown_value"),
        ] {
            let answer = ada.post("/tickets", body).await;
            answer.refused(422, "invalid");
            assert_eq!(answer.fields(), [(field.to_owned(), code.to_owned())]);
        }
        assert_eq!(ada.get("/tickets").await.expect(200)["items"], json!([]));
        // The largest that fits does fit.
        let most = json!({
            "client_id": Uuid::new_v4(), "title": "ü".repeat(200), "description": "😀".repeat(10_000),
        });
        ada.post("/tickets", most).await.expect(201);
        desk.stop().await;
    }

    async fn bodies_that_are_no_json_are_told_apart(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let post = || ada.request(Method::POST, "/tickets");
        let json_type = ("content-type", "application/json");
        for broken in ["", "{", "[1,", "\u{feff}{}", "{\"title\": \"\\ud800\"}"] {
            let answer = ada.send(post().header(json_type.0, json_type.1).body(broken)).await;
            answer.refused(400, "malformed_json");
        }
        let good = json!({"client_id": Uuid::new_v4(), "title": "x", "description": "x"}).to_string();
        let plain = post().header("content-type", "text/plain").body(good.clone());
        ada.send(plain).await.refused(415, "unsupported_media_type");
        ada.send(post().body(good.clone())).await.refused(415, "unsupported_media_type");
        let packed = post().header(json_type.0, json_type.1).header("content-encoding", "gzip");
        ada.send(packed.body(good)).await.refused(415, "unsupported_media_type");
        let huge = format!("{{\"title\": \"{}\"}}", "x".repeat(400_000));
        let huge = post().header(json_type.0, json_type.1).body(huge);
        ada.send(huge).await.refused(413, "payload_too_large");
        let deep = "[".repeat(100_000);
        let deep = post().header(json_type.0, json_type.1).body(deep);
        ada.send(deep).await.refused(400, "malformed_json");
        desk.stop().await;
    }

    async fn a_body_that_never_comes_is_not_waited_for(desk: Desk) {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let address = desk.base.trim_start_matches("http://");
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let head = "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
            Content-Length: 100\r\n\r\n{";
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = [0; 12];
        let read = tokio::time::timeout(std::time::Duration::from_secs(40), stream.read_exact(&mut answer));
        read.await.unwrap().unwrap();
        assert_eq!(&answer, b"HTTP/1.1 400");
        desk.stop().await;
    }

    async fn bad_queries_and_paths_are_refused(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = ada.open_ticket("Printer").await;
        for query in [
            "limit=0", "limit=101", "limit=1e9", "limit=-1", "sort=age", "status=gone", "assignee=you",
            "owner=1", "q=a&q=b", "category=x",
        ] {
            ada.get(&format!("/tickets?{query}")).await.refused(422, "invalid");
        }
        ada.get(&format!("/tickets/{id}/timeline?after=1&before=2")).await.refused(422, "invalid");
        ada.get(&format!("/tickets/{id}/timeline?after=-1")).await.refused(422, "invalid");
        for path in ["/tickets/abc", "/tickets/-1", "/tickets/99999999999999999999", "/tickets/1%2F..", "/nothing"] {
            ada.get(path).await.refused(404, "not_found");
        }
        let wrong = ada.send(ada.request(Method::DELETE, &format!("/tickets/{id}"))).await;
        wrong.refused(405, "method_not_allowed");
        assert_eq!(wrong.headers["allow"], "GET, PATCH");
        desk.stop().await;
    }

    async fn every_answer_carries_the_security_headers_and_a_request_id(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let mut answers = Vec::new();
        for (method, path) in [
            (Method::GET, "/me"), (Method::GET, "/nothing"), (Method::DELETE, "/me"), (Method::GET, "/ws"),
            (Method::POST, "/tickets"), (Method::GET, "livez"), (Method::GET, "readyz"), (Method::GET, "login"),
            (Method::GET, "api/docs/"), (Method::GET, "api/openapi.json"), (Method::GET, "no.such.file"),
            (Method::POST, "login"),
        ] {
            answers.push((path, ada.send(ada.request(method, path)).await));
            answers.push((path, desk.stranger().get(path).await));
        }
        for (path, answer) in answers {
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
                ("x-frame-options", "DENY"),
                ("cross-origin-opener-policy", "same-origin"),
            ] {
                assert_eq!(answer.headers[name], value, "{path}");
            }
            let policy = answer.headers["content-security-policy"].to_str().unwrap();
            assert!(policy.contains("script-src 'self';"), "{policy}");
            assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
            let id = answer.headers["x-request-id"].to_str().unwrap();
            assert!(Uuid::try_parse(id).is_ok());
            if let Some(told) = answer.json["request_id"].as_str() {
                assert_eq!(told, id, "{path}");
            }
            if path.starts_with('/') {
                assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
            }
        }
        desk.stop().await;
    }

    async fn health_names_each_dependency(desk: Desk) {
        let caller = desk.stranger();
        assert_eq!(caller.get("livez").await.status, 204);
        let ready = caller.get("readyz").await.expect(200);
        assert_eq!(ready["ready"], true);
        let names: Vec<_> = ready["dependencies"].as_array().unwrap().iter().map(|d| &d["name"]).collect();
        assert_eq!(names, ["database", "sessions"]);

        desk.state.draining.store(true, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(caller.get("readyz").await.expect(503)["draining"], true);
        for (path, status) in [("livez", 204), ("readyz", 503)] {
            let head = caller.send(caller.request(Method::HEAD, path)).await;
            assert_eq!(head.status, status, "{path}");
        }
        desk.stop().await;
    }
}
