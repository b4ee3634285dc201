//! Breaks a real installation of Deskwire in every way we know, under load, and checks that its promises hold.
//!
//! `just chaos --minutes 10` runs scenarios in random order; `just chaos --once` each of them once.

mod account;
mod api;
mod balancer;
mod baseline;
mod binary;
mod chores;
mod follower;
mod invariants;
mod ledger;
mod load;
mod node;
mod onlooker;
mod ports;
mod process;
mod progress;
mod proxy;
mod report;
mod resp;
mod run;
mod scenarios;
mod servers;
mod stored;
mod view;
mod violations;
mod wire;
mod world;
mod writer;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Parser;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use tempfile::TempDir;
use tokio::time::Instant;

use crate::api::Counters;
use crate::binary::Binary;
use crate::progress::{Progress, print};
use crate::report::Report;
use crate::scenarios::Scenario;
use crate::world::World;

/// Breaks a real installation under load, and checks that its promises hold.
#[derive(Parser)]
struct Arguments {
    /// Run scenarios in random order for this long
    #[arg(long, default_value_t = 10.0)]
    minutes: f64,
    /// Run each scenario once
    #[arg(long)]
    once: bool,
    /// Run only these scenarios, separated by commas
    #[arg(long, value_parser = known, value_delimiter = ',')]
    scenario: Vec<Scenario>,
    /// Make the same choices as a run before; with one --scenario that run alone
    #[arg(long)]
    seed: Option<u64>,
    /// How many nodes
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=8))]
    nodes: u8,
    /// The binary; without this, it is built like this program
    #[arg(long)]
    deskwire: Option<PathBuf>,
    /// The binary of --deskwire is not built for release, and so has failpoints
    #[arg(long, requires = "deskwire")]
    failpoints: bool,
}

fn known(name: &str) -> Result<Scenario, String> {
    Scenario::of_name(name).ok_or_else(|| {
        let names = Scenario::ALL.map(Scenario::name).join(", ");
        format!("no such scenario; there are {names}")
    })
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match chaos(&arguments).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            print(&format!("chaos: {error:#}\n"));
            ExitCode::from(2)
        }
    }
}

/// Runs what was asked for, or as much of it as there was time for; whether every promise held.
async fn chaos(arguments: &Arguments) -> Result<bool> {
    let binary = match &arguments.deskwire {
        None => binary::build()?,
        Some(path) => Binary {
            path: path.canonicalize().context("no such binary")?,
            has_failpoints: arguments.failpoints,
        },
    };
    let folder = TempDir::with_prefix("deskwire-chaos-")?;
    let mut world = World::start(binary, folder.path(), arguments.nodes).await?;

    let mut report = Report::default();
    let mut possible = Vec::new();
    let wanted = match arguments.scenario.as_slice() {
        [] => &Scenario::ALL,
        some => some,
    };
    for &scenario in wanted {
        match scenario.lacks(world.abilities()) {
            Some(reason) => report.skip(scenario, reason),
            None => possible.push(scenario),
        }
    }
    let counters = Arc::<Counters>::default();
    let progress = Progress::start(Arc::clone(&counters));
    let mut interrupted = false;
    for (scenario, seed) in plan(arguments, possible) {
        progress.name(scenario.name());
        let outcome = tokio::select! {
            outcome = run::run(&mut world, scenario, seed, &counters) => outcome,
            Ok(()) = tokio::signal::ctrl_c() => {
                interrupted = true;
                break;
            }
        };
        let (name, took) = (scenario.name(), outcome.took.as_secs_f64());
        let result = match outcome.violations.len() {
            0 => "held".to_owned(),
            count => format!("BROKE {count} promises (--scenario {name} --seed {seed})"),
        };
        progress.say(&format!("{name:<24}{took:>6.1} s  {result}"));
        report.add(outcome);
    }
    drop(progress);
    world.database.clean_up().await?;
    drop(world);
    print(&report.text());
    if report.has_failures() {
        let folder = folder.keep();
        // Only the logs are of use, and the data is large.
        let _ = std::fs::remove_dir_all(folder.join("mysql"));
        print(&format!("logs: {}\n", folder.display()));
    }
    Ok(!report.has_failures() && !interrupted)
}

/// The scenarios to run and their seeds, for as long as there is time.
fn plan(arguments: &Arguments, possible: Vec<Scenario>) -> impl Iterator<Item = (Scenario, u64)> {
    let exactly = arguments.seed.filter(|_| arguments.scenario.len() == 1);
    let once = arguments.once || exactly.is_some();
    let deadline = Instant::now() + Duration::from_secs_f64(arguments.minutes * 60.0);
    let mut random = StdRng::seed_from_u64(arguments.seed.unwrap_or_else(rand::random));
    let mut round = if once { possible.clone() } else { Vec::new() };
    round.reverse();
    std::iter::from_fn(move || {
        if round.is_empty() && !once && Instant::now() < deadline {
            // Each of them comes before any comes again.
            round.clone_from(&possible);
            round.shuffle(&mut random);
        }
        let goes_on = once || Instant::now() < deadline;
        let scenario = round.pop().filter(|_| goes_on)?;
        let seed = exactly.unwrap_or_else(|| random.random());
        Some((scenario, seed))
    })
}
