//! Joins services and hub: what was committed goes out, what was missed is read back.

use async_trait::async_trait;
use domain::{Alert, Entry, Seq, TicketId, Timestamp, Viewer};
use realtime::{Backlog, Event, Hub, Notice, OpenError, Opened, RECENT_MAX};
use services::{Committed, EventSink, Fault, ReadMoved, ReplayService, TicketError};
use tracing::error;

/// Passes what the services tell to the hub.
pub struct HubSink(pub Hub);

#[async_trait]
impl EventSink for HubSink {
    async fn committed(&self, event: Committed) -> bool {
        self.0.publish(to_hub(event)).await
    }

    async fn read_moved(&self, event: ReadMoved) {
        self.0
            .read_moved(event.ticket_id, event.user_id, event.seq)
            .await;
    }

    async fn alert(&self, alert: Alert) {
        self.0.alert(alert);
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
        let replay = self.0.clone();
        // A task of its own: the hub may stop waiting, and a query must not be broken off.
        let read = tokio::spawn(async move { replay.between(ticket_id, after, up_to).await });
        match read.await {
            Ok(entries) => entries.map_err(open_error),
            Err(_) => Err(OpenError::Unavailable),
        }
    }

    async fn heads(&self, tickets: &[TicketId]) -> Result<Vec<(TicketId, Seq)>, OpenError> {
        self.0.heads(tickets).await.map_err(open_error)
    }

    async fn recent(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(TicketId, Seq)>, OpenError> {
        let recent = self.0.recent(from, to, RECENT_MAX).await;
        recent.map_err(open_error)
    }

    async fn event(&self, ticket_id: TicketId, seq: Seq) -> Result<Event, OpenError> {
        match self.0.event(ticket_id, seq).await {
            Ok(event) => Ok(to_hub(event)),
            // Asking again would give the same.
            Err(TicketError::Fault(Fault::Broken(cause))) => {
                error!(ticket.id = %ticket_id, %seq, %cause, "Passed over an entry that cannot be read");
                Err(OpenError::NotFound)
            }
            Err(error) => Err(open_error(error)),
        }
    }
}

fn to_hub(event: Committed) -> Event {
    let notices = event.notices.into_iter().map(|notice| Notice {
        user_id: notice.user_id,
        notification: notice.notification,
        unread: notice.unread,
    });
    Event {
        ticket: event.ticket,
        entry: event.entry,
        committed_at: event.committed_at,
        notices: notices.collect(),
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
