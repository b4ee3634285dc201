//! Hears of endings on other nodes: one subscription, opened anew after a fault.

use std::time::Duration;

use deadpool_redis::redis::aio::{PubSubSink, PubSubStream};
use deadpool_redis::redis::{Client, RedisError, Value};
use domain::SessionId;
use futures_util::StreamExt;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use super::options::RedisOptions;
use crate::sessions::endings::Endings;

/// First and longest pause before another attempt to subscribe; it doubles in between.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));
/// How often a quiet line is asked whether it is still there.
const PING_INTERVAL: Duration = Duration::from_secs(5);

/// What the subscription needs. It holds nothing of the store, so that it cannot keep it alive.
#[derive(Clone)]
pub(super) struct Listener {
    client: Client,
    channel: String,
    connect: Duration,
    command: Duration,
}

/// Why the subscription ended.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("timed out")]
    TimedOut,
    #[error("the line was closed")]
    Closed,
    #[error("{0}")]
    Redis(#[from] RedisError),
}

impl Listener {
    pub(super) fn new(options: &RedisOptions, channel: String) -> Result<Listener, RedisError> {
        Ok(Listener {
            client: Client::open(options.url())?,
            channel,
            connect: options.connect_timeout,
            command: options.command_timeout,
        })
    }

    /// Tells what it hears, for ever. What is published while the line is down is lost.
    pub(super) async fn run(self, endings: Endings) {
        let (mut pause, mut up) = (PAUSES.0, true);
        loop {
            let fault = match self.subscribe().await {
                Ok((sink, stream)) => {
                    if !up {
                        tracing::info!("Redis tells of ended sessions again");
                    }
                    (pause, up) = (PAUSES.0, true);
                    self.hear(sink, stream, &endings).await
                }
                Err(fault) => fault,
            };
            if up {
                tracing::warn!(cause = %fault, "Redis does not tell of ended sessions");
            }
            up = false;
            // Between half and all of the pause, so that nodes do not come back in step.
            sleep(pause.mul_f64(0.5 + rand::random::<f64>() / 2.0)).await;
            pause = (pause * 2).min(PAUSES.1);
        }
    }

    async fn subscribe(&self) -> Result<(PubSubSink, PubSubStream), Fault> {
        let opened = timeout(self.connect, self.client.get_async_pubsub()).await;
        let (mut sink, stream) = opened.map_err(|_| Fault::TimedOut)??.split();
        let subscribed = timeout(self.command, sink.subscribe(&self.channel)).await;
        subscribed.map_err(|_| Fault::TimedOut)??;
        Ok((sink, stream))
    }

    async fn hear(
        &self,
        mut sink: PubSubSink,
        mut stream: PubSubStream,
        endings: &Endings,
    ) -> Fault {
        let mut pings = interval(PING_INTERVAL);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                message = stream.next() => match message {
                    // Others may publish nonsense: what is no text names no session.
                    Some(message) => endings.tell(message.get_payload().map(SessionId::new)),
                    None => return Fault::Closed,
                },
                // Without it, a line that fell silent would look like one on which nothing happens.
                _ = pings.tick() => match timeout(self.command, sink.ping::<Value>()).await {
                    Ok(Ok(_)) => {}
                    Ok(Err(error)) => return error.into(),
                    Err(_) => return Fault::TimedOut,
                },
            }
        }
    }
}
