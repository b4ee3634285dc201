//! The line between nodes, as the hub needs it.

use async_trait::async_trait;
use bytes::Bytes;
use tokio::sync::mpsc;

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A message of any node, this one included.
    Message(Bytes),
    /// From here on messages are heard; some before may have been missed.
    Resumed,
    /// The line is down: messages are missed.
    Down,
}

/// Carries messages to all nodes. It may lose, repeat and reorder them, and never keeps a caller waiting for long.
#[async_trait]
pub trait Bus: Send + Sync + 'static {
    /// Sends a message; false when it may not have left this node.
    async fn publish(&self, message: Bytes) -> bool;

    /// Sends a message that may be left out when there is much to do.
    fn offer(&self, message: Bytes);

    /// Begins to listen, until the receiver is dropped.
    fn listen(&self) -> mpsc::Receiver<Heard>;
}
