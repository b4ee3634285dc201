//! What a foreign page can make a browser send, and what a request says of the server's own name.

use reqwest::Method;
use serde_json::json;
use testkit::http::PASSWORD;
use testkit::on_every_database;

use super::document::{Operation, World, operations};
use super::tables::contents;
use super::{but, still_serves};
use crate::desk::Desk;

/// Origins that are not ours, some of which look so.
const FOREIGN: [&str; 13] = [
    "null",
    "https://evil.example",
    "http://localhost",
    "http://localhost:80",
    "https://localhost:8080",
    "http://localhost:8080.evil.example",
    "http://localhost:80800",
    "http://LOCALHOST:8080",
    "http://localhost:8080/",
    "http://evil@localhost:8080",
    "https://portal.example.org.evil.example",
    "https://evilportal.example.org",
    "https://portal.example.org:443",
];

/// The types that a form, or a page without a preflight, can send, with a body that holds JSON.
const FORMS: [(&str, &str); 4] = [
    (
        "application/x-www-form-urlencoded",
        "email=eve%40example.org&password=a+long+enough+passphrase",
    ),
    (
        "text/plain",
        "{\"email\":\"eve@example.org\",\"password\":\"a long enough passphrase\",\"x\":\"=\"}",
    ),
    (
        "multipart/form-data; boundary=x",
        "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\neve@example.org\r\n--x--\r\n",
    ),
    (
        "application/json",
        "{\"email\":\"eve@example.org\",\"password\":\"a long enough passphrase\"}",
    ),
];

/// What needs no access token, and so is what a foreign page would aim at.
fn reachable_by_cookie() -> Vec<Operation> {
    let operations = operations().into_iter();
    let open = operations
        .filter(|operation| !operation.needs_session() && operation.method == Method::POST);
    open.collect()
}

