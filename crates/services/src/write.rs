//! The one path by which entries come into being: checked under the ticket's lock, stored with everything
//! that belongs to them in one transaction, announced after the commit.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use domain::{
    Alert, ClientId, Clock, Entry, EntryKind, Person, Seq, Ticket, TicketId, Timestamp, UserId,
    Viewer,
    policy::{self, Action},
};
use repository::{Db, Tx};
use tracing::{Instrument as _, debug, error, warn};

use crate::error::{Fault, TicketError};
use crate::events::{Committed, EventSink, Notice, ReadMoved};
use crate::outbox_relay::Announced;
use crate::tickets::TicketView;

/// What every write of a ticket needs.
#[derive(Clone)]
pub(crate) struct Writes {
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) announced: Arc<Announced>,
    pub(crate) alert_after: Option<Duration>,
    events: Arc<dyn EventSink>,
}

/// A stored entry with the ticket as it was right after, to be announced.
pub(crate) struct Stored {
    pub(crate) ticket: Ticket,
    pub(crate) entry: Entry,
    /// The alert that it raised or acknowledged.
    pub(crate) alert: Option<Alert>,
    told_anybody: bool,
}

/// A ticket that is locked until the transaction ends.
pub(crate) enum Locked {
    /// The write may go on.
    Fresh(Ticket),
    /// The same client id was written before: here is what it made.
    Repeated(Ticket, Entry),
}

impl Writes {
    pub(crate) fn new(
        db: Db,
        events: Arc<dyn EventSink>,
        clock: Arc<dyn Clock>,
        alert_after: Option<Duration>,
    ) -> Writes {
        Writes {
            db,
            clock,
            announced: Arc::default(),
            alert_after,
            events,
        }
    }

    /// Runs a write to its end even if whoever asked for it goes away in the middle.
    pub(crate) async fn to_end<T, E>(
        write: impl Future<Output = Result<T, E>> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        tokio::spawn(write.in_current_span())
            .await
            .unwrap_or(Err(Fault::CutOff.into()))
    }

    /// Locks the ticket and checks that the viewer may see it and has not written this before.
    pub(crate) async fn lock(
        &self,
        tx: &Tx,
        viewer: Viewer,
        ticket_id: TicketId,
        client_id: Option<ClientId>,
    ) -> Result<Locked, TicketError> {
        let ticket = repository::tickets::lock(tx, ticket_id)
            .await?
            .ok_or(TicketError::NotFound)?;
        let standing = viewer.standing(ticket.requester.id);
        policy::check(standing, ticket.status, Action::Read)?;
        let Some(client_id) = client_id else {
            return Ok(Locked::Fresh(ticket));
        };
        match repository::timeline::find_by_client_id(tx, viewer.user_id, client_id).await? {
            None => Ok(Locked::Fresh(ticket)),
            Some(entry) if entry.ticket_id == ticket_id => Ok(Locked::Repeated(ticket, entry)),
            Some(_) => Err(TicketError::ClientIdReused),
        }
    }

    /// Refuses a write whose author has not seen what others did, as far as it can be seen and is of `kinds`. One
    /// query, however much lies in between: everybody who writes waits for it.
    pub(crate) async fn refuse_stale(
        &self,
        tx: &Tx,
        viewer: Viewer,
        ticket: &Ticket,
        seen: Option<Seq>,
        kinds: &[EntryKind],
    ) -> Result<(), TicketError> {
        let Some(seen) = seen else { return Ok(()) };
        if seen > ticket.head_seq {
            return Err(TicketError::Invalid {
                field: "seen_seq",
                reason: "is beyond the latest entry",
            });
        }
        let audience = viewer.role.audience();
        let kinds = kinds.iter().copied();
        let kinds: Vec<_> = kinds.filter(|kind| kind.visible_to(audience)).collect();
        if seen == ticket.head_seq || kinds.is_empty() {
            return Ok(());
        }
        let limit = domain::limits::REPLAY_MAX_ENTRIES;
        let author = viewer.user_id;
        let missed =
            repository::timeline::of_others_after(tx, ticket.id, seen, author, &kinds, limit)
                .await?;
        match missed.is_empty() {
            true => Ok(()),
            false => Err(TicketError::Stale { missed }),
        }
    }

    /// The viewer as the author of an entry of this ticket.
    pub(crate) async fn author(
        &self,
        tx: &Tx,
        viewer: Viewer,
        ticket: &Ticket,
    ) -> Result<Person, TicketError> {
        let known = [Some(&ticket.requester), ticket.assignee.as_ref()];
        match known
            .into_iter()
            .flatten()
            .find(|person| person.id == viewer.user_id)
        {
            Some(person) => Ok(person.clone()),
            None => person(tx, viewer.user_id)
                .await?
                .ok_or(TicketError::NotFound),
        }
    }

