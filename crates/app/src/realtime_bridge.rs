//! Joins services and hub: what was committed goes out, what was missed is read back.

use async_trait::async_trait;
use domain::{Entry, Seq, TicketId, Viewer};
use realtime::{Backlog, Event, Hub, Notice, OpenError, Opened};
use services::{Committed, EventSink, ReadMoved, ReplayService, TicketError};
use tracing::error;

/// Passes what the services tell to the hub.
pub struct HubSink(pub Hub);

#[async_trait]
impl EventSink for HubSink {
    async fn committed(&self, event: Committed) {
        let notice = |notice: services::Notice| Notice {
            user_id: notice.user_id,
            notification: notice.notification,
            unread: notice.unread,
        };
        let event = Event {
            ticket: event.ticket,
            entry: event.entry,
            notices: event.notices.into_iter().map(notice).collect(),
        };
        self.0.publish(event).await;
    }

    async fn read_moved(&self, event: ReadMoved) {
        self.0
            .read_moved(event.ticket_id, event.user_id, event.seq)
            .await;
    }
}

/// Reads what the hub's clients have missed.
pub struct DatabaseBacklog(pub ReplayService);

#[async_trait]
impl Backlog for DatabaseBacklog {
    async fn open(
        &self,
        viewer: Viewer,
        ticket_id: TicketId,
        after: Option<Seq>,
    ) -> Result<Opened, OpenError> {
        let replay = self
            .0
            .open(viewer, ticket_id, after)
            .await
            .map_err(open_error)?;
        Ok(Opened {
            ticket: replay.ticket,
            unread: replay.unread,
            entries: replay.entries,
            snapshot: replay.snapshot,
        })
    }

    async fn between(
        &self,
        ticket_id: TicketId,
        after: Seq,
        up_to: Seq,
    ) -> Result<Vec<Entry>, OpenError> {
        self.0
            .between(ticket_id, after, up_to)
            .await
            .map_err(open_error)
    }
}

fn open_error(error: TicketError) -> OpenError {
    match error {
        TicketError::Fault(cause) => {
            error!(?cause, "Could not read a backlog");
            OpenError::Unavailable
        }
        _ => OpenError::NotFound,
    }
}
