//! How to log.

use super::{ConfigError, Source};

/// `info`, without what libraries say about their own work.
const QUIET: &str = "info,actix_server=warn,sea_orm_migration=warn";

/// Logging.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// A filter as in `info` or `deskwire=debug,warn`.
    pub filter: String,
    /// How lines look; none: readable on a terminal, JSON elsewhere.
    pub format: Option<LogFormat>,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

/// Reads it.
pub(super) fn load(source: &Source) -> Result<LogConfig, ConfigError> {
    let filter = source.parsed(
        "DESKWIRE_LOG",
        "a filter, as in info or deskwire=debug,warn",
        |text| {
            tracing_subscriber::EnvFilter::try_new(text)
                .ok()
                .map(|_| text.to_owned())
        },
        || QUIET.to_owned(),
    )?;
    let format = source.parsed(
        "DESKWIRE_LOG_FORMAT",
        "pretty or json",
        |text| match text {
            "pretty" => Some(Some(LogFormat::Pretty)),
            "json" => Some(Some(LogFormat::Json)),
            _ => None,
        },
        || None,
    )?;
    Ok(LogConfig { filter, format })
}
