//! One run of one scenario: load, fault, healing, and the check of everything that must hold.

use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Result;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tokio::time::Instant;

use crate::api::{Api, Counters};
use crate::baseline;
use crate::invariants;
use crate::load::Load;
use crate::node::Node;
use crate::scenarios::{Scenario, Stage};
use crate::violations::Violations;
use crate::world::World;

/// Load before the first fault and after the last.
const AROUND: Duration = Duration::from_millis(500);

/// What came of a run.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) scenario: Scenario,
    pub(crate) seed: u64,
    /// Writes that were acknowledged.
    pub(crate) acked: u64,
    /// Entries that clients had, each compared with what was fetched.
    pub(crate) seen: usize,
    /// Requests that were put off.
    pub(crate) unavailable: u64,
    /// The longest from an acknowledgement to the last participant's screen.
    pub(crate) worst_lag: Duration,
    /// From the end of the fault until everything flowed.
    pub(crate) healed: Duration,
    pub(crate) took: Duration,
    pub(crate) violations: Vec<String>,
}

/// Runs a scenario. Whatever goes wrong is in the outcome.
pub(crate) async fn run(
    world: &mut World,
    scenario: Scenario,
    seed: u64,
    counters: &Arc<Counters>,
) -> Outcome {
    let begun = Instant::now();
    let violations = Violations::default();
    let (acked, unavailable) = (&counters.acked, &counters.unavailable);
    let acked_before = acked.load(Ordering::Relaxed);
    let unavailable_before = unavailable.load(Ordering::Relaxed);
    let logs = Logs::mark(&world.nodes);
    let mut outcome = Outcome {
        scenario,
        seed,
        acked: 0,
        seen: 0,
        unavailable: 0,
        worst_lag: Duration::ZERO,
        healed: Duration::ZERO,
        took: Duration::ZERO,
        violations: Vec::new(),
    };
    if let Err(error) = attempt(world, &mut outcome, &violations, counters).await {
        violations.add(format!("the run broke off: {error:#}"));
    }
    logs.check(&violations);
    outcome.acked = acked.load(Ordering::Relaxed) - acked_before;
    outcome.unavailable = unavailable.load(Ordering::Relaxed) - unavailable_before;
    outcome.took = begun.elapsed();
    outcome.violations = violations.list();
    outcome
}

async fn attempt(
    world: &mut World,
    outcome: &mut Outcome,
    violations: &Violations,
    counters: &Arc<Counters>,
) -> Result<()> {
    let scenario = outcome.scenario;
    world.mend().await?;
    let behind_balancer = scenario == Scenario::RollingRestart;
    let urls = if behind_balancer {
        world.balancer.until_all_serve().await?;
        vec![world.balancer.url()]
    } else {
        world.urls()
    };
    let api = Api::new(urls, violations.clone(), Arc::clone(counters))?;
    let admins = world.admins.clone();
    let mut load = Load::begin(api, &admins).await?;
    if behind_balancer {
        load.api.be_strict();
    }
    load.work_for(AROUND).await;
    let mut stage = Stage {
        world: &mut *world,
        load: &load,
        random: StdRng::seed_from_u64(outcome.seed),
    };
    scenario.run(&mut stage).await?;
    outcome.healed = load.heal(scenario.heals_within()).await;
    load.work_for(AROUND).await;
    load.stop_writing().await;
    let checked = invariants::check(world, &load, scenario.heals_within()).await?;
    (outcome.seen, outcome.worst_lag) = (checked.seen, checked.worst_lag);
    drop(load);
    for node in &mut world.nodes {
        let died = node.has_ended();
        violations.check(!died, || "a node died by itself".to_owned());
        if !died {
            baseline::check(node, node.fresh, violations).await?;
        }
    }
    Ok(())
}

/// How long the logs were at the beginning.
struct Logs(Vec<(PathBuf, u64)>);

impl Logs {
    fn mark(nodes: &[Node]) -> Logs {
        let logs = nodes.iter().map(Node::log);
        let length = |log: &PathBuf| std::fs::metadata(log).map_or(0, |log| log.len());
        Logs(logs.map(|log| (log.clone(), length(&log))).collect())
    }

    /// A panic is a fault of ours, even where a client did not notice.
    fn check(&self, violations: &Violations) {
        for (log, begin) in &self.0 {
            let read = || {
                let mut text = Vec::new();
                let mut file = std::fs::File::open(log)?;
                file.seek(SeekFrom::Start(*begin))?;
                file.read_to_end(&mut text)?;
                Ok::<_, std::io::Error>(String::from_utf8_lossy(&text).into_owned())
            };
            let text = read().unwrap_or_default();
            if let Some(line) = text.lines().find(|line| line.contains("panicked at")) {
                violations.add(format!("a node panicked: {line}"));
            }
        }
    }
}
