//! How to reach Redis.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

/// How to reach Redis, and how long to wait for it.
#[derive(Clone, Debug)]
pub struct RedisOptions {
    /// `redis://` or `unix://`; it may hold a password.
    pub url: SecretString,
    /// Begins every key, so that others may use the same database. Without braces.
    pub key_prefix: String,
    /// Connections, each shared by any number of callers.
    pub connections: usize,
    /// Most time to open a connection.
    pub connect_timeout: Duration,
    /// Most time to wait for a connection that somebody else opens.
    pub wait_timeout: Duration,
    /// Most time to wait for an answer.
    pub command_timeout: Duration,
}

impl RedisOptions {
    /// How long one waits for an answer, if nothing else is said.
    pub const ANSWERS_WITHIN: Duration = Duration::from_millis(250);

    /// The defaults: keys begin with `deskwire:`, 4 connections, time-outs of 500, 250 and 250 ms.
    #[must_use]
    pub fn new(url: SecretString) -> RedisOptions {
        RedisOptions {
            url,
            key_prefix: "deskwire:".to_owned(),
            connections: 4,
            connect_timeout: Self::ANSWERS_WITHIN * 2,
            wait_timeout: Self::ANSWERS_WITHIN,
            command_timeout: Self::ANSWERS_WITHIN,
        }
    }

    /// The same with other time-outs: this long for an answer or somebody else's connection, twice that to connect.
    #[must_use]
    pub fn patient_for(self, answers_within: Duration) -> RedisOptions {
        RedisOptions {
            connect_timeout: answers_within * 2,
            wait_timeout: answers_within,
            command_timeout: answers_within,
            ..self
        }
    }

    pub(crate) fn url(&self) -> &str {
        self.url.expose_secret()
    }
}

/// Why the options cannot work. It never holds the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RedisSetupError {
    /// Not a URL of a Redis server.
    #[error("must be a Redis URL such as redis://host:6379/0")]
    Url,
    /// Braces would move a user's keys to different nodes of a cluster.
    #[error("the key prefix must not contain braces")]
    Prefix,
}
