//! The faults, each against a load that goes on, and what must hold while they last.

mod database;
mod lines;
mod nodes;
mod pressure;
mod redis;
mod sessions;
mod sockets;
mod writes;

use std::time::Duration;

use anyhow::Result;
use rand::RngExt as _;
use rand::rngs::StdRng;

use crate::api::Counters;
use crate::load::Load;
use crate::violations::Violations;
use crate::world::{Abilities, World};

/// What a machine may add to a bound of the design that is busy with the nodes, their load and its own work. The
/// report shows how long things really took.
const BUSY: Duration = Duration::from_secs(4);

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scenario {
    KillNode,
    DieAfterCommit,
    RollingRestart,
    RaceClientIds,
    LoseAcknowledgements,
    RestartRedis,
    FlushRedis,
    KillRedisClients,
    LosePublishes,
    KillDatabase,
    ReconnectStorm,
    FarBehind,
    StopReading,
    RevokeSession,
    SlowLines,
    HalfCloseLines,
    FreezeLines,
    Pressure,
}

impl Scenario {
    /// All of them.
    pub(crate) const ALL: [Scenario; 18] = [
        Scenario::KillNode,
        Scenario::DieAfterCommit,
        Scenario::RollingRestart,
        Scenario::RaceClientIds,
        Scenario::LoseAcknowledgements,
        Scenario::RestartRedis,
        Scenario::FlushRedis,
        Scenario::KillRedisClients,
        Scenario::LosePublishes,
        Scenario::KillDatabase,
        Scenario::ReconnectStorm,
        Scenario::FarBehind,
        Scenario::StopReading,
        Scenario::RevokeSession,
        Scenario::SlowLines,
        Scenario::HalfCloseLines,
        Scenario::FreezeLines,
        Scenario::Pressure,
    ];

    /// What it is called at the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Scenario::KillNode => "kill-node",
            Scenario::DieAfterCommit => "die-after-commit",
            Scenario::RollingRestart => "rolling-restart",
            Scenario::RaceClientIds => "race-client-ids",
            Scenario::LoseAcknowledgements => "lose-acknowledgements",
            Scenario::RestartRedis => "restart-redis",
            Scenario::FlushRedis => "flush-redis",
            Scenario::KillRedisClients => "kill-redis-clients",
            Scenario::LosePublishes => "lose-publishes",
            Scenario::KillDatabase => "kill-database",
            Scenario::ReconnectStorm => "reconnect-storm",
            Scenario::FarBehind => "far-behind",
            Scenario::StopReading => "stop-reading",
            Scenario::RevokeSession => "revoke-session",
            Scenario::SlowLines => "slow-lines",
            Scenario::HalfCloseLines => "half-close-lines",
            Scenario::FreezeLines => "freeze-lines",
            Scenario::Pressure => "pressure",
        }
    }

    /// The scenario of this name.
    pub(crate) fn of_name(name: &str) -> Option<Scenario> {
        let mut all = Scenario::ALL.into_iter();
        all.find(|scenario| scenario.name() == name)
    }

    /// Why it cannot be run here, if it cannot.
    pub(crate) fn lacks(self, abilities: Abilities) -> Option<&'static str> {
        let (has_it, reason) = match self {
            Scenario::KillDatabase => (
                abilities.kills_database,
                "the database server is not the harness's own: install mariadbd or mysqld",
            ),
            Scenario::RestartRedis | Scenario::FlushRedis | Scenario::KillRedisClients => (
                abilities.kills_redis,
                "the Redis server is not the harness's own: install redis-server",
            ),
            Scenario::DieAfterCommit => (
                abilities.has_failpoints,
                "the binary has no failpoints: it is built for release, or --failpoints is missing",
            ),
            Scenario::LosePublishes | Scenario::RollingRestart => {
                (abilities.nodes > 1, "there is only one node")
            }
            _ => return None,
        };
        (!has_it).then_some(reason)
    }

    /// Everything flows again within this time after the fault.
    pub(crate) fn heals_within(self) -> Duration {
        let seconds = match self {
            // The head check runs every 30 s, and a socket looks its session up every 15 s.
            Scenario::LosePublishes
            | Scenario::RestartRedis
            | Scenario::FlushRedis
            | Scenario::KillRedisClients => 40,
            _ => 20,
        };
        Duration::from_secs(seconds)
    }

    /// Brings the fault about, and takes it back.
    pub(crate) async fn run(self, stage: &mut Stage<'_>) -> Result<()> {
        match self {
            Scenario::KillNode => nodes::kill(stage).await,
            Scenario::DieAfterCommit => nodes::die_after_commit(stage).await,
            Scenario::RollingRestart => nodes::restart_in_turn(stage).await,
            Scenario::RaceClientIds => writes::race(stage).await,
            Scenario::LoseAcknowledgements => writes::lose_acknowledgements(stage).await,
            Scenario::RestartRedis => redis::restart(stage).await,
            Scenario::FlushRedis => redis::flush(stage).await,
            Scenario::KillRedisClients => redis::kill_clients(stage).await,
            Scenario::LosePublishes => redis::lose_publishes(stage).await,
            Scenario::KillDatabase => database::kill(stage).await,
            Scenario::ReconnectStorm => sockets::storm(stage).await,
            Scenario::FarBehind => sockets::far_behind(stage).await,
            Scenario::StopReading => sockets::stop_reading(stage).await,
            Scenario::RevokeSession => sessions::revoke(stage).await,
            Scenario::SlowLines => lines::slow(stage).await,
            Scenario::HalfCloseLines => lines::half_close(stage).await,
            Scenario::FreezeLines => lines::freeze(stage).await,
            Scenario::Pressure => pressure::flood(stage).await,
        }
    }
}

/// What a scenario works with.
pub(crate) struct Stage<'a> {
    pub(crate) world: &'a mut World,
    pub(crate) load: &'a Load,
    /// The choices of this run, the same for the same seed.
    pub(crate) random: StdRng,
}

impl Stage<'_> {
    /// Notes that something was broken.
    fn fault(&self) {
        Counters::count(&self.load.api.counters.faults);
    }

    /// One of the nodes, by its place.
    fn any_node(&mut self) -> usize {
        self.random.random_range(0..self.world.nodes.len())
    }

    /// A span between these, in milliseconds.
    fn span(&mut self, range: std::ops::Range<u64>) -> Duration {
        Duration::from_millis(self.random.random_range(range))
    }

    fn violations(&self) -> &Violations {
        &self.load.api.violations
    }
}
