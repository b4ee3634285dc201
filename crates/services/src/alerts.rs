//! Alerts of new tickets: who has taken notice, and repeating those of which nobody has.

use std::time::Duration;

use auth::VerifiedSession;
use domain::alert::{SeenAlert, repeated_at};
use domain::{Alert, Role, Status, Ticket, TicketId, Viewer};
use repository::Tx;
use tracing::{Instrument as _, info, warn};

use crate::error::AlertError;
use crate::write::Writes;

/// How often alerts are looked for that are to be repeated.
const ROUND: Duration = Duration::from_secs(1);
/// Alerts that one transaction raises.
const BATCH: u32 = 100;

/// Use cases of alerts.
#[derive(Clone)]
pub struct AlertService {
    writes: Writes,
}

/// A page of alerts, those of the latest tickets first.
pub struct AlertPage {
    /// The alerts.
    pub items: Vec<SeenAlert>,
    /// Where it ended, if there are more.
    pub next: Option<TicketId>,
}

impl AlertService {
    pub(crate) fn new(writes: Writes) -> AlertService {
        AlertService { writes }
    }

    /// The alerts: all, or those that still call for somebody.
    ///
    /// # Errors
    /// [`AlertError::Forbidden`] for customers.
    pub async fn list(
        &self,
        session: &VerifiedSession,
        open: bool,
        before: Option<TicketId>,
        limit: u32,
    ) -> Result<AlertPage, AlertError> {
        if session.role() != Role::Admin {
            return Err(AlertError::Forbidden);
        }
        let page = repository::alerts::list(&self.writes.db, open, before, limit).await?;
        Ok(AlertPage {
            items: page.items,
            next: page.next,
        })
    }

    /// Repeats alerts, forever. Returns at once where they are not repeated.
    pub async fn repeat_alerts(&self) {
        if self.writes.alert_after.is_none() {
            return;
        }
        let mut round = tokio::time::interval(ROUND);
        round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            round.tick().await;
            match self.repeat_once().await {
                Ok(0) => {}
                Ok(count) => info!(count, "Repeated alerts that nobody acknowledged"),
                Err(cause) => warn!(%cause, "Could not repeat alerts"),
            }
        }
    }

    /// Repeats the alerts that nobody has acknowledged in time, each by one node, and gives how many that was.
    ///
    /// # Errors
    /// When the database fails; then nothing is repeated, or, at worst, some only in the list.
    pub async fn repeat_once(&self) -> Result<usize, AlertError> {
        let Some(after) = self.writes.alert_after else {
            return Ok(0);
        };
        let (db, now) = (&self.writes.db, self.writes.clock.now());
        if !repository::alerts::has_due(db, now).await? {
            return Ok(0);
        }
        let mut count = 0;
        loop {
            let tx = db.begin().await?;
            let raised = repository::alerts::raise_due(&tx, now, now.plus(after), BATCH).await?;
            tx.commit().await?;
            let mut alerts = repository::alerts::of_tickets(db, &raised).await?;
            // Somebody may have been faster, or the customer may have closed the ticket.
            alerts.retain(|alert| alert.ended_at.is_none());
            count += alerts.len();
            for alert in alerts {
                self.writes.announce_alert(alert);
            }
            if raised.len() < BATCH as usize {
                return Ok(count);
            }
        }
    }
}

impl Writes {
    /// Alerts of a ticket that the viewer has just opened; to an admin it is no news.
    pub(crate) async fn raise_alert(
        &self,
        tx: &Tx,
        ticket: &Ticket,
        viewer: Viewer,
    ) -> Result<Option<Alert>, repository::Error> {
        let now = ticket.created_at;
        let next_at = repeated_at(0, now, self.alert_after);
        let by = (viewer.role == Role::Admin).then_some(viewer.user_id);
        repository::alerts::raise(tx, ticket.id, now, next_at, by).await?;
        alert(tx, ticket.id).await
    }

    /// Notes that somebody takes notice of a ticket: the first admin acknowledges its alert, which is given then.
    pub(crate) async fn acknowledge_alert(
        &self,
        tx: &Tx,
        ticket: TicketId,
        viewer: Viewer,
    ) -> Result<Option<Alert>, repository::Error> {
        if viewer.role != Role::Admin {
            return Ok(None);
        }
        let now = self.clock.now();
        match repository::alerts::acknowledge(tx, ticket, viewer.user_id, now).await? {
            true => alert(tx, ticket).await,
            false => Ok(None),
        }
    }

    /// What an entry means for the alert of its ticket: an admin's acknowledges it, a customer who closes the ticket
    /// ends it.
    pub(crate) async fn alert_after_entry(
        &self,
        tx: &Tx,
        ticket: &Ticket,
        by: Viewer,
    ) -> Result<Option<Alert>, repository::Error> {
        if by.role == Role::User && ticket.status == Status::Closed {
            repository::alerts::end(tx, ticket.id, self.clock.now()).await?;
        }
        self.acknowledge_alert(tx, ticket.id, by).await
    }

    /// Tells all admins of an alert.
    pub(crate) fn announce_alert(&self, alert: Alert) {
        let events = self.events();
        tokio::spawn(async move { events.alert(alert).await }.in_current_span());
    }
}

async fn alert(tx: &Tx, ticket: TicketId) -> Result<Option<Alert>, repository::Error> {
    let alerts = repository::alerts::of_tickets(tx, &[ticket]).await?;
    Ok(alerts.into_iter().next())
}
