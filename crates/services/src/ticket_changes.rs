//! Changes of a ticket: its status, and what admins edit.

use auth::VerifiedSession;
use domain::{
    CategoryId, Change, ClientId, EntryKind, Person, Priority, Seq, Status, Ticket, TicketId,
    Title, UserId, Viewer,
    policy::{self, Action},
};
use repository::Tx;

use crate::error::TicketError;
use crate::retry::{retrying, retrying_by_client_id};
use crate::tickets::{TicketService, TicketView, Written, category};
use crate::write::{self, Locked, Writes};

/// A move to another status.
#[derive(Clone, Copy, Debug)]
pub struct StatusChange {
    /// Made by the client, unique per author.
    pub client_id: ClientId,
    /// Where to.
    pub status: Status,
    /// The latest entry that the author has seen; none: no check.
    pub seen: Option<Seq>,
}

/// What an admin changes; `None` keeps, `Some(None)` clears.
#[derive(Clone, Debug)]
pub struct TicketEdit {
    /// What it is about.
    pub title: Option<Title>,
    /// What it is sorted under.
    pub category_id: Option<Option<CategoryId>>,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// Who handles it.
    pub assignee_id: Option<Option<UserId>>,
    /// The latest entry that the author has seen.
    pub seen: Seq,
}

impl TicketEdit {
    /// The kinds of entries that touch what is edited here.
    fn kinds(&self) -> Vec<EntryKind> {
        let edited = [
            (EntryKind::TitleChanged, self.title.is_some()),
            (EntryKind::CategoryChanged, self.category_id.is_some()),
            (EntryKind::PriorityChanged, self.priority.is_some()),
            (EntryKind::Assigned, self.assignee_id.is_some()),
        ];
        let edited = edited.into_iter().filter(|(_, is_edited)| *is_edited);
        edited.map(|(kind, _)| kind).collect()
    }
}

impl TicketService {
    /// Closes a ticket: what a customer may do. Short for [`TicketService::set_status`].
    ///
    /// # Errors
    /// Those of [`TicketService::set_status`].
    pub async fn close(
        &self,
        session: &VerifiedSession,
        id: TicketId,
        client_id: ClientId,
        seen: Option<Seq>,
    ) -> Result<Written, TicketError> {
        let change = StatusChange {
            client_id,
            status: Status::Closed,
            seen,
        };
        self.set_status(session, id, change).await
    }

    /// Moves a ticket to a status. There already: nothing is written and the entry is none.
    ///
    /// # Errors
    /// [`TicketError::NotFound`], [`TicketError::Forbidden`], [`TicketError::Stale`],
    /// [`TicketError::ClientIdReused`].
    pub async fn set_status(
        &self,
        session: &VerifiedSession,
        id: TicketId,
        change: StatusChange,
    ) -> Result<Written, TicketError> {
        let (service, viewer) = (self.clone(), session.viewer());
        Writes::to_end(async move {
            retrying_by_client_id(|| service.try_set_status(viewer, id, change)).await
        })
        .await
    }

    async fn try_set_status(
        &self,
        viewer: Viewer,
        id: TicketId,
        change: StatusChange,
    ) -> Result<Written, TicketError> {
        let writes = &self.writes;
        let tx = writes.db.begin().await?;
        let mut ticket = match writes.lock(&tx, viewer, id, Some(change.client_id)).await? {
            Locked::Fresh(ticket) => ticket,
            Locked::Repeated(ticket, entry) => {
                return match entry.change {
                    Change::StatusChanged { to, .. } if to == change.status => Ok(Written {
                        ticket,
                        entry: Some(entry),
                    }),
                    _ => Err(TicketError::ClientIdReused),
                };
            }
        };
        let standing = viewer.standing(ticket.requester.id);
        policy::check(standing, ticket.status, Action::SetStatus(change.status))?;
        if ticket.status == change.status {
            return Ok(Written {
                ticket,
                entry: None,
            });
        }
        writes
            .refuse_stale(&tx, viewer, &ticket, change.seen, EntryKind::ALL)
            .await?;

        let actor = writes.author(&tx, viewer, &ticket).await?;
        let moved = Change::StatusChanged {
            from: ticket.status,
            to: change.status,
        };
        let now = writes.clock.now();
        let entry = ticket.record(moved, actor, None, Some(change.client_id), now);
        let made = vec![(ticket.clone(), entry.clone())];
        let stored = writes.store(&tx, made).await?;
        tx.commit().await?;
        writes.announce(stored);
        Ok(Written {
            ticket,
            entry: Some(entry),
        })
    }

