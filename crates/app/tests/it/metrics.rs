//! The numbers for operators: on a listener of their own, true, and there when the database is not.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::clock::SystemClock;
use serde_json::json;
use testkit::database::{ThrowawayDatabase, on_mysql, on_sqlite};
use testkit::http::{Caller, PASSWORD};
use testkit::on_every_database;
use uuid::Uuid;

use crate::desk::Desk;
use crate::faults::desk_with_a_line_to_its_database;

/// Against hanging.
const IN_TIME: Duration = Duration::from_secs(10);

/// The samples of a scrape by name and labels.
struct Scrape(BTreeMap<String, f64>);

impl Scrape {
    async fn of(base: &str) -> Scrape {
        let answer = reqwest::get(format!("{base}/metrics")).await.unwrap();
        assert_eq!(answer.status(), 200);
        let kind = answer.headers()["content-type"].to_str().unwrap();
        assert!(kind.starts_with("application/openmetrics-text;"), "{kind}");
        let text = answer.text().await.unwrap();
        is_well_formed(&text);
        let samples = text.lines().filter(|line| !line.starts_with('#'));
        let samples = samples.map(|line| {
            let (name, value) = line.rsplit_once(' ').unwrap();
            (name.to_owned(), value.parse().unwrap())
        });
        Scrape(samples.collect())
    }

    fn get(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }

    fn value(&self, name: &str) -> f64 {
        let value = self.get(name);
        value.unwrap_or_else(|| panic!("{name} is not among {:#?}", self.0.keys()))
    }
}

/// That each name is said once, with its meaning, before its samples, and begins as ours do.
fn is_well_formed(text: &str) {
    assert!(text.ends_with("# EOF\n"), "{text}");
    let mut told = Vec::new();
    for line in text.lines().filter(|line| *line != "# EOF") {
        if let Some(help) = line.strip_prefix("# HELP ") {
            let (name, help) = help.split_once(' ').unwrap();
            assert!(help.len() > 10 && help.ends_with('.'), "{line}");
            assert!(!told.contains(&name), "{name} is told twice");
            let ours = name.starts_with("deskwire_") || name.starts_with("process_");
            assert!(ours, "{name}");
            told.push(name);
        } else if !line.starts_with("# ") {
            let of = told.last().unwrap();
            assert!(line.starts_with(*of), "{line} is under {of}");
        }
    }
}

impl Desk {
    /// A desk with metrics, and where they are.
    async fn measured(database: ThrowawayDatabase) -> (Desk, String) {
        let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
        let desk = Desk::configured(database, Arc::new(SystemClock), |config| {
            config.server.metrics_listen = Some(any_port);
        });
        let desk = desk.await;
        let metrics = desk.metrics.clone().unwrap();
        (desk, metrics)
    }
}

