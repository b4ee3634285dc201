//! What was asked, and how it ended.

use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use contract::ErrorCode;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Upper bounds of the buckets for the time of a request, in seconds: the last is what a request may take.
const SECONDS: [f64; 13] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

/// What stands for paths that are no route; their names are the client's, and without number.
const UNMATCHED: &str = "unmatched";

/// Requests of this node, and what was refused of them and of the commands of sockets.
#[derive(Debug)]
pub struct Requests {
    answered: Family<Answered, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    problems: Family<Problem, Counter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Problem {
    protocol: &'static str,
    code: String,
}

/// What a refused request or command came over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// HTTP.
    Http,
    /// The WebSocket.
    Socket,
}

impl Requests {
    pub(super) fn register(registry: &mut Registry) -> Requests {
        let requests = Requests {
            answered: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            problems: Family::default(),
        };
        registry.register(
            "http_requests",
            "Requests by method, route and status",
            requests.answered.clone(),
        );
        registry.register(
            "http_request_duration_seconds",
            "Time from the head of a request to its answer, by route",
            requests.seconds.clone(),
        );
        registry.register(
            "problems",
            "Refused or failed requests and commands of sockets by their code",
            requests.problems.clone(),
        );
        // There from the start, so that the first of a kind is an increase too.
        for code in ErrorCode::ALL {
            for protocol in [Protocol::Http, Protocol::Socket] {
                let problem = Problem::of(protocol, code);
                drop(requests.problems.get_or_create(&problem));
            }
        }
        requests
    }

    /// A request was answered. Without a route it is one of all the others.
    pub fn answered(
        &self,
        method: &Method,
        route: Option<String>,
        status: StatusCode,
        time: Duration,
    ) {
        let route = route.unwrap_or_else(|| UNMATCHED.to_owned());
        let answered = Answered {
            method: known(method),
            route: route.clone(),
            status: status.as_u16(),
        };
        self.answered.get_or_create(&answered).inc();
        let seconds = self.seconds.get_or_create(&Route { route });
        seconds.observe(time.as_secs_f64());
    }

    /// A request or command was refused, or failed, with this code.
    pub fn refused(&self, protocol: Protocol, code: ErrorCode) {
        let problem = Problem::of(protocol, code);
        self.problems.get_or_create(&problem).inc();
    }
}

impl Problem {
    fn of(protocol: Protocol, code: ErrorCode) -> Problem {
        let name = serde_json::to_value(code).ok();
        let name = name.as_ref().and_then(serde_json::Value::as_str);
        Problem {
            protocol: match protocol {
                Protocol::Http => "http",
                Protocol::Socket => "socket",
            },
            code: name.unwrap_or_default().to_owned(),
        }
    }
}

/// The name of a method, of which clients may invent any number.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
