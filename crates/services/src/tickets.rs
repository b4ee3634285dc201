//! Tickets: opening, reading, and who takes part.

use auth::VerifiedSession;
use domain::timeline::Named;
use domain::{
    Body, CategoryId, Change, ClientId, Entry, Person, Priority, Role, Seq, Status, Ticket,
    TicketId, Title, UserId, Viewer, ticket::NewTicket,
};
use repository::Tx;

use crate::error::TicketError;
use crate::long_reads::LongReads;
use crate::retry::retrying_by_client_id;
use crate::visible;
use crate::write::{self, Writes};

/// Use cases of tickets.
#[derive(Clone)]
pub struct TicketService {
    pub(crate) writes: Writes,
    pub(crate) long_reads: LongReads,
}

/// What a viewer opens a ticket with.
#[derive(Clone, Debug)]
pub struct OpenTicket {
    /// Made by the client, unique per author.
    pub client_id: ClientId,
    /// What it is about.
    pub title: Title,
    /// The first message.
    pub description: Body,
    /// What it is sorted under.
    pub category_id: Option<CategoryId>,
    /// How urgent it is.
    pub priority: Priority,
    /// On behalf of this customer; admins only.
    pub requester_id: Option<UserId>,
    /// The closed ticket that this one follows up.
    pub follows_id: Option<TicketId>,
}

/// A ticket with what the viewer has not read of it.
#[derive(Clone, Debug)]
pub struct TicketView {
    /// The ticket.
    pub ticket: Ticket,
    /// How much others said after the viewer's read cursor, at most `limits::UNREAD_MAX`.
    pub unread: i64,
}

/// A ticket and the entry that a write made in it; none when nothing had to change.
#[derive(Clone, Debug)]
pub struct Written {
    /// The ticket as it stands.
    pub ticket: Ticket,
    /// The entry.
    pub entry: Option<Entry>,
}

/// Somebody who takes part in a ticket.
#[derive(Clone, Debug)]
pub struct Participant {
    /// Who.
    pub person: Person,
    /// Seen up to here.
    pub read_seq: Seq,
}

/// A ticket with the people in it.
#[derive(Clone, Debug)]
pub struct TicketDetail {
    /// The ticket.
    pub view: TicketView,
    /// The requester, the assignee and those who wrote something that the viewer may see.
    pub participants: Vec<Participant>,
    /// The viewer has seen up to here.
    pub read_seq: Seq,
}

impl TicketService {
    pub(crate) fn new(writes: Writes, long_reads: LongReads) -> TicketService {
        TicketService { writes, long_reads }
    }

    /// Opens a ticket and tells every admin. The same client id again gives the ticket that it made.
    ///
    /// # Errors
    /// [`TicketError::Forbidden`] when a customer opens on behalf of somebody, [`TicketError::Invalid`] for a
    /// category, requester or followed ticket that cannot be named, [`TicketError::ClientIdReused`].
    pub async fn open(
        &self,
        session: &VerifiedSession,
        new: OpenTicket,
    ) -> Result<TicketView, TicketError> {
        let (service, viewer) = (self.clone(), session.viewer());
        let ticket = Writes::to_end(async move {
            retrying_by_client_id(|| service.try_open(viewer, new.clone())).await
        })
        .await?;
        self.writes.view(viewer, ticket).await
    }

    async fn try_open(&self, viewer: Viewer, new: OpenTicket) -> Result<Ticket, TicketError> {
        let tx = self.writes.db.begin().await?;
        let author = viewer.user_id;
        let requester_id = new.requester_id.unwrap_or(author);
        if requester_id != author && viewer.role != Role::Admin {
            return Err(TicketError::Forbidden);
        }
        if let Some(entry) =
            repository::timeline::find_by_client_id(&tx, author, new.client_id).await?
        {
            return repeated_opening(&tx, viewer, &entry, &new).await;
        }
        let requester = write::person(&tx, requester_id)
            .await?
            .ok_or(TicketError::Invalid {
                field: "requester_id",
                reason: "is not an active user",
            })?;
        let category = category(&tx, new.category_id).await?;
        followed(&tx, requester.id, new.follows_id).await?;
        let actor = if author == requester.id {
            requester.clone()
        } else {
            write::person(&tx, author)
                .await?
                .ok_or(TicketError::NotFound)?
        };

        let now = self.writes.clock.now();
        let client_id = new.client_id;
        let new = NewTicket {
            title: new.title,
            description: new.description,
            priority: new.priority,
            category,
            requester,
            follows_id: new.follows_id,
        };
        let id = repository::tickets::add(&tx, &new, author, now).await?;
        let (ticket, entry) = Ticket::open(id, new, actor, client_id, now);
        repository::timeline::add(&tx, &entry).await?;
        let alert = self.writes.raise_alert(&tx, &ticket, viewer).await?;
        let made = vec![(ticket.clone(), entry)];
        let mut stored = self.writes.store_announcements(&tx, made).await?;
        if let Some(first) = stored.first_mut() {
            first.alert = alert;
        }
        tx.commit().await?;
        self.writes.announce(stored);
        Ok(ticket)
    }