on_every_database! {
    async fn requests_are_counted_by_method_route_and_status(database: ThrowawayDatabase) {
        let (desk, metrics) = Desk::measured(database).await;
        let ada = desk.customer("Ada").await;
        let ticket = ada.open_ticket("Printer").await;
        for _ in 0..3 {
            ada.say(ticket, "Hello?").await;
        }
        ada.get("/tickets/999999").await.refused(404, "not_found");
        // What clients invent makes no series of its own.
        for path in ["/nonsense/1", "/nonsense/2"] {
            desk.stranger().get(path).await.refused(404, "not_found");
        }
        let invented = reqwest::Method::from_bytes(b"BREW").unwrap();
        let brewed = desk.stranger();
        brewed.send(brewed.request(invented, "/me")).await;

        let scrape = Scrape::of(&metrics).await;
        let requests = |labels: &str| scrape.value(&format!("deskwire_http_requests_total{{{labels}}}"));
        let said = r#"method="POST",route="/api/v1/tickets/{id}/messages",status="201""#;
        assert_eq!(requests(said), 3.0);
        let missing = r#"method="GET",route="/api/v1/tickets/{id}",status="404""#;
        assert_eq!(requests(missing), 1.0);
        assert_eq!(requests(r#"method="GET",route="unmatched",status="404""#), 2.0);
        assert!(!scrape.0.keys().any(|name| name.contains("BREW") || name.contains("nonsense")));
        let timed = r#"deskwire_http_request_duration_seconds_count{route="/api/v1/tickets/{id}/messages"}"#;
        assert_eq!(scrape.value(timed), 3.0);
        assert_eq!(scrape.value(r#"deskwire_problems_total{protocol="http",code="not_found"}"#), 3.0);
        assert_eq!(scrape.value(r#"deskwire_problems_total{protocol="http",code="rate_limited"}"#), 0.0);
        desk.stop().await;
    }

    async fn sockets_and_what_they_depend_on_are_seen_as_they_are(database: ThrowawayDatabase) {
        let production = database.is_mysql();
        let (desk, metrics) = Desk::measured(database).await;
        let ada = desk.customer("Ada").await;
        let ticket = ada.open_ticket("Printer").await;
        let mut socket = desk.socket(&ada).await;
        socket.join(ticket, None).await;
        ada.say(ticket, "Hello?").await;
        socket.expect("entry").await;
        let open = json!({"type": "ticket.status", "client_id": Uuid::new_v4(), "status": "open"});
        assert_eq!(socket.ask(open).await["code"], "forbidden");

        let scrape = Scrape::of(&metrics).await;
        for (name, value) in [
            ("deskwire_sockets", 1.0),
            ("deskwire_socket_users", 1.0),
            ("deskwire_rooms", 1.0),
            ("deskwire_room_members", 1.0),
            ("deskwire_deliveries_total", 1.0),
            ("deskwire_socket_slow_closes_total", 0.0),
            ("deskwire_database_up", 1.0),
            (r#"deskwire_problems_total{protocol="socket",code="forbidden"}"#, 1.0),
            (r#"deskwire_build_info{version="0.1.0"}"#, 1.0),
        ] {
            assert_eq!(scrape.value(name), value, "{name}");
        }
        assert!(scrape.value("deskwire_outbox_entries") < 3.0);
        assert!(scrape.value("deskwire_outbox_oldest_seconds") < 60.0);
        let redis = production.then_some(1.0);
        assert_eq!(scrape.get("deskwire_redis_up"), redis);
        assert_eq!(scrape.get("deskwire_fanout_up").is_some(), production);
        let pools: &[&str] = if production { &["all"] } else { &["writer", "readers"] };
        for pool in pools {
            let of = |what| scrape.value(&format!("deskwire_database_connections_{what}{{pool=\"{pool}\"}}"));
            assert!(of("idle") <= of("open") && of("open") <= of("max"), "{pool}");
            assert!(of("open") >= 1.0, "{pool}");
        }
        assert!(scrape.value("process_start_time_seconds") > 1.7e9);
        assert!(scrape.value("process_resident_memory_bytes") > 1e6);
        assert!(scrape.value("process_open_fds") > 3.0);
        drop(socket);
        desk.stop().await;
    }
}

#[test]
fn metrics_are_on_no_other_port_and_nothing_else_is_on_theirs() {
    on_sqlite(|database: ThrowawayDatabase| async {
        let (desk, metrics) = Desk::measured(database).await;
        let there = Caller::new(&metrics);
        for path in ["", "metrics/", "livez", "readyz", "/me", "api/openapi.json"] {
            let answer = there.get(path).await;
            assert_eq!(
                (answer.status.as_u16(), answer.text.as_str()),
                (404, ""),
                "{path}"
            );
        }
        let posted = there.request(reqwest::Method::POST, "metrics");
        assert_eq!(there.send(posted).await.status, 404);
        // On the public port it is a page of the web app, or none, like any other path.
        let here = desk.stranger().get("metrics").await;
        assert_eq!(here.text, desk.stranger().get("no-such-page").await.text);
        assert!(!here.text.contains("deskwire_sockets"), "{}", here.text);
        desk.stop().await;
    });
}

#[test]
fn an_address_that_is_taken_is_said_by_its_variable() {
    on_sqlite(|database: ThrowawayDatabase| async {
        let (desk, metrics) = Desk::measured(database).await;
        let taken: SocketAddr = metrics.strip_prefix("http://").unwrap().parse().unwrap();
        let mut config = desk.state.config.clone();
        config.server.metrics_listen = Some(taken);
        let clock = Arc::new(SystemClock);
        let refused = app::application::Application::build(config, clock, true).await;
        let error = refused.err().unwrap().to_string();
        let begin = format!("DESKWIRE_METRICS_LISTEN: {taken}: ");
        assert!(error.starts_with(&begin), "{error}");
        desk.stop().await;
    });
}

#[test]
fn a_database_that_is_away_or_silent_is_seen_and_holds_no_scrape_up() {
    on_mysql(|database: ThrowawayDatabase| async {
        let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
        let (gate, desk) = desk_with_a_line_to_its_database(database, |config| {
            config.server.metrics_listen = Some(any_port);
        })
        .await;
        let metrics = desk.metrics.clone().unwrap();
        assert_eq!(
            Scrape::of(&metrics).await.value("deskwire_database_up"),
            1.0
        );
        for break_it in [testkit::redis::Gate::cut, testkit::redis::Gate::silence] {
            break_it(&gate);
            let begun = Instant::now();
            let scrape = Scrape::of(&metrics).await;
            assert!(begun.elapsed() < IN_TIME, "{:?}", begun.elapsed());
            assert_eq!(scrape.value("deskwire_database_up"), 0.0);
            assert_eq!(scrape.get("deskwire_outbox_entries"), None);
            assert_eq!(scrape.get("deskwire_outbox_oldest_seconds"), None);
            assert_eq!(scrape.value("deskwire_redis_up"), 1.0);
            gate.restore();
            let back =
                async { while Scrape::of(&metrics).await.value("deskwire_database_up") == 0.0 {} };
            tokio::time::timeout(Duration::from_secs(60), back)
                .await
                .unwrap();
        }
        let login = json!({"email": "nobody@example.org", "password": PASSWORD});
        desk.stranger()
            .post("/auth/login", login)
            .await
            .refused(401, "invalid_credentials");
        let scrape = Scrape::of(&metrics).await;
        assert_eq!(
            scrape.value(r#"deskwire_problems_total{protocol="http",code="invalid_credentials"}"#),
            1.0
        );
        desk.stop().await;
    });
}
