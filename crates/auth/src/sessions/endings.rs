//! Telling this process which sessions were ended before their time.

use domain::SessionId;
use tokio::sync::broadcast;

/// Endings that wait for a slow receiver; one that falls further behind is told how many it missed.
const WAITING_MAX: usize = 1024;

/// Where endings are told; clones tell the same receivers.
#[derive(Clone)]
pub(super) struct Endings(broadcast::Sender<SessionId>);

impl Endings {
    pub(super) fn new() -> Endings {
        Endings(broadcast::Sender::new(WAITING_MAX))
    }

    pub(super) fn receiver(&self) -> broadcast::Receiver<SessionId> {
        self.0.subscribe()
    }

    pub(super) fn tell(&self, ended: impl IntoIterator<Item = SessionId>) {
        for id in ended {
            // An error says that nobody listens.
            let _ = self.0.send(id);
        }
    }
}
