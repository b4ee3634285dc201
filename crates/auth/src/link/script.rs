//! Lua scripts, sent by their hash once Redis knows them, one by one or many in one round trip.

use std::sync::OnceLock;

use deadpool_redis::redis::aio::MultiplexedConnection;
use deadpool_redis::redis::{
    self, Cmd, ErrorKind, FromRedisValue, RedisError, ServerErrorKind, Value,
};

/// A script and, once Redis has told it, the hash by which Redis knows it.
pub(crate) struct Script {
    text: &'static str,
    hash: OnceLock<String>,
}

/// What one call gives to its script.
pub(crate) struct Call {
    pub(crate) keys: Vec<String>,
    pub(crate) args: Vec<String>,
}

impl Script {
    pub(crate) const fn new(text: &'static str) -> Script {
        Script {
            text,
            hash: OnceLock::new(),
        }
    }

    /// One round trip; one more for the first call of the process, or after Redis forgot.
    pub(super) async fn run<T: FromRedisValue>(
        &self,
        connection: &mut MultiplexedConnection,
        call: &Call,
    ) -> Result<T, RedisError> {
        let hash = self.hash(connection).await?;
        match call.command("EVALSHA", hash).query_async(connection).await {
            Err(error) if is_forgotten(&error) => {
                call.command("EVAL", self.text)
                    .query_async(connection)
                    .await
            }
            result => result,
        }
    }

    async fn hash(&self, connection: &mut MultiplexedConnection) -> Result<&str, RedisError> {
        if let Some(hash) = self.hash.get() {
            return Ok(hash);
        }
        let mut load = redis::cmd("SCRIPT");
        let hash = load
            .arg("LOAD")
            .arg(self.text)
            .query_async(connection)
            .await?;
        Ok(self.hash.get_or_init(|| hash))
    }
}

impl Call {
    fn command(&self, name: &str, script: &str) -> Cmd {
        let mut command = redis::cmd(name);
        command
            .arg(script)
            .arg(self.keys.len())
            .arg(&self.keys)
            .arg(&self.args);
        command
    }
}

/// Runs calls in one round trip. A Redis that has forgotten one of their scripts gets the texts of all,
/// and some calls a second time: scripts are safe to repeat.
pub(super) async fn run_all(
    connection: &mut MultiplexedConnection,
    calls: &[(&'static Script, Call)],
) -> Result<(), RedisError> {
    let mut by_hash = redis::pipe();
    for (script, call) in calls {
        by_hash.add_command(call.command("EVALSHA", script.hash(connection).await?));
    }
    match by_hash.query_async::<Value>(connection).await {
        Err(error) if is_forgotten(&error) => {
            let mut by_text = redis::pipe();
            for (script, call) in calls {
                by_text.add_command(call.command("EVAL", script.text));
            }
            by_text.query_async::<Value>(connection).await.map(drop)
        }
        result => result.map(drop),
    }
}

/// Of a pipeline, the first error counts.
fn is_forgotten(error: &RedisError) -> bool {
    error.kind() == ErrorKind::Server(ServerErrorKind::NoScript)
}
