//! Sets up logging.

use std::io::IsTerminal as _;

use tracing::error;
use tracing_subscriber::EnvFilter;

use crate::config::{LogConfig, LogFormat};

/// What commands say besides their result: that something went wrong, and for the audit log what they did.
pub(super) const COMMANDS: &str = "warn,audit=info";

/// Logs to the standard error from now on what passes the filter.
pub(super) fn install(config: &LogConfig, filter: &str) {
    let names_audit = filter.contains("audit");
    let filter = EnvFilter::new(filter);
    // The audit log is written whatever else is not, unless the filter names it.
    let filter = match "audit=info".parse() {
        Ok(audit) if !names_audit => filter.add_directive(audit),
        _ => filter,
    };
    let terminal = std::io::stderr().is_terminal();
    let format = config.format.unwrap_or(if terminal {
        LogFormat::Pretty
    } else {
        LogFormat::Json
    });
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // Panics are lines of the log like any other, in the span of their request. Their messages stay out: some
    // quote the text that they failed on, which may be a password.
    std::panic::set_hook(Box::new(|panic| {
        error!(place = panic.location().map(display), "Panicked");
    }));
    match format {
        LogFormat::Pretty => log.with_ansi(terminal).with_target(false).init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}
