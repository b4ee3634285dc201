//! The end of a run: a table of the scenarios, what was left out, and every failure with its seed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use crate::run::Outcome;
use crate::scenarios::Scenario;

/// Everything that was run or left out.
#[derive(Default)]
pub(crate) struct Report {
    outcomes: Vec<Outcome>,
    skipped: Vec<(Scenario, &'static str)>,
}

impl Report {
    /// Adds a run.
    pub(crate) fn add(&mut self, outcome: Outcome) {
        self.outcomes.push(outcome);
    }

    /// Notes that a scenario is left out, and why.
    pub(crate) fn skip(&mut self, scenario: Scenario, reason: &'static str) {
        self.skipped.push((scenario, reason));
    }

    /// Whether any promise was broken.
    pub(crate) fn has_failures(&self) -> bool {
        let mut outcomes = self.outcomes.iter();
        outcomes.any(|outcome| !outcome.violations.is_empty())
    }

    /// The report as text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) -> std::fmt::Result {
        let mut by_scenario: BTreeMap<Scenario, Vec<&Outcome>> = BTreeMap::new();
        for outcome in &self.outcomes {
            by_scenario
                .entry(outcome.scenario)
                .or_default()
                .push(outcome);
        }
        writeln!(
            text,
            "\n{:<24}{:>5}{:>9}{:>10}{:>10}{:>11}{:>10}{:>8}",
            "scenario", "runs", "acked", "checked", "put off", "worst lag", "healed", "failed"
        )?;
        for (scenario, outcomes) in &by_scenario {
            let failed = outcomes.iter().filter(|o| !o.violations.is_empty()).count();
            writeln!(
                text,
                "{:<24}{:>5}{:>9}{:>10}{:>10}{:>11}{:>10}{:>8}",
                scenario.name(),
                outcomes.len(),
                outcomes.iter().map(|o| o.acked).sum::<u64>(),
                outcomes.iter().map(|o| o.seen).sum::<usize>(),
                outcomes.iter().map(|o| o.unavailable).sum::<u64>(),
                longest(outcomes.iter().map(|o| o.worst_lag)),
                longest(outcomes.iter().map(|o| o.healed)),
                failed,
            )?;
        }
        for (scenario, reason) in &self.skipped {
            writeln!(text, "{:<24}skipped: {reason}", scenario.name())?;
        }
        writeln!(
            text,
            "\nacked: writes that were acknowledged; checked: entries on clients' screens, each compared with a\n\
             fresh fetch; put off: requests answered with 503; worst lag: from an acknowledgement to the last\n\
             screen; healed: from the end of the fault until everything flowed, the longest of all runs"
        )?;
        for outcome in &self.outcomes {
            if !outcome.violations.is_empty() {
                let (name, seed) = (outcome.scenario.name(), outcome.seed);
                writeln!(
                    text,
                    "\nFAILED {name}: just chaos --scenario {name} --seed {seed}"
                )?;
                for violation in &outcome.violations {
                    writeln!(text, "  - {violation}")?;
                }
            }
        }
        let (runs, skipped) = (self.outcomes.len(), self.skipped.len());
        let failed = self.outcomes.iter().filter(|o| !o.violations.is_empty());
        let failed = failed.count();
        writeln!(
            text,
            "\nchaos: {} passed, {failed} failed, {skipped} scenarios skipped",
            runs - failed
        )
    }
}

fn longest(times: impl Iterator<Item = Duration>) -> String {
    let longest = times.max().unwrap_or_default();
    format!("{:.2} s", longest.as_secs_f64())
}