    /// A ticket that the viewer has just written in, with what they have not read of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn view(
        &self,
        session: &VerifiedSession,
        ticket: Ticket,
    ) -> Result<TicketView, TicketError> {
        self.writes.view(session.viewer(), ticket).await
    }

    /// A ticket with the people in it.
    ///
    /// # Errors
    /// [`TicketError::NotFound`] when it is not there or not the viewer's to see.
    pub async fn read(
        &self,
        session: &VerifiedSession,
        id: TicketId,
    ) -> Result<TicketDetail, TicketError> {
        let viewer = session.viewer();
        let db = self.writes.db.read().await?;
        let ticket = visible::find(&db, viewer, id).await?;

        let unread = repository::tickets::unread(&db, viewer, &[id]).await?;
        let cursors = repository::read_cursors::of_ticket(&db, id).await?;
        let audience = viewer.role.audience();
        let mut people = repository::timeline::authors(&db, id, audience).await?;
        let named = [Some(&ticket.requester), ticket.assignee.as_ref()];
        people.extend(named.into_iter().flatten().cloned());
        people.sort_by_key(|person| person.id);
        people.dedup_by_key(|person| person.id);

        let read_seq = |user: UserId| {
            let cursor = cursors.iter().find(|(id, _)| *id == user);
            cursor.map_or(Seq::ZERO, |(_, seq)| *seq)
        };
        Ok(TicketDetail {
            participants: people
                .into_iter()
                .map(|person| Participant {
                    read_seq: read_seq(person.id),
                    person,
                })
                .collect(),
            read_seq: read_seq(viewer.user_id),
            view: TicketView {
                unread: unread.get(&id).copied().unwrap_or(0),
                ticket,
            },
        })
    }
}

/// The ticket that the same client id opened before, if this is the same request.
async fn repeated_opening(
    tx: &Tx,
    viewer: Viewer,
    entry: &Entry,
    new: &OpenTicket,
) -> Result<Ticket, TicketError> {
    let ticket = visible::find(tx, viewer, entry.ticket_id).await?;
    let same_body = matches!(&entry.change, Change::Created { body } if *body == new.description);
    let same_place = ticket.requester.id == new.requester_id.unwrap_or(viewer.user_id)
        && ticket.follows_id == new.follows_id;
    // The rest may have been edited since; then it cannot be compared any more.
    let same_fields = ticket.head_seq > entry.seq
        || ticket.title == new.title
            && ticket.priority == new.priority
            && ticket.category.as_ref().map(|category| category.id)
                == new.category_id.map(i64::from);
    if same_body && same_place && same_fields {
        Ok(ticket)
    } else {
        Err(TicketError::ClientIdReused)
    }
}

/// A category that tickets may be put under.
pub(crate) async fn category(
    tx: &Tx,
    id: Option<CategoryId>,
) -> Result<Option<Named>, TicketError> {
    let Some(id) = id else { return Ok(None) };
    let category = repository::categories::find(tx, id).await?;
    match category.filter(|category| !category.retired) {
        Some(category) => Ok(Some(Named {
            id: category.id.0,
            name: category.name,
        })),
        None => Err(TicketError::Invalid {
            field: "category_id",
            reason: "is not a category that can be chosen",
        }),
    }
}

/// Only a closed ticket of the same requester can be followed up; any other does not exist for them.
async fn followed(tx: &Tx, requester: UserId, id: Option<TicketId>) -> Result<(), TicketError> {
    let Some(id) = id else { return Ok(()) };
    let ticket = repository::tickets::find(tx, id).await?;
    match ticket {
        Some(ticket) if ticket.requester.id == requester && ticket.status == Status::Closed => {
            Ok(())
        }
        _ => Err(TicketError::Invalid {
            field: "follows_id",
            reason: "is not a closed ticket of this requester",
        }),
    }
}
