//! Notifications of the viewer.

use std::sync::Arc;

use auth::VerifiedSession;
use domain::{Clock, Notification, NotificationId, TicketId, Viewer};
use repository::Db;

use crate::error::NotificationError;
use crate::retry::retrying;
use crate::write::Writes;

/// A page of notifications, the latest first.
pub struct NotificationPage {
    /// Groups by ticket and kind.
    pub items: Vec<Notification>,
    /// Where the next page starts, if there is one.
    pub next: Option<NotificationId>,
    /// Unread notifications in all, each event counted.
    pub unread: i64,
}

/// Which notifications were read.
pub enum ReadWhich {
    /// These groups, each up to its identifier.
    Groups(Vec<NotificationId>),
    /// All of this ticket.
    Ticket(TicketId),
}

/// Use cases of notifications.
#[derive(Clone)]
pub struct NotificationService {
    db: Db,
    clock: Arc<dyn Clock>,
}

impl NotificationService {
    pub(crate) fn new(db: Db, clock: Arc<dyn Clock>) -> NotificationService {
        NotificationService { db, clock }
    }

    /// The viewer's notifications, grouped.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        session: &VerifiedSession,
        before: Option<NotificationId>,
        limit: u32,
    ) -> Result<NotificationPage, NotificationError> {
        let viewer = session.viewer();
        let page = repository::notifications::groups(&self.db, viewer, before, limit).await?;
        let unread = repository::notifications::unread(&self.db, viewer).await?;
        Ok(NotificationPage {
            items: page.items,
            next: page.next,
            unread,
        })
    }

    /// Marks notifications as read and gives how many are left. Those of others are passed over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_read(
        &self,
        session: &VerifiedSession,
        which: ReadWhich,
    ) -> Result<i64, NotificationError> {
        let (service, viewer) = (self.clone(), session.viewer());
        Writes::to_end(async move { retrying(|| service.try_mark_read(viewer, &which)).await })
            .await
    }

    async fn try_mark_read(
        &self,
        viewer: Viewer,
        which: &ReadWhich,
    ) -> Result<i64, NotificationError> {
        let (user, now) = (viewer.user_id, self.clock.now());
        let tx = self.db.begin().await?;
        match which {
            ReadWhich::Groups(ids) => {
                repository::notifications::mark_read_ids(&tx, user, ids, now).await?;
            }
            ReadWhich::Ticket(ticket) => {
                repository::notifications::mark_read_ticket(&tx, user, *ticket, None, now).await?;
            }
        }
        let unread = repository::notifications::unread(&tx, viewer).await?;
        tx.commit().await?;
        Ok(unread)
    }
}
