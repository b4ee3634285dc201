//! Dying at the worst moment, to show that nothing is lost by it. Builds for release do not contain it.

use std::path::Path;

/// Names the file whose presence arms the failpoint.
const FILE: &str = "DESKWIRE_FAILPOINT_AFTER_COMMIT";

/// Ends the process between a commit and its announcement, once the file that the environment names is there.
pub(crate) fn after_commit() {
    if std::env::var_os(FILE).is_some_and(|file| Path::new(&file).exists()) {
        std::process::abort();
    }
}