    /// Edits a ticket: one entry for each field that really changes.
    ///
    /// # Errors
    /// [`TicketError::NotFound`], [`TicketError::Forbidden`]; [`TicketError::Stale`] when somebody else changed
    /// the same field after what the author has seen; [`TicketError::Invalid`] for a category or assignee that
    /// cannot be named.
    pub async fn edit(
        &self,
        session: &VerifiedSession,
        id: TicketId,
        edit: TicketEdit,
    ) -> Result<TicketView, TicketError> {
        let (service, viewer) = (self.clone(), session.viewer());
        let ticket =
            Writes::to_end(
                async move { retrying(|| service.try_edit(viewer, id, edit.clone())).await },
            )
            .await?;
        self.writes.view(viewer, ticket).await
    }

    async fn try_edit(
        &self,
        viewer: Viewer,
        id: TicketId,
        edit: TicketEdit,
    ) -> Result<Ticket, TicketError> {
        let writes = &self.writes;
        let tx = writes.db.begin().await?;
        let (Locked::Fresh(mut ticket) | Locked::Repeated(mut ticket, _)) =
            writes.lock(&tx, viewer, id, None).await?;
        policy::check(
            viewer.standing(ticket.requester.id),
            ticket.status,
            Action::Edit,
        )?;
        writes
            .refuse_stale(&tx, viewer, &ticket, Some(edit.seen), &edit.kinds())
            .await?;

        let actor = writes.author(&tx, viewer, &ticket).await?;
        let mut made = Vec::new();
        for (change, assignee) in changes(&tx, &ticket, &edit).await? {
            let now = writes.clock.now();
            let entry = ticket.record(change, actor.clone(), assignee, None, now);
            made.push((ticket.clone(), entry));
        }
        let stored = writes.store(&tx, made).await?;
        tx.commit().await?;
        writes.announce(stored);
        Ok(ticket)
    }
}

/// The changes that an edit really makes, with the assignee that a change names.
async fn changes(
    tx: &Tx,
    ticket: &Ticket,
    edit: &TicketEdit,
) -> Result<Vec<(Change, Option<Person>)>, TicketError> {
    let mut changes = Vec::new();
    if let Some(to) = edit.title.clone().filter(|title| *title != ticket.title) {
        let from = ticket.title.clone();
        changes.push((Change::TitleChanged { from, to }, None));
    }
    if let Some(id) = edit.category_id
        && id.map(i64::from) != ticket.category.as_ref().map(|category| category.id)
    {
        let (from, to) = (ticket.category.clone(), category(tx, id).await?);
        changes.push((Change::CategoryChanged { from, to }, None));
    }
    if let Some(to) = edit
        .priority
        .filter(|priority| *priority != ticket.priority)
    {
        let from = ticket.priority;
        changes.push((Change::PriorityChanged { from, to }, None));
    }
    if let Some(id) = edit.assignee_id
        && id != ticket.assignee.as_ref().map(|assignee| assignee.id)
    {
        let assignee = assignee(tx, id).await?;
        let from = ticket.assignee.as_ref().map(Person::named);
        let to = assignee.as_ref().map(Person::named);
        changes.push((Change::Assigned { from, to }, assignee));
    }
    Ok(changes)
}

/// Somebody who may handle tickets: an enabled admin.
async fn assignee(tx: &Tx, id: Option<UserId>) -> Result<Option<Person>, TicketError> {
    let Some(id) = id else { return Ok(None) };
    let person = write::person(tx, id).await?.filter(Person::is_admin);
    person.map(Some).ok_or(TicketError::Invalid {
        field: "assignee_id",
        reason: "is not an enabled admin",
    })
}
