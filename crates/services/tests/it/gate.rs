//! Limits that keep whoever comes waiting at one point, until a test lets them through.

use std::sync::Arc;

use async_trait::async_trait;
use auth::{LimitError, Limits, Verdict};
use services::{Foundation, Services};
use tokio::sync::Notify;

use crate::sink::within;

/// Where they wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// Before an attempt: the account was read, nothing compared.
    Attempt,
    /// After the secret was right, before anything comes of it.
    Success,
}

/// Lets one through at a time.
#[derive(Debug)]
pub(crate) struct Gate {
    behind: Arc<dyn Limits>,
    at: Point,
    arrived: Notify,
    opened: Notify,
}

impl Gate {
    /// A node whose sign-ins wait here.
    pub(crate) fn before(foundation: Foundation, at: Point) -> (Services, Arc<Gate>) {
        let gate = Arc::new(Gate {
            behind: foundation.limits,
            at,
            arrived: Notify::new(),
            opened: Notify::new(),
        });
        let limits: Arc<dyn Limits> = gate.clone();
        let services = Services::new(Foundation {
            limits,
            ..foundation
        });
        (services, gate)
    }

    /// Waits until somebody is here.
    pub(crate) async fn reached(&self) {
        within(self.arrived.notified()).await;
    }

    /// Lets them through.
    pub(crate) fn open(&self) {
        self.opened.notify_one();
    }

    async fn wait(&self, at: Point) {
        if self.at == at {
            self.arrived.notify_one();
            self.opened.notified().await;
        }
    }
}

#[async_trait]
impl Limits for Gate {
    async fn pass(&self, key: &str, per_minute: u32) -> Result<Verdict, LimitError> {
        self.behind.pass(key, per_minute).await
    }

    async fn attempt(&self, key: &str) -> Result<Verdict, LimitError> {
        self.wait(Point::Attempt).await;
        self.behind.attempt(key).await
    }

    async fn succeeded(&self, key: &str) -> Result<(), LimitError> {
        self.wait(Point::Success).await;
        self.behind.succeeded(key).await
    }

    async fn withdrawn(&self, key: &str) -> Result<(), LimitError> {
        self.behind.withdrawn(key).await
    }
}
