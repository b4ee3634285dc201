//! Security headers, and the form of errors: on every route, whatever its status.

use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Client, Method};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use testkit::database::ThrowawayDatabase;
use testkit::http::PASSWORD;
use testkit::on_every_database;
use testkit::socket::Handshake;
use uuid::Uuid;

use super::document::{World, operations};
use crate::desk::Desk;

/// What every answer says, and what none does.
pub(crate) fn is_guarded(label: &str, headers: &HeaderMap) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-site"),
    ] {
        assert_eq!(headers.get_all(name).iter().count(), 1, "{label} {name}");
        assert_eq!(headers[name], value, "{label}");
    }
    for name in [
        "server",
        "x-powered-by",
        "via",
        "x-aspnet-version",
        "x-runtime",
    ] {
        assert!(!headers.contains_key(name), "{label} {name}");
    }
    assert!(headers.contains_key("x-request-id"), "{label}");
    assert!(
        headers["permissions-policy"]
            .to_str()
            .unwrap()
            .contains("camera=()")
    );
    is_strict(label, headers["content-security-policy"].to_str().unwrap());
}

/// That a policy lets no script in but the app's own.
fn is_strict(label: &str, policy: &str) {
    let directives: BTreeMap<&str, BTreeSet<&str>> = policy
        .split(';')
        .filter_map(|directive| {
            let mut words = directive.split_whitespace();
            Some((words.next()?, words.collect()))
        })
        .collect();
    let own = BTreeSet::from(["'self'"]);
    let none = BTreeSet::from(["'none'"]);
    for (name, sources) in [
        ("default-src", &own),
        ("script-src", &own),
        ("object-src", &none),
        ("base-uri", &none),
        ("frame-ancestors", &none),
        ("form-action", &own),
    ] {
        assert_eq!(
            directives.get(name),
            Some(sources),
            "{label} {name}: {policy}"
        );
    }
    for (name, sources) in &directives {
        for source in sources {
            let open = [
                "*",
                "http:",
                "https:",
                "ws:",
                "wss:",
                "'unsafe-eval'",
                "'wasm-unsafe-eval'",
            ];
            assert!(
                !open.contains(source) && !source.contains('*'),
                "{label} {name}: {policy}"
            );
            let inline = *source == "'unsafe-inline'";
            assert!(!inline || *name == "style-src", "{label} {name}: {policy}");
            let data = matches!(*source, "data:" | "blob:");
            assert!(!data || *name == "img-src", "{label} {name}: {policy}");
        }
    }
}

/// Everything about an answer of any route.
async fn judge(label: &str, api: bool, response: reqwest::Response) -> u16 {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let label = format!("{label}: {status}");
    is_guarded(&label, &headers);
    if api {
        assert_eq!(headers["cache-control"], "no-store", "{label}");
    }
    let text = response.text().await.unwrap();
    if status >= 400 {
        let kind = headers.get("content-type").map(|kind| kind.as_bytes());
        assert_eq!(
            kind,
            Some(b"application/problem+json".as_slice()),
            "{label}"
        );
        if !text.is_empty() {
            let problem: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(
                (&problem["status"], &problem["type"]),
                (&json!(status), &json!("about:blank")),
                "{label}"
            );
            assert_eq!(
                problem["request_id"],
                headers["x-request-id"].to_str().unwrap(),
                "{label}"
            );
        }
    }
    if matches!(status, 429 | 503) {
        assert!(
            headers["retry-after"]
                .to_str()
                .unwrap()
                .parse::<u32>()
                .unwrap()
                > 0,
            "{label}"
        );
    }
    status
}

fn patient() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

