//! Publishes what waits, as many messages in one round trip as there are.

use std::time::Duration;

use bytes::Bytes;
use deadpool_redis::redis::aio::MultiplexedConnection;
use deadpool_redis::redis::{self, AsyncConnectionConfig, Client};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout};
use tracing::{info, warn};

use super::{Fault, RedisBusOptions};

/// Messages that one round trip carries.
const BATCH: usize = 64;
/// After a failure nothing is tried for this long, so that callers get their answer at once.
const PAUSE: Duration = Duration::from_millis(200);

/// A message, and who wants to know whether it left.
pub(super) struct Parcel {
    pub(super) message: Bytes,
    pub(super) taken: Option<oneshot::Sender<bool>>,
}

/// Publishes until nobody can send any more.
pub(super) async fn run(
    client: Client,
    options: RedisBusOptions,
    mut waiting: mpsc::Receiver<Parcel>,
) {
    let mut line = Line {
        client,
        options,
        connection: None,
        rests_until: None,
    };
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        let published = line.publish(&batch).await;
        for parcel in batch.drain(..) {
            if let Some(taken) = parcel.taken {
                // Whoever asked may have stopped waiting.
                let _ = taken.send(published);
            }
        }
    }
}

struct Line {
    client: Client,
    options: RedisBusOptions,
    connection: Option<MultiplexedConnection>,
    /// Set from the first failure to the next success.
    rests_until: Option<Instant>,
}

impl Line {
    async fn publish(&mut self, batch: &[Parcel]) -> bool {
        if self.rests_until.is_some_and(|until| Instant::now() < until) {
            return false;
        }
        let was_open = self.connection.is_some();
        let mut outcome = self.try_publish(batch).await;
        // A connection that has been closed meanwhile shows it here. Receivers drop what they have.
        let was_closed =
            matches!(&outcome, Err(Fault::Redis(error)) if error.is_connection_dropped());
        if was_open && was_closed {
            outcome = self.try_publish(batch).await;
        }
        match outcome {
            Ok(()) => {
                if self.rests_until.take().is_some() {
                    info!("Events reach the other nodes again");
                }
                true
            }
            Err(cause) => {
                if self.rests_until.is_none() {
                    warn!(%cause, "Events do not reach the other nodes");
                }
                self.rests_until = Some(Instant::now() + PAUSE);
                false
            }
        }
    }

    async fn try_publish(&mut self, batch: &[Parcel]) -> Result<(), Fault> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        let mut commands = redis::pipe();
        for parcel in batch {
            commands
                .cmd("PUBLISH")
                .arg(&self.options.channel)
                .arg(&parcel.message[..])
                .ignore();
        }
        let published = commands.query_async::<()>(&mut connection);
        timeout(self.options.command_timeout, published)
            .await
            .map_err(|_| Fault::TimedOut)??;
        self.connection = Some(connection);
        Ok(())
    }

    async fn connect(&self) -> Result<MultiplexedConnection, Fault> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(self.options.connect_timeout))
            .set_response_timeout(Some(self.options.command_timeout));
        let opened = self
            .client
            .get_multiplexed_async_connection_with_config(&config);
        let opened = timeout(self.options.connect_timeout, opened).await;
        Ok(opened.map_err(|_| Fault::TimedOut)??)
    }
}
