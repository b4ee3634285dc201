//! Tickets for a file, part by part.

use auth::VerifiedSession;
use domain::{SessionId, Ticket, UserId};
use repository::tickets::TicketQuery;

use crate::audit::{self, Event};
use crate::error::TicketError;
use crate::standing;
use crate::ticket_list::TicketFilter;
use crate::tickets::TicketService;

/// An export that goes on. However it ends, the audit log says how much was taken out.
pub struct Export {
    /// Where the next part begins; none after the last.
    rest: Option<TicketQuery>,
    truncated: bool,
    rows: u64,
    admin: UserId,
    session: SessionId,
}

impl Export {
    /// Whether there may be more to read.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.rest.is_some()
    }

    /// Whether the text of the filter is, or may be, found in more tickets than are exported.
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        self.truncated
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        let line = audit::about(Event::TicketsExported, self.admin).session(&self.session);
        match self.goes_on() {
            true => line.rows(self.rows).detail("cut_off").write(),
            false => line.rows(self.rows).write(),
        }
    }
}

impl TicketService {
    /// Begins to export the tickets that match, `limit` of them in a part. Admins only.
    ///
    /// What a text is found in is settled here, once for all parts.
    ///
    /// # Errors
    /// [`TicketError::Forbidden`] for customers, and when the database fails.
    pub async fn export(
        &self,
        session: &VerifiedSession,
        filter: TicketFilter,
    ) -> Result<Export, TicketError> {
        let admin = standing::admin_or(session, TicketError::Forbidden)?;
        let selected = self.select(session.viewer(), filter).await?;
        Ok(Export {
            truncated: selected.as_ref().is_some_and(|selected| selected.truncated),
            rest: selected.map(|selected| selected.query),
            rows: 0,
            admin,
            session: session.session_id().clone(),
        })
    }

    /// The next tickets of an export; none at its end.
    ///
    /// # Errors
    /// [`TicketError::Forbidden`] for who is no admin any more, and when the database fails.
    pub async fn export_part(
        &self,
        session: &VerifiedSession,
        export: &mut Export,
    ) -> Result<Vec<Ticket>, TicketError> {
        standing::admin_or(session, TicketError::Forbidden)?;
        let Some(query) = &mut export.rest else {
            return Ok(Vec::new());
        };
        let page = repository::tickets::list(&self.writes.db, query).await?;
        export.rows += page.items.len() as u64;
        match page.next {
            Some(next) => query.after = Some(next),
            None => export.rest = None,
        }
        Ok(page.items)
    }
}