    /// Stores the entries of one write, in order and each with the ticket as it is right after it, and the ticket's new
    /// state, the notifications and the outbox rows.
    pub(crate) async fn store(
        &self,
        tx: &Tx,
        made: Vec<(Ticket, Entry)>,
    ) -> Result<Vec<Stored>, TicketError> {
        let Some((ticket, last)) = made.last() else {
            return Ok(Vec::new());
        };
        for (_, entry) in &made {
            repository::timeline::add(tx, entry).await?;
        }
        repository::tickets::save(tx, ticket).await?;
        let by = Viewer {
            user_id: last.actor.id,
            role: last.actor.role,
        };
        let alert = self.alert_after_entry(tx, ticket, by).await?;
        let mut stored = self.store_announcements(tx, made).await?;
        if let Some(first) = stored.first_mut() {
            first.alert = alert;
        }
        Ok(stored)
    }

    /// Stores the notifications and the outbox rows of entries.
    pub(crate) async fn store_announcements(
        &self,
        tx: &Tx,
        made: Vec<(Ticket, Entry)>,
    ) -> Result<Vec<Stored>, TicketError> {
        let admins = repository::users::enabled_admins(tx).await?;
        let mut stored = Vec::with_capacity(made.len());
        for (ticket, entry) in made {
            let told = ticket.told_of(&entry, &admins);
            let place = (entry.ticket_id, entry.seq);
            let (kind, now) = (entry.kind().into(), entry.created_at);
            let actor = Some(entry.actor.id);
            repository::notifications::add(tx, &told, kind, Some(place), actor, now).await?;
            repository::outbox::add(tx, place.0, place.1, now).await?;
            stored.push(Stored {
                ticket,
                entry,
                alert: None,
                told_anybody: !told.is_empty(),
            });
        }
        Ok(stored)
    }

    /// Tells of what was committed, without keeping the author waiting for it.
    pub(crate) fn announce(&self, stored: Vec<Stored>) {
        #[cfg(debug_assertions)]
        crate::failpoint::after_commit();
        let writes = self.clone();
        let committed_at = self.clock.now();
        let telling = async move {
            for Stored {
                ticket,
                entry,
                alert,
                told_anybody,
            } in stored
            {
                writes
                    .announce_one(ticket, entry, committed_at, told_anybody)
                    .await;
                if let Some(alert) = alert {
                    writes.events.alert(alert).await;
                }
            }
        };
        tokio::spawn(telling.in_current_span());
    }

    /// Tells of one committed entry and notes that its outbox row can go. What fails here is left to the relay.
    async fn announce_one(
        &self,
        ticket: Ticket,
        entry: Entry,
        committed_at: Timestamp,
        told_anybody: bool,
    ) {
        let (id, seq) = (entry.ticket_id, entry.seq);
        match self.tell(ticket, entry, committed_at, told_anybody).await {
            Ok(true) => {
                // In the span of the request or command that wrote it.
                debug!(ticket.id = %id, %seq, "Announced an entry");
                self.announced.note((id, seq));
            }
            Ok(false) => {
                warn!(ticket.id = %id, %seq, "Left an announcement to the relay: not all could be told");
            }
            Err(cause) => {
                error!(ticket.id = %id, %seq, %cause, "Left an announcement to the relay");
            }
        }
    }

    /// Tells of one committed entry; false when not all could be told.
    pub(crate) async fn tell(
        &self,
        ticket: Ticket,
        entry: Entry,
        committed_at: Timestamp,
        told_anybody: bool,
    ) -> Result<bool, repository::Error> {
        let notices = match told_anybody {
            true => notices(&self.db, entry.ticket_id, entry.seq).await?,
            false => Vec::new(),
        };
        let event = Committed {
            ticket,
            entry,
            committed_at,
            notices,
        };
        Ok(self.events.committed(event).await)
    }

    /// Who hears of what was committed.
    pub(crate) fn events(&self) -> Arc<dyn EventSink> {
        Arc::clone(&self.events)
    }

    /// Tells that a read cursor moved.
    pub(crate) fn announce_read(&self, event: ReadMoved) {
        let events = Arc::clone(&self.events);
        tokio::spawn(async move { events.read_moved(event).await }.in_current_span());
    }

    /// A ticket with what the viewer has not read of it.
    pub(crate) async fn view(
        &self,
        viewer: Viewer,
        ticket: Ticket,
    ) -> Result<TicketView, TicketError> {
        let unread = repository::tickets::unread(&self.db, viewer, &[ticket.id]).await?;
        let unread = unread.get(&ticket.id).copied().unwrap_or(0);
        Ok(TicketView { ticket, unread })
    }
}

/// Whom an entry tells, with what they are told.
pub(crate) async fn notices(
    db: &Db,
    ticket_id: TicketId,
    seq: Seq,
) -> Result<Vec<Notice>, repository::Error> {
    let told = repository::notifications::after_entry(db, ticket_id, seq).await?;
    let notices = told.into_iter().map(|told| Notice {
        user_id: told.user_id,
        notification: told.notification,
        unread: told.unread,
    });
    Ok(notices.collect())
}

/// A person who may act: there, and not disabled.
pub(crate) async fn person(tx: &Tx, id: UserId) -> Result<Option<Person>, TicketError> {
    let user = repository::users::find(tx, id).await?;
    Ok(user
        .filter(|user| user.disabled_at.is_none())
        .map(|user| user.person()))
}
