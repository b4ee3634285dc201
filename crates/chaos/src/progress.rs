//! One status line, rewritten on a terminal and now and then printed anew elsewhere.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, interval};

use crate::api::Counters;

const REWRITTEN_EVERY: Duration = Duration::from_millis(250);
const PRINTED_EVERY: Duration = Duration::from_secs(15);

/// A display that runs until it is dropped.
pub(crate) struct Progress {
    scenario: Arc<Mutex<&'static str>>,
    is_terminal: bool,
    drawing: JoinHandle<()>,
}

impl Progress {
    /// Shows these counters.
    pub(crate) fn start(counters: Arc<Counters>) -> Progress {
        let is_terminal = io::stdout().is_terminal();
        let scenario = Arc::new(Mutex::new("starting"));
        let shown = Arc::clone(&scenario);
        let drawing = tokio::spawn(async move {
            let begun = Instant::now();
            let period = if is_terminal {
                REWRITTEN_EVERY
            } else {
                PRINTED_EVERY
            };
            let mut ticks = interval(period);
            ticks.tick().await;
            loop {
                ticks.tick().await;
                let scenario = *shown.lock().unwrap_or_else(PoisonError::into_inner);
                let line = status(begun.elapsed(), scenario, &counters);
                let line = if is_terminal {
                    format!("\r\x1b[K{line}")
                } else {
                    format!("{line}\n")
                };
                print(&line);
            }
        });
        Progress {
            scenario,
            is_terminal,
            drawing,
        }
    }

    /// Names the scenario that runs now.
    pub(crate) fn name(&self, scenario: &'static str) {
        *self.scenario.lock().unwrap_or_else(PoisonError::into_inner) = scenario;
    }

    /// Prints a line that stays.
    pub(crate) fn say(&self, line: &str) {
        let clear = if self.is_terminal { "\r\x1b[K" } else { "" };
        print(&format!("{clear}{line}\n"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.drawing.abort();
        if self.is_terminal {
            print("\r\x1b[K");
        }
    }
}

fn status(elapsed: Duration, scenario: &str, counters: &Counters) -> String {
    let (minutes, seconds) = (elapsed.as_secs() / 60, elapsed.as_secs() % 60);
    let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    format!(
        "{minutes:02}:{seconds:02}  {scenario:<22} acked {:>7}  seen {:>8}  faults {:>4}  reconnects {:>6}",
        read(&counters.acked),
        read(&counters.seen),
        read(&counters.faults),
        read(&counters.reconnects),
    )
}

/// Prints; a closed output is no reason to stop.
pub(crate) fn print(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}
