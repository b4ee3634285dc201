//! When new tickets of which nobody has taken notice are called out again.

use std::time::Duration;

use super::{ConfigError, Source};

/// A day: whoever repeats less often need not repeat.
const SECONDS_MAX: u64 = 24 * 60 * 60;

/// Reads it; none: never.
pub(super) fn load(source: &Source) -> Result<Option<Duration>, ConfigError> {
    source.parsed(
        "DESKWIRE_ALERT_AFTER_SECONDS",
        "a whole number from 0 to 86400",
        |text| {
            let seconds = text.parse().ok();
            let seconds: u64 = seconds.filter(|seconds| *seconds <= SECONDS_MAX)?;
            Some((seconds > 0).then(|| Duration::from_secs(seconds)))
        },
        || Some(Duration::from_secs(120)),
    )
}
