//! Listens to the channel of the desk: one subscription, opened anew after a fault.

use std::time::Duration;

use bytes::Bytes;
use deadpool_redis::redis::aio::{PubSubSink, PubSubStream};
use deadpool_redis::redis::{Client, Value};
use futures_util::StreamExt as _;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tracing::{info, warn};

use super::{Fault, RedisBusOptions};
use crate::fanout::bus::Heard;

/// First and longest pause before another attempt to subscribe; it doubles in between.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));
/// How often a quiet line is asked whether it is still there.
const PING_INTERVAL: Duration = Duration::from_secs(5);

/// Listens until nobody wants to hear it.
pub(super) async fn run(client: Client, options: RedisBusOptions, heard: mpsc::Sender<Heard>) {
    let listening = listen(&client, &options, &heard);
    tokio::select! {
        () = listening => {}
        () = heard.closed() => {}
    }
}

async fn listen(client: &Client, options: &RedisBusOptions, heard: &mpsc::Sender<Heard>) {
    let (mut pause, mut up) = (PAUSES.0, true);
    loop {
        let fault = match subscribe(client, options).await {
            Ok((sink, stream)) => {
                if !up {
                    info!("Hears the other nodes again");
                }
                (pause, up) = (PAUSES.0, true);
                hear(sink, stream, options, heard).await
            }
            Err(fault) => fault,
        };
        if up {
            warn!(cause = %fault, "Does not hear the other nodes");
        }
        up = false;
        // Waits if it must: nothing else comes while the line is down.
        let _ = heard.send(Heard::Down).await;
        // Between half and all of the pause, so that nodes do not come back in step.
        sleep(pause.mul_f64(0.5 + rand::random::<f64>() / 2.0)).await;
        pause = (pause * 2).min(PAUSES.1);
    }
}

async fn subscribe(
    client: &Client,
    options: &RedisBusOptions,
) -> Result<(PubSubSink, PubSubStream), Fault> {
    let opened = timeout(options.connect_timeout, client.get_async_pubsub()).await;
    let (mut sink, stream) = opened.map_err(|_| Fault::TimedOut)??.split();
    let subscribed = timeout(options.command_timeout, sink.subscribe(&options.channel)).await;
    subscribed.map_err(|_| Fault::TimedOut)??;
    Ok((sink, stream))
}

async fn hear(
    mut sink: PubSubSink,
    mut stream: PubSubStream,
    options: &RedisBusOptions,
    heard: &mpsc::Sender<Heard>,
) -> Fault {
    let mut pings = interval(PING_INTERVAL);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // Set when what was heard before may be missing.
    let mut resumes = true;
    loop {
        if resumes && heard.try_send(Heard::Resumed).is_ok() {
            resumes = false;
        }
        tokio::select! {
            // Never waits with a message in hand: what the client library has read and nobody takes is kept
            // in memory without a bound.
            message = stream.next() => match message {
                Some(message) => {
                    let bytes = Bytes::copy_from_slice(message.get_payload_bytes());
                    if let Err(TrySendError::Full(_)) = heard.try_send(Heard::Message(bytes)) {
                        resumes = true;
                    }
                }
                None => return Fault::Closed,
            },
            // Without it, a line that fell silent would look like one on which nothing happens.
            _ = pings.tick() => match timeout(options.command_timeout, sink.ping::<Value>()).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => return error.into(),
                Err(_) => return Fault::TimedOut,
            },
        }
    }
}
