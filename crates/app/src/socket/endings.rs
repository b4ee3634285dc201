//! Closes the sockets of sessions that end, on whichever node they were ended.

use contract::socket::CloseCode;
use domain::SessionId;
use realtime::Hub;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tracing::warn;

/// Listens for as long as there is a session store.
pub async fn close_ended(mut endings: Receiver<SessionId>, hub: Hub) {
    loop {
        match endings.recv().await {
            Ok(session) => hub.close_session(&session, CloseCode::Revoked),
            // Each socket looks its session up again by itself, soon.
            Err(RecvError::Lagged(missed)) => warn!(missed, "Missed the ends of sessions"),
            Err(RecvError::Closed) => return,
        }
    }
}
