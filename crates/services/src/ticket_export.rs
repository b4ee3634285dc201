//! Tickets for a file, page by page.

use auth::VerifiedSession;
use domain::{Role, Ticket};
use repository::tickets::TicketCursor;

use crate::error::TicketError;
use crate::ticket_list::{self, TicketFilter};
use crate::tickets::TicketService;

/// A part of an export.
pub struct ExportPage {
    /// The tickets.
    pub items: Vec<Ticket>,
    /// Where it ended, if there are more.
    pub next: Option<TicketCursor>,
}

impl TicketService {
    /// A page of the tickets that match. Admins only.
    ///
    /// # Errors
    /// [`TicketError::Forbidden`] for customers, and when the database fails.
    pub async fn export(
        &self,
        session: &VerifiedSession,
        mut filter: TicketFilter,
    ) -> Result<ExportPage, TicketError> {
        let viewer = session.viewer();
        if viewer.role != Role::Admin {
            return Err(TicketError::Forbidden);
        }
        let nothing = ExportPage {
            items: Vec::new(),
            next: None,
        };
        let text = filter.text.take();
        let Some(mut query) = ticket_list::query(viewer, filter) else {
            return Ok(nothing);
        };
        if let Some(text) = text {
            query.among = Some(self.among(viewer, &text, &query).await?);
        }
        let page = repository::tickets::list(&self.writes.db, &query).await?;
        Ok(ExportPage {
            items: page.items,
            next: page.next,
        })
    }
}