on_every_database! {
    async fn foreign_pages_reach_no_route_that_a_cookie_opens(desk: Desk) {
        let world = World::of(&desk).await;
        let before = contents(&desk.database).await;
        let routes = reachable_by_cookie();
        assert_eq!(routes.len(), 6);
        for operation in &routes {
            for (kind, body) in FORMS {
                let from = |origin: Option<&str>, site: Option<&str>| {
                    let mut request = world.ada.request(Method::POST, &operation.path).header("content-type", kind);
                    for (name, value) in [("origin", origin), ("sec-fetch-site", site)] {
                        if let Some(value) = value {
                            request = request.header(name, value);
                        }
                    }
                    world.ada.send(request.body(body))
                };
                for origin in FOREIGN {
                    // A browser before Sec-Fetch-Site, and one that has it.
                    for site in [None, Some("cross-site"), Some("same-site")] {
                        let answer = from(Some(origin), site).await;
                        assert_eq!(answer.status, 403, "{} {kind} {origin} {site:?}: {}", operation.name, answer.text);
                        answer.refused(403, "origin_not_allowed");
                        assert!(answer.headers.get("access-control-allow-origin").is_none(), "{origin}");
                        assert_eq!(answer.cookies().count(), 0);
                    }
                }
                for site in ["cross-site", "same-site", "none", "Same-Origin", "same-origin, cross-site", "\u{ff}"] {
                    from(None, Some(site)).await.refused(403, "origin_not_allowed");
                }
            }
        }
        assert_eq!(contents(&desk.database).await, before);
        still_serves(&desk, &world.ada).await;
        desk.stop().await;
    }

    async fn bodies_that_need_no_preflight_are_no_json(desk: Desk) {
        let world = World::of(&desk).await;
        let before = contents(&desk.database).await;
        let kinds = [
            "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json", "*/*",
            "application/jsonp", "application/json-patch+json", "application/x-json", "text/plain; application/json",
            "multipart/form-data; application/json", "application/json, text/plain", "",
        ];
        for operation in operations().iter().filter(|operation| operation.body().is_some()) {
            let (id, _) = world.ids(operation.names);
            let body = operation.body().unwrap().to_string();
            for kind in kinds {
                let request = world.mira.request(operation.method.clone(), &operation.path_of(&id));
                let answer = world.mira.send(request.header("content-type", kind).body(body.clone())).await;
                assert_eq!(answer.status, 415, "{} {kind:?}: {}", operation.name, answer.text);
                answer.refused(415, "unsupported_media_type");
            }
        }
        assert_eq!(contents(&desk.database).await, before);
        desk.stop().await;
    }

    async fn reading_changes_nothing(desk: Desk) {
        let world = World::of(&desk).await;
        let before = contents(&desk.database).await;
        let sessions = world.ada.get("/auth/sessions").await.expect(200)["items"].as_array().unwrap().len();
        for operation in operations() {
            let (id, _) = world.ids(operation.names);
            for caller in [&world.ada, &world.bob, &world.mira, &desk.stranger()] {
                // As links on a foreign page would: with every cookie, and with what asks for another method.
                for (method, query) in [
                    (Method::GET, ""), (Method::HEAD, ""), (Method::OPTIONS, ""), (Method::GET, "?_method=DELETE&method=POST"),
                ] {
                    let request = caller.request(method.clone(), &(operation.path_of(&id) + query));
                    let request = request.header("x-http-method-override", "DELETE").header("x-method-override", "POST");
                    let answer = caller.send(request.header("x-http-method", "PATCH")).await;
                    assert!(answer.status.as_u16() < 500, "{method} {}: {}", operation.name, answer.text);
                    if operation.method != Method::GET && method == Method::GET && query.is_empty() {
                        assert!(matches!(answer.status.as_u16(), 200 | 401 | 403 | 404 | 405), "{}", operation.name);
                    }
                }
            }
        }
        assert_eq!(contents(&desk.database).await, before);
        let left = world.ada.get("/auth/sessions").await.expect(200)["items"].as_array().unwrap().len();
        assert_eq!(left, sessions);
        still_serves(&desk, &world.mira).await;
        desk.stop().await;
    }

    async fn another_method_is_not_taken_from_a_header(desk: Desk) {
        let ada = desk.customer("Ada").await;
        for header in ["x-http-method-override", "x-http-method", "x-method-override"] {
            for (path, asked) in [("/auth/sessions", "DELETE"), ("/me", "PATCH"), ("/me/password", "PUT")] {
                let request = ada.request(Method::POST, path).header(header, asked).json(&json!({"name": "Eve"}));
                ada.send(request).await.refused(405, "method_not_allowed");
            }
        }
        assert_eq!(ada.get("/me").await.expect(200)["name"], "Ada");
        desk.stop().await;
    }

    async fn the_server_believes_no_header_about_its_own_name(desk: Desk) {
        let world = World::of(&desk).await;
        let forged = |request: reqwest::RequestBuilder| {
            let headers = [
                ("host", "evil.example"), ("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "https"),
                ("x-forwarded-server", "evil.example"), ("x-forwarded-port", "443"), ("x-forwarded-prefix", "/evil"),
                ("x-original-url", "/api/v1/users/1/reset"), ("x-rewrite-url", "/api/v1/users/1/reset"),
                ("x-forwarded-for", "203.0.113.7"), ("x-real-ip", "203.0.113.7"), ("true-client-ip", "203.0.113.7"),
                ("forwarded", "for=203.0.113.7;host=evil.example;proto=https"), ("x-host", "evil.example"),
            ];
            headers.into_iter().fold(request, |request, (name, value)| request.header(name, value))
        };
        let (ada, mira) = (&world.ada, &world.mira);
        let path = format!("/users/{}/reset", ada.user_id);
        let link = mira.send(forged(mira.request(Method::POST, &path))).await.expect(201);
        let link = link["url"].as_str().unwrap().to_owned();
        assert!(link.starts_with("http://localhost:8080/reset#token="), "{link}");

        let login = json!({"email": ada.email, "password": PASSWORD});
        let plain = desk.stranger();
        let answer = plain.send(forged(plain.request(Method::POST, "/auth/login")).json(&login)).await;
        let cookie = answer.cookie("__Host-deskwire");
        assert!(cookie.contains("; Secure") && cookie.contains("; Path=/") && !cookie.contains("Domain"), "{cookie}");
        assert!(!format!("{:?}{}", answer.headers, answer.text).contains("evil"), "{:?}", answer.headers);
        let mut again = ada.clone();
        again.keep(&answer);
        let sessions = again.get("/auth/sessions").await.expect(200);
        for session in sessions["items"].as_array().unwrap() {
            assert_eq!(session["address"], "127.0.0.1");
        }

        let patient = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        for path in ["/api/docs", "/", "/login", "/api/docs/", "//evil.example/%2f..", "/api/v1/me", "/\\evil.example"] {
            let answer = patient.get(format!("{}{path}", desk.base));
            let answer = forged(answer).send().await.unwrap();
            let headers = format!("{:?}", answer.headers());
            assert!(!headers.contains("evil") && answer.status().as_u16() < 500, "{path}: {headers}");
            if let Some(location) = answer.headers().get("location") {
                let location = location.to_str().unwrap();
                assert!(location.starts_with('/') && !location.starts_with("//"), "{location}");
            }
            assert!(!answer.text().await.unwrap().contains("evil.example"), "{path}");
        }
        // Its own name for itself makes no origin one of ours.
        let refresh = forged(ada.request(Method::POST, "/auth/refresh")).header("origin", "https://evil.example");
        ada.send(refresh).await.refused(403, "origin_not_allowed");
        still_serves(&desk, ada).await;
        desk.stop().await;
    }

    async fn a_cookie_beside_the_right_one_gets_nobody_in(desk: Desk) {
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        let (theirs, own) = (bob.cookie.clone().unwrap(), ada.cookie.clone().unwrap());
        let value = own.split_once('=').unwrap().1.to_owned();
        let cookies = |text: String| but(&ada, |ada| ada.cookie = Some(text));
        // Names that a sibling could set, with whatever value: they are not read.
        for name in ["deskwire", "__host-deskwire", "__Secure-deskwire", " __Host-deskwire2", "$__Host-deskwire"] {
            cookies(format!("{name}={value}")).get("/me").await.refused(401, "unauthenticated");
            cookies(format!("{name}={value}")).post_empty("/auth/refresh").await.refused(401, "unauthenticated");
            cookies(format!("{name}=evil; {own}")).get("/me").await.expect(200);
        }
        // Another's genuine cookie in front of, or behind, one's own never makes one the other.
        for both in [format!("{theirs}; {own}"), format!("{own}; {theirs}"), format!("{own}; __Host-deskwire=")] {
            let answer = cookies(both).get("/me").await;
            assert!(answer.status == 401 || answer.json["id"] == ada.user_id, "{}", answer.text);
        }
        still_serves(&desk, &bob).await;
        desk.stop().await;
    }

    async fn of_two_refresh_cookies_none_is_taken(desk: Desk) {
        // Where the name has no prefix that pins it, on plain http, a sibling of the host can put its own cookie in
        // front: whoever refreshes would go on in the session of somebody else.
        let (ada, bob) = (desk.customer("Ada").await, desk.customer("Bob").await);
        let (theirs, own) = (bob.cookie.clone().unwrap(), ada.cookie.clone().unwrap());
        for both in [format!("{theirs}; {own}"), format!("{own}; {theirs}")] {
            let caller = but(&ada, |ada| ada.cookie = Some(both));
            caller.get("/me").await.refused(401, "unauthenticated");
            caller.post_empty("/auth/refresh").await.refused(401, "unauthenticated");
        }
        desk.stop().await;
    }
}

#[test]
fn every_route_that_a_cookie_opens_is_one_that_is_tried() {
    let mut names: Vec<_> = reachable_by_cookie()
        .into_iter()
        .map(|operation| operation.name)
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "log_in",
            "log_out",
            "refresh",
            "register",
            "reset_password",
            "set_up"
        ]
    );
}
