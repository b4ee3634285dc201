//! Requests that two servers could read differently: refused, and nothing behind them is answered.

use testkit::on_every_database;

use super::raw::{exchange, statuses};
use super::still_serves;
use crate::desk::Desk;

/// What an attacker hides behind another request.
const HIDDEN: &str = "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Head and body of requests whose length, or end, is in doubt.
const DOUBTFUL: [(&str, &str); 25] = [
    (
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "0\r\n\r\n",
    ),
    (
        "Transfer-Encoding: chunked\r\nContent-Length: 0",
        "0\r\n\r\n",
    ),
    ("Content-Length: 0\r\nContent-Length: 42", ""),
    ("Content-Length: 0\r\nContent-Length: 0", ""),
    ("Content-Length: 0, 42", ""),
    ("Content-Length: +0", ""),
    ("Content-Length: -1", ""),
    ("Content-Length: 0x0", ""),
    ("Content-Length: 99999999999999999999", ""),
    ("Content-Length:", ""),
    ("Content-Length : 0", ""),
    ("Transfer-Encoding: xchunked", "0\r\n\r\n"),
    ("Transfer-Encoding: chunked, identity", "0\r\n\r\n"),
    ("Transfer-Encoding: identity, chunked", "0\r\n\r\n"),
    ("Transfer-Encoding: gzip, chunked", "0\r\n\r\n"),
    (
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "0\r\n\r\n",
    ),
    (
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "0\r\n\r\n",
    ),
    ("Transfer-Encoding : chunked", "0\r\n\r\n"),
    ("Transfer-Encoding: \u{b}chunked", "0\r\n\r\n"),
    ("X: y\r\n Transfer-Encoding: chunked", "0\r\n\r\n"),
    (
        "Transfer-Encoding: chunked",
        "FFFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n",
    ),
    ("Transfer-Encoding: chunked", "-1\r\nx\r\n0\r\n\r\n"),
    ("Transfer-Encoding: chunked", "0x1\r\nx\r\n0\r\n\r\n"),
    ("Transfer-Encoding: chunked", "1\r\nxx\r\n0\r\n\r\n"),
    ("X\u{0}: y\r\nContent-Length: 0", ""),
];

on_every_database! {
    async fn nothing_behind_a_doubtful_request_is_answered(desk: Desk) {
        let ada = desk.customer("Ada").await;
        for (head, body) in DOUBTFUL {
            for path in ["/api/v1/auth/login", "/api/v1/auth/logout", "/login"] {
                let request = format!(
                    "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{head}\r\n\r\n{body}{HIDDEN}"
                );
                let answers = exchange(&desk, request.as_bytes()).await;
                assert!(!answers.contains("dependencies"), "{head:?} {path}: {answers}");
                // Signing out needs no body, so it may be done before the body turns out to be none.
                for status in statuses(&answers) {
                    let done = status == 204 && path.ends_with("logout");
                    assert!(done || (400..500).contains(&status), "{head:?} {path}: {answers}");
                }
            }
        }
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }

    async fn requests_that_are_none_are_refused(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let many = "X: y\r\n".repeat(500);
        let long = "x".repeat(200_000);
        for request in [
            "\r\n\r\n".to_owned(), "GET\r\n\r\n".to_owned(), "\u{16}\u{3}\u{1}\u{2}".to_owned(),
            "GET /livez HTTP/9.9\r\n\r\n".to_owned(), "GET  /livez HTTP/1.1\r\n\r\n".to_owned(),
            "GET /livez\u{0} HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
            "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(),
            "TRACE /api/v1/me HTTP/1.1\r\nHost: x\r\nCookie: secret=1\r\n\r\n".to_owned(),
            "G\u{1}T /livez HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
            "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".to_owned(),
            "GET /livez HTTP/1.1\r\nX: a\u{0}b\r\n\r\n".to_owned(), "GET /livez HTTP/1.1\r\nX: a\rb\r\n\r\n".to_owned(),
            "GET /livez HTTP/1.1\r\n: y\r\n\r\n".to_owned(), "GET /livez HTTP/1.1\r\nX\r\n\r\n".to_owned(),
            format!("GET /livez HTTP/1.1\r\nHost: x\r\n{many}\r\n"), format!("GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n"),
            format!("GET /livez HTTP/1.1\r\nX: {long}\r\n\r\n"),
        ] {
            let answers = exchange(&desk, request.as_bytes()).await;
            let statuses = statuses(&answers);
            let shown = request.chars().take(80).collect::<String>();
            assert!(statuses.iter().all(|status| (400..500).contains(status)), "{shown:?}: {answers}");
            assert!(statuses.len() <= 1 && !answers.contains("secret=1"), "{shown:?}: {answers}");
        }
        still_serves(&desk, &ada).await;
        desk.stop().await;
    }

    async fn plain_requests_on_one_line_are_answered_in_order(desk: Desk) {
        // Or else the tests above would prove nothing.
        let body = "POST /api/v1/auth/logout HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
        let answers = exchange(&desk, format!("{HIDDEN}{body}{HIDDEN}").as_bytes()).await;
        assert_eq!(statuses(&answers), [200, 204, 200], "{answers}");
        desk.stop().await;
    }
}