on_every_database! {
    async fn every_operation_is_guarded_whatever_it_answers(desk: Desk) {
        let world = World::of(&desk).await;
        let client = patient();
        let mut seen = BTreeSet::new();
        let mut operations = operations();
        // Signing out comes last, or there would be nobody left to ask as.
        operations.sort_by_key(|operation| operation.name == "log_out");
        for operation in operations {
            let (theirs, missing) = world.ids(operation.names);
            for (caller, id) in [
                (&desk.stranger(), &theirs), (&world.bob, &theirs), (&world.mira, &missing), (&world.ada, &"abc".to_owned()),
            ] {
                // In turn: what it is for, no body, a body that is none, another method.
                let requests = [
                    (operation.method.clone(), operation.body().map(|body| body.to_string())),
                    (operation.method.clone(), None), (operation.method.clone(), Some("[".to_owned())),
                    (operation.method.clone(), Some("{\"nonsense\": 1}".to_owned())),
                    (Method::TRACE, None), (Method::DELETE, None), (Method::HEAD, None), (Method::OPTIONS, None),
                ];
                for (method, body) in requests {
                    let request = caller.request(method.clone(), &operation.path_of(id));
                    let request = match body {
                        Some(body) => request.header("content-type", "application/json").body(body),
                        None => request,
                    };
                    let response = client.execute(request.build().unwrap()).await.unwrap();
                    let label = format!("{method} {}", operation.name);
                    seen.insert(judge(&label, operation.path.starts_with('/'), response).await);
                }
            }
        }
        for status in [200, 204, 400, 401, 403, 404, 405, 415, 422] {
            assert!(seen.contains(&status), "no answer was a {status}: {seen:?}");
        }
        assert!(seen.iter().all(|status| *status < 500), "{seen:?}");
        desk.stop().await;
    }

    async fn conflicts_large_bodies_and_faults_are_guarded_too(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let client = patient();
        let say = json!({"client_id": Uuid::new_v4(), "title": "x", "description": "x"});
        let mut other = say.clone();
        other["title"] = json!("y");
        let post = |path: &str| ada.request(Method::POST, path);
        let taken = json!({"email": ada.email, "name": "Eve", "password": PASSWORD});
        // A table that is gone is a fault of ours, which no request can bring about.
        desk.database.execute("DROP TABLE password_resets").await;
        let reset = json!({"token": "x".repeat(43), "password": PASSWORD});
        for (status, request) in [
            (201, post("/tickets").json(&say)), (409, post("/tickets").json(&other)),
            (409, post("/auth/register").json(&taken)), (403, post("/auth/refresh").header("origin", "https://evil.example")),
            (413, post("/tickets").header("content-type", "application/json").body("x".repeat(300_000))),
            (415, post("/tickets").body("x")), (400, ada.request(Method::GET, "/ws")), (500, post("/auth/reset").json(&reset)),
        ] {
            let response = client.execute(request.build().unwrap()).await.unwrap();
            let shown = response.headers()["x-request-id"].clone();
            assert_eq!(judge("conflicts", true, response).await, status);
            assert!(Uuid::try_parse(shown.to_str().unwrap()).is_ok());
        }
        let fault = ada.post("/auth/reset", reset).await;
        fault.refused(500, "internal");
        for word in ["password_resets", "SELECT", "sqlx", "mysql", "sqlite", "table"] {
            assert!(!fault.text.to_lowercase().contains(&word.to_lowercase()), "{}", fault.text);
        }
        ada.get("/me").await.expect(200);
        desk.stop().await;
    }

    async fn who_is_slowed_down_is_guarded_too(database: ThrowawayDatabase) {
        let slow = |config: &mut app::config::Config| config.limits.auth_per_minute = 2;
        let clock = std::sync::Arc::new(app::clock::SystemClock);
        let desk = Desk::configured(database, clock, slow).await;
        let body = json!({"email": "nobody@example.org", "password": PASSWORD});
        let client = patient();
        let mut statuses = Vec::new();
        for _ in 0..4 {
            let request = desk.stranger().request(Method::POST, "/auth/login").json(&body);
            let response = client.execute(request.build().unwrap()).await.unwrap();
            statuses.push(judge("login", true, response).await);
        }
        assert_eq!(statuses, [401, 401, 429, 429]);
        desk.stop().await;
    }

    async fn pages_files_redirects_and_preflights_are_guarded(desk: Desk) {
        let client = patient();
        let page = client.get(&desk.base).send().await.unwrap();
        let text = page.text().await.unwrap();
        let files = text.split('"').filter(|part| part.starts_with('/') || part.starts_with("./") || part.starts_with("assets/"));
        let files: Vec<String> = files.map(|file| format!("/{}", file.trim_start_matches("./").trim_start_matches('/'))).collect();
        assert!(files.iter().any(|file| file.ends_with(".js")), "{files:?}");
        let paths = ["/", "/login", "/tickets/7", "/favicon.svg", "/missing.js", "/assets/", "/.env", "/api", "/api/", "/api/docs", "/api/docs/",
            "/api/openapi.json", "/api/docs/swagger-ui.css", "/api/docs/missing.js", "/api/v1", "/api/v2/me", "/livez", "/readyz"];
        let paths = paths.map(str::to_owned).into_iter().chain(files);
        let mut seen = BTreeSet::new();
        for path in paths {
            for method in [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS] {
                for encoding in ["", "br", "gzip"] {
                    let request = client.request(method.clone(), format!("{}{path}", desk.base));
                    let request = request.header("accept-encoding", encoding).header("if-none-match", "*");
                    let request = request.header("if-modified-since", "Sat, 01 Jan 2050 00:00:00 GMT");
                    let response = request.send().await.unwrap();
                    let kind = response.headers().get("content-type").cloned();
                    let status = judge(&format!("{method} {path}"), path.starts_with("/api"), response).await;
                    assert!(status < 500, "{path}");
                    let kind = kind.map(|kind| kind.to_str().unwrap().to_owned()).unwrap_or_default();
                    let code = std::path::Path::new(&path).extension().is_some_and(|end| end == "js");
                    assert!(!code || status != 200 || kind.contains("javascript"), "{path}: {kind}");
                    seen.insert(status);
                }
            }
        }
        assert!(seen.iter().any(|status| (300..400).contains(status)), "no redirect: {seen:?}");

        for origin in ["https://evil.example", "null", "https://portal.example.org"] {
            for (method, header) in [("POST", "authorization"), ("PURGE", "x-evil"), ("DELETE", "")] {
                let preflight = client.request(Method::OPTIONS, format!("{}/api/v1/tickets", desk.base));
                let preflight = preflight.header("origin", origin).header("access-control-request-method", method);
                let response = preflight.header("access-control-request-headers", header).send().await.unwrap();
                let told = response.headers().get("access-control-allow-origin").cloned();
                assert!(told.is_none() || origin.contains("portal"), "{origin}: {told:?}");
                assert_ne!(told.map(|told| told.to_str().unwrap().to_owned()), Some("*".to_owned()));
                is_guarded(&format!("preflight of {origin} {method}: {}", response.status()), response.headers());
            }
        }
        desk.stop().await;
    }

    async fn the_handshake_is_guarded_whether_or_not_it_succeeds(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let good = || Handshake::new(&desk.base, &ada);
        let (_socket, headers) = good().answer().await.ok().unwrap();
        is_guarded("upgrade", &headers);
        assert_eq!(headers["sec-websocket-protocol"], "deskwire.v1");
        assert!(!headers.contains_key("sec-websocket-extensions") && !headers.contains_key("set-cookie"));
        for (status, handshake) in [
            (400, good().without("sec-websocket-protocol")), (401, good().without("cookie")),
            (403, good().header("origin", "https://evil.example")),
        ] {
            let (refused, headers) = handshake.answer().await.err().unwrap();
            is_guarded("handshake", &headers);
            assert_eq!((refused, headers["content-type"].to_str().unwrap()), (status, "application/problem+json"));
        }
        desk.stop().await;
    }
}
