//! The writer's half of a socket: sends what the hub queues, one frame after the other.

use std::time::Duration;

use actix_ws::Session;
use realtime::{Outbound, Outgoing};
use tracing::debug;

use super::reason;

/// A frame that cannot be handed to the connection within this time ends it: the peer does not read.
pub(super) const WRITE_WITHIN: Duration = Duration::from_secs(10);

/// Sends until the hub says to close, the reader has gone, or the peer does not read any more.
pub(super) async fn run(mut session: Session, mut outbound: Outbound) {
    loop {
        let written = match outbound.next().await {
            None => break,
            Some(Outgoing::Close(code)) => {
                debug!(code = code.code(), "Closing a socket");
                let closing = session.close(Some(reason(code)));
                let _ = tokio::time::timeout(WRITE_WITHIN, closing).await;
                return;
            }
            Some(Outgoing::Text(bytes)) => match String::from_utf8(bytes.into()) {
                Ok(text) => tokio::time::timeout(WRITE_WITHIN, session.text(text)).await,
                Err(_) => break,
            },
        };
        if !matches!(written, Ok(Ok(()))) {
            debug!("Gave up a socket whose peer does not read");
            return;
        }
    }
    let _ = tokio::time::timeout(WRITE_WITHIN, session.close(None)).await;
}
