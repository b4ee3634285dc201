//! What is wrong with the configuration, in one line.

use thiserror::Error;

/// A variable that is missing or wrong. It never shows the value of a secret.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// A value that cannot be used.
    #[error("{variable} is {value:?}, but must be {allowed}")]
    Wrong {
        /// The environment variable.
        variable: String,
        /// What it holds.
        value: String,
        /// What it may hold.
        allowed: String,
    },
    /// A secret that cannot be used.
    #[error("{variable} must be {allowed}")]
    WrongSecret {
        /// The environment variable.
        variable: String,
        /// What it may hold.
        allowed: String,
    },
    /// A file that cannot be read or written.
    #[error("{variable}: cannot use the file {path}: {cause}")]
    File {
        /// The environment variable.
        variable: String,
        /// The file.
        path: String,
        /// Why not.
        cause: std::io::Error,
    },
}

impl ConfigError {
    pub(crate) fn secret(variable: &str, allowed: &str) -> ConfigError {
        ConfigError::WrongSecret {
            variable: variable.to_owned(),
            allowed: allowed.to_owned(),
        }
    }
}
