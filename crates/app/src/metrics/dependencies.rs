//! The database with its outbox and pools, and Redis, as far as they answer.

use std::fmt;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;
use services::{OutboxBacklog, PoolState};
use tracing::debug;

use super::series;
use crate::state::State;

/// What was seen of what this process depends on.
#[derive(Debug)]
pub(super) struct Dependencies {
    /// None: the database does not answer.
    outbox: Option<Outbox>,
    pools: Vec<PoolState>,
    /// None: there is none.
    redis_up: Option<bool>,
}

#[derive(Debug)]
struct Outbox {
    rows: u64,
    oldest_seconds: f64,
}

impl Dependencies {
    /// Asks them, each for at most about two seconds.
    pub(super) async fn look(state: &State) -> Dependencies {
        let (backlog, sessions) = futures_util::future::join(
            state.database.outbox_backlog(),
            state.authenticator.sessions().ping(),
        )
        .await;
        let backlog = backlog.inspect_err(|cause| debug!(%cause, "Could not read the outbox"));
        let now = state.clock.now();
        let outbox = |backlog: OutboxBacklog| {
            let micros = backlog.oldest.map_or(0, |oldest| now.0 - oldest.0).max(0);
            Outbox {
                rows: backlog.rows,
                oldest_seconds: micros as f64 / 1e6,
            }
        };
        Dependencies {
            outbox: backlog.ok().map(outbox),
            pools: state.database.pools(),
            redis_up: state
                .config
                .storage
                .redis
                .is_some()
                .then_some(sessions.is_ok()),
        }
    }
}

impl Collector for Dependencies {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let to = &mut encoder;
        let up = u64::from(self.outbox.is_some());
        series::gauge(to, "database_up", "Whether the database answers", up)?;
        if let Some(outbox) = &self.outbox {
            series::gauge(
                to,
                "outbox_oldest_seconds",
                "Age of the oldest entry that waits to be announced, 0 if none does",
                outbox.oldest_seconds,
            )?;
            series::gauge(
                to,
                "outbox_entries",
                "Entries that wait to be announced, or that were and are about to be forgotten",
                outbox.rows,
            )?;
        }
        type Read = fn(&PoolState) -> u64;
        let pools: [(&str, &str, Read); 3] = [
            (
                "database_connections_open",
                "Open connections to the database",
                |pool| pool.open.into(),
            ),
            (
                "database_connections_idle",
                "Open connections that nobody uses",
                |pool| pool.idle as u64,
            ),
            (
                "database_connections_max",
                "Most connections at once",
                |pool| pool.max.into(),
            ),
        ];
        for (name, help, read) in pools {
            let values = self.pools.iter().map(|pool| (pool.name, read(pool)));
            series::gauges(to, name, help, "pool", values)?;
        }
        match self.redis_up {
            Some(up) => series::gauge(to, "redis_up", "Whether Redis answers", u64::from(up)),
            None => Ok(()),
        }
    }
}
