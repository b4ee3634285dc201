//! HTTP as the people of a run use it: any node, and every answer that must never come is noted.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, COOKIE, SET_COOKIE};
use reqwest::{Client, Method};
use serde_json::Value;

use crate::violations::Violations;

/// The server answers 503 by itself after 10 s.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// No answer that says anything: the request may have been served or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lost(pub(crate) String);

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) json: Value,
    /// The cookies that it sets, as `name=value`.
    pub(crate) cookies: Vec<String>,
}

impl Answer {
    /// The `code` of a problem.
    pub(crate) fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    /// Status and code, for messages.
    pub(crate) fn summary(&self) -> String {
        format!("{} {}", self.status, self.code())
    }
}

/// What somebody shows who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tokens {
    pub(crate) access: String,
    /// The refresh cookie as `name=value`.
    pub(crate) cookie: String,
}

/// What a run has done so far, for the status line and the report.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) acked: AtomicU64,
    pub(crate) seen: AtomicU64,
    pub(crate) faults: AtomicU64,
    pub(crate) unavailable: AtomicU64,
    pub(crate) reconnects: AtomicU64,
}

impl Counters {
    /// One more.
    pub(crate) fn count(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

/// The nodes, as seen from outside.
pub(crate) struct Api {
    client: Client,
    nodes: Vec<String>,
    pub(crate) violations: Violations,
    pub(crate) counters: Arc<Counters>,
    /// Whether sessions may be gone, because the store was emptied on purpose.
    sign_out_expected: AtomicBool,
    /// Whether "try again later" is a violation too.
    strict: AtomicBool,
}

impl Api {
    /// A client of its own for nodes such as `http://127.0.0.1:8080`.
    pub(crate) fn new(
        nodes: Vec<String>,
        violations: Violations,
        counters: Arc<Counters>,
    ) -> anyhow::Result<Api> {
        Ok(Api {
            client: Client::builder().timeout(ANSWER_WITHIN).build()?,
            nodes,
            violations,
            counters,
            sign_out_expected: AtomicBool::new(false),
            strict: AtomicBool::new(false),
        })
    }

    /// From now on a session that is gone is no violation.
    pub(crate) fn expect_sign_out(&self) {
        self.sign_out_expected.store(true, Ordering::SeqCst);
    }

    /// Whether a session may be gone.
    pub(crate) fn expects_sign_out(&self) -> bool {
        self.sign_out_expected.load(Ordering::SeqCst)
    }

    /// From now on nothing may fail but connections.
    pub(crate) fn be_strict(&self) {
        self.strict.store(true, Ordering::SeqCst);
    }

    /// Notes that the server could not serve a request for now.
    pub(crate) fn unavailable(&self, what: &str) {
        Counters::count(&self.counters.unavailable);
        let strict = self.strict.load(Ordering::SeqCst);
        self.violations
            .check(!strict, || format!("{what} although nothing was broken"));
    }

    /// All nodes.
    pub(crate) fn nodes(&self) -> &[String] {
        &self.nodes
    }

    /// Any node.
    pub(crate) fn any_node(&self) -> &str {
        &self.nodes[rand::random_range(0..self.nodes.len())]
    }

    /// Any node but this one, if there is another.
    pub(crate) fn another_node(&self, than: &str) -> &str {
        let others: Vec<&String> = self.nodes.iter().filter(|node| *node != than).collect();
        match others.len() {
            0 => self.any_node(),
            count => others[rand::random_range(0..count)],
        }
    }

    /// Sends a request to a node. An answer of 503 or 429 says nothing: it is to be tried again.
    pub(crate) async fn send(
        &self,
        node: &str,
        tokens: &Tokens,
        (method, path, body): (Method, &str, &Value),
    ) -> Result<Answer, Lost> {
        let label = format!("{method} {path}");
        let mut request = self.client.request(method, format!("{node}/api/v1{path}"));
        if !tokens.access.is_empty() {
            request = request.header(AUTHORIZATION, format!("Bearer {}", tokens.access));
        }
        if !tokens.cookie.is_empty() {
            request = request.header(COOKIE, &tokens.cookie);
        }
        if !body.is_null() {
            request = request.json(body);
        }
        let answered = async {
            let response = request.send().await?;
            let status = response.status().as_u16();
            let cookies = response.headers().get_all(SET_COOKIE).iter();
            let cookies = cookies
                .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
                .map(str::to_owned)
                .collect();
            let text = response.text().await?;
            let json = serde_json::from_str(&text).unwrap_or_default();
            Ok::<_, reqwest::Error>(Answer {
                status,
                json,
                cookies,
            })
        };
        let answer = answered.await.map_err(|error| {
            if error.is_timeout() {
                self.unavailable(&format!("{label} was not answered in time"));
            }
            Lost(error.to_string())
        })?;
        match answer.status {
            503 | 429 => {
                let summary = answer.summary();
                self.unavailable(&format!("{label} answered {summary}"));
                Err(Lost(summary))
            }
            500.. => {
                let summary = answer.summary();
                self.violations.add(format!("{label} answered {summary}"));
                Err(Lost(summary))
            }
            _ => Ok(answer),
        }
    }
}
