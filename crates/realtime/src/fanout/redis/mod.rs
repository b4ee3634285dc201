//! The line between nodes as Redis Pub/Sub: one connection that publishes, one that listens.

mod publisher;
mod subscriber;

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use deadpool_redis::redis::Client;
use thiserror::Error;
use tokio::sync::{mpsc, oneshot};

use super::bus::{Bus, Heard};
use publisher::Parcel;

/// Messages that wait to be published; more are not taken. Announcements are then left to the outbox.
const WAITING: usize = 1024;
/// Messages that were heard and wait to be passed on; more are dropped, which brings a head check.
const UNHEARD: usize = 4096;

/// How to reach Redis.
#[derive(Clone)]
pub struct RedisBusOptions {
    /// `redis://` or `unix://`; it may hold a password.
    pub url: String,
    /// The Pub/Sub channel that all nodes of one desk share.
    pub channel: String,
    /// Most time to open a connection.
    pub connect_timeout: Duration,
    /// Most time to wait for an answer.
    pub command_timeout: Duration,
}

impl fmt::Debug for RedisBusOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL may hold a password.
        f.debug_struct("RedisBusOptions")
            .field("channel", &self.channel)
            .finish_non_exhaustive()
    }
}

/// The URL is not one of a Redis server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must be a Redis URL such as redis://host:6379/0")]
pub struct RedisBusError;

/// The line of this node.
pub struct RedisBus {
    client: Client,
    options: RedisBusOptions,
    parcels: mpsc::Sender<Parcel>,
}

impl RedisBus {
    /// Makes the line; connections are opened in the background and again after a fault.
    ///
    /// # Errors
    /// When the URL cannot be used.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn new(options: RedisBusOptions) -> Result<RedisBus, RedisBusError> {
        let client = Client::open(options.url.as_str()).map_err(|_| RedisBusError)?;
        let (parcels, waiting) = mpsc::channel(WAITING);
        tokio::spawn(publisher::run(client.clone(), options.clone(), waiting));
        Ok(RedisBus {
            client,
            options,
            parcels,
        })
    }
}

#[async_trait]
impl Bus for RedisBus {
    async fn publish(&self, message: Bytes) -> bool {
        let (taken, answer) = oneshot::channel();
        let parcel = Parcel {
            message,
            taken: Some(taken),
        };
        self.parcels.try_send(parcel).is_ok() && answer.await.unwrap_or(false)
    }

    fn offer(&self, message: Bytes) {
        // The other half is kept free for announcements.
        if self.parcels.capacity() > WAITING / 2 {
            let parcel = Parcel {
                message,
                taken: None,
            };
            // Full or gone: it may be left out.
            let _ = self.parcels.try_send(parcel);
        }
    }

    fn listen(&self) -> mpsc::Receiver<Heard> {
        let (heard, line) = mpsc::channel(UNHEARD);
        tokio::spawn(subscriber::run(
            self.client.clone(),
            self.options.clone(),
            heard,
        ));
        line
    }
}

/// Why a connection is of no more use.
#[derive(Debug, Error)]
enum Fault {
    #[error("timed out")]
    TimedOut,
    #[error("the line was closed")]
    Closed,
    #[error("{0}")]
    Redis(#[from] deadpool_redis::redis::RedisError),
}
