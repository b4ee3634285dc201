//! Lists of tickets.

use auth::VerifiedSession;
use domain::{CategoryId, Priority, Role, SearchQuery, Status, UserId, Viewer, WaitingOn};

use repository::tickets::{AssigneeFilter, TicketQuery};
pub use repository::tickets::{TicketCounts, TicketCursor, TicketSort};

use crate::error::TicketError;
use crate::standing;
use crate::tickets::{TicketService, TicketView};

/// Filters, order and place of a list.
#[derive(Clone, Debug)]
pub struct TicketFilter {
    /// In one of these statuses; empty: in any.
    pub statuses: Vec<Status>,
    /// Of this priority.
    pub priority: Option<Priority>,
    /// Under this category.
    pub category: Option<CategoryId>,
    /// `Some(None)`: of nobody; `Some(Some(id))`: of this admin.
    pub assignee: Option<Option<UserId>>,
    /// Of this customer. Customers see their own whatever is asked.
    pub requester: Option<UserId>,
    /// Waiting on them.
    pub waiting_on: Option<WaitingOn>,
    /// Words that are found in the title or in what was written.
    pub text: Option<String>,
    /// Order.
    pub sort: TicketSort,
    /// Where the page before ended.
    pub after: Option<TicketCursor>,
    /// How many at most.
    pub limit: u32,
}

/// A page of tickets.
pub struct TicketPage {
    /// The tickets.
    pub items: Vec<TicketView>,
    /// Where it ended, if there are more.
    pub next: Option<TicketCursor>,
    /// Whether the text is, or may be, found in more tickets than all pages hold.
    pub truncated: bool,
}

/// What a filter comes to once its text was searched for.
pub(crate) struct Selection {
    /// The tickets.
    pub query: TicketQuery,
    /// Whether the text is, or may be, found in more.
    pub truncated: bool,
}

impl TicketService {
    /// The tickets that the viewer may see and that match: all for admins, their own for customers.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        session: &VerifiedSession,
        filter: TicketFilter,
    ) -> Result<TicketPage, TicketError> {
        let viewer = session.viewer();
        let Some(Selection { query, truncated }) = self.select(viewer, filter).await? else {
            return Ok(TicketPage {
                items: Vec::new(),
                next: None,
                truncated: false,
            });
        };
        let db = &self.writes.db;
        let page = repository::tickets::list(db, &query).await?;
        let ids: Vec<_> = page.items.iter().map(|ticket| ticket.id).collect();
        let unread = repository::tickets::unread(db, viewer, &ids).await?;
        let view = |ticket: domain::Ticket| TicketView {
            unread: unread.get(&ticket.id).copied().unwrap_or(0),
            ticket,
        };
        Ok(TicketPage {
            items: page.items.into_iter().map(view).collect(),
            next: page.next,
            truncated,
        })
    }

    /// The tickets that the viewer may see and that match, with those that the text is found in. None if none can.
    pub(crate) async fn select(
        &self,
        viewer: Viewer,
        mut filter: TicketFilter,
    ) -> Result<Option<Selection>, TicketError> {
        let text = filter.text.take();
        let Some(mut query) = query(viewer, filter) else {
            return Ok(None);
        };
        let mut truncated = false;
        if let Some(text) = text {
            let found = self
                .among(viewer, &SearchQuery::parse(&text), &query)
                .await?;
            truncated = found.truncated;
            query.among = Some(found.ids);
        }
        Ok(Some(Selection { query, truncated }))
    }

    /// How many tickets the views of staff hold. Counts stop one past `limits::VIEW_COUNT_MAX`.
    ///
    /// # Errors
    /// [`TicketError::Forbidden`] for customers, and when the database fails.
    pub async fn counts(&self, session: &VerifiedSession) -> Result<TicketCounts, TicketError> {
        let admin = standing::admin_or(session, TicketError::Forbidden)?;
        Ok(repository::tickets::counts(&self.writes.db, admin).await?)
    }
}

/// The tickets that the viewer may see and that match, the text aside: all for admins, their own for customers. None
/// for those of others, which do not exist for a customer.
pub(crate) fn query(viewer: Viewer, filter: TicketFilter) -> Option<TicketQuery> {
    let requester = match viewer.role {
        Role::Admin => filter.requester,
        Role::User if filter.requester.is_some_and(|id| id != viewer.user_id) => return None,
        Role::User => Some(viewer.user_id),
    };
    Some(TicketQuery {
        requester,
        status: filter.statuses,
        priority: filter.priority,
        category: filter.category,
        assignee: filter.assignee.map(|assignee| match assignee {
            None => AssigneeFilter::Nobody,
            Some(id) => AssigneeFilter::Is(id),
        }),
        waiting_on: filter.waiting_on,
        among: None,
        sort: filter.sort,
        after: filter.after,
        limit: filter.limit,
    })
}
