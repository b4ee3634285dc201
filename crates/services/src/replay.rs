//! What a client that joins a ticket has not seen, read in one snapshot of the database.

use domain::{Audience, Entry, Seq, Ticket, TicketId, Timestamp, Viewer, limits};
use repository::Db;

use crate::database::Database;
use crate::error::TicketError;
use crate::events::Committed;
use crate::{visible, write};

/// A ticket with the entries that bring a client up to its head.
#[derive(Clone, Debug)]
pub struct Replay {
    /// The ticket.
    pub ticket: Ticket,
    /// How much others said after the viewer's read cursor, at most `limits::UNREAD_MAX`.
    pub unread: i64,
    /// False: everything after what the client had. True: the latest entries only.
    pub snapshot: bool,
    /// The entries, ascending, up to the ticket's head.
    pub entries: Vec<Entry>,
}

/// Reads what clients have missed. It never uses the memory of this node.
#[derive(Clone)]
pub struct ReplayService {
    db: Db,
}

impl ReplayService {
    /// Replays from this database.
    #[must_use]
    pub fn new(database: &Database) -> ReplayService {
        ReplayService {
            db: database.db.clone(),
        }
    }

    /// Everything after `after`, or the latest entries when that is unknown, not there or too much.
    ///
    /// # Errors
    /// [`TicketError::NotFound`] when the ticket is not there or not the viewer's to see.
    pub async fn open(
        &self,
        viewer: Viewer,
        id: TicketId,
        after: Option<Seq>,
    ) -> Result<Replay, TicketError> {
        let db = self.db.read().await?;
        let ticket = visible::find(&db, viewer, id).await?;
        let unread = repository::tickets::unread(&db, viewer, &[id]).await?;

        let (head, audience) = (ticket.head_seq, viewer.role.audience());
        let within_reach = |after: &Seq| {
            (0..=i64::from(limits::REPLAY_MAX_ENTRIES)).contains(&head.0.saturating_sub(after.0))
        };
        let missed = match after.filter(within_reach) {
            None => None,
            Some(after) => {
                let limit = limits::REPLAY_MAX_ENTRIES;
                let entries = repository::timeline::after(&db, id, after, limit).await?;
                (size(&entries, audience) <= limits::REPLAY_MAX_BYTES).then_some(entries)
            }
        };
        let (snapshot, entries) = match missed {
            Some(entries) => (false, entries),
            None => {
                let limit = limits::SNAPSHOT_ENTRIES;
                (true, repository::timeline::latest(&db, id, limit).await?)
            }
        };
        Ok(Replay {
            unread: unread.get(&id).copied().unwrap_or(0),
            ticket,
            snapshot,
            entries,
        })
    }

    /// The entries after `after` up to and including `up_to`, whoever asks: for a hub that filters itself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn between(
        &self,
        id: TicketId,
        after: Seq,
        up_to: Seq,
    ) -> Result<Vec<Entry>, TicketError> {
        let missing = u32::try_from(up_to.0 - after.0).unwrap_or(0);
        Ok(repository::timeline::after(&self.db, id, after, missing).await?)
    }

    /// How far these tickets go, whoever asks; one that is not there is left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn heads(&self, tickets: &[TicketId]) -> Result<Vec<(TicketId, Seq)>, TicketError> {
        let heads = repository::tickets::heads(&self.db, tickets).await?;
        Ok(heads.into_iter().collect())
    }

    /// The places of the entries made from `from` on and before `to`, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recent(
        &self,
        from: Timestamp,
        to: Timestamp,
        limit: usize,
    ) -> Result<Vec<(TicketId, Seq)>, TicketError> {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        Ok(repository::timeline::made_between(&self.db, from, to, limit).await?)
    }

    /// What was to be announced of an entry, with the ticket as it stands now.
    ///
    /// # Errors
    /// [`TicketError::NotFound`] when there is no such entry.
    pub async fn event(&self, id: TicketId, seq: Seq) -> Result<Committed, TicketError> {
        let ticket = repository::tickets::find(&self.db, id).await?;
        let entry = repository::timeline::find(&self.db, id, seq).await?;
        let (Some(ticket), Some(entry)) = (ticket, entry) else {
            return Err(TicketError::NotFound);
        };
        Ok(Committed {
            ticket,
            committed_at: entry.created_at,
            entry,
            notices: write::notices(&self.db, id, seq).await?,
        })
    }
}

/// What entries weigh on the wire, in bytes, roughly: the text that is shown and a frame around it. What is hidden
/// weighs nothing more, or a snapshot would tell how much it is.
fn size(entries: &[Entry], audience: Audience) -> usize {
    const FRAME: usize = 300;
    let body = |entry: &Entry| {
        let shown = entry.kind().visible_to(audience);
        let body = entry.change.body().filter(|_| shown);
        body.map_or(0, |body| body.as_str().len())
    };
    entries.iter().map(|entry| FRAME + body(entry)).sum()
}
