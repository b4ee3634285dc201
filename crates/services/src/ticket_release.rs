//! Tickets go back to nobody when the admin who handles them is none any more.

use std::time::Duration;

use domain::{Change, Person, Status, TicketId, UserId};
use tracing::{Instrument as _, info, warn};

use crate::error::TicketError;
use crate::retry::retrying;
use crate::tickets::TicketService;
use crate::write::{self, Writes};

/// How often tickets are looked for that are left.
const ROUND: Duration = Duration::from_secs(60);
/// Tickets that one query finds; each is a transaction of its own, so that nobody waits for them all.
const BATCH: u32 = 100;

impl TicketService {
    /// Releases, forever, what is left with people who are no enabled admins: a process ended before it was done, or
    /// somebody gave them a ticket in the moment in which they were removed.
    pub async fn keep_releasing(&self) {
        let mut round = tokio::time::interval(ROUND);
        round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            round.tick().await;
            if let Err(cause) = self.release_left().await {
                warn!(%cause, "Could not release the tickets of former admins");
            }
        }
    }

    /// Releases what is left now, and gives how many tickets that was.
    ///
    /// # Errors
    /// When the database fails; what was not done is done in another round.
    pub async fn release_left(&self) -> Result<usize, TicketError> {
        let db = &self.writes.db;
        let admins = repository::users::enabled_admins(db).await?;
        let (mut count, mut passed) = (0, UserId(0));
        while let Some(assignee) = repository::tickets::next_assignee(db, passed).await? {
            passed = assignee;
            if !admins.contains(&assignee) {
                count += self.writes.release_of(assignee, None).await?;
            }
        }
        Ok(count)
    }
}

impl Writes {
    /// The same in the background, for a request that does not wait for it.
    pub(crate) fn begin_release_of(&self, former: UserId, by: UserId) {
        let writes = self.clone();
        let releasing = async move {
            if let Err(cause) = writes.release_of(former, Some(by)).await {
                warn!(user.id = %former, %cause, "Left tickets of a former admin to a later round");
            }
        };
        tokio::spawn(releasing.in_current_span());
    }

    /// Unassigns what somebody handles who is no enabled admin, and gives how many tickets that was. An entry says so
    /// in each, by the admin who removed them; without one, as at the command line, by themselves. May be done again
    /// and by several at once.
    pub(crate) async fn release_of(
        &self,
        former: UserId,
        by: Option<UserId>,
    ) -> Result<usize, TicketError> {
        let mut count = 0;
        loop {
            let held = repository::tickets::held_by(&self.db, former, BATCH).await?;
            if held.is_empty() {
                break;
            }
            for id in held {
                let writes = self.clone();
                let write = async move { retrying(|| writes.try_release(id, former, by)).await };
                match Writes::to_end(write).await? {
                    Released::Now => count += 1,
                    Released::Before => {}
                    Released::StaysAdmin => return Ok(count),
                }
            }
        }
        if count > 0 {
            info!(count, user.id = %former, "Released the tickets of a former admin");
        }
        Ok(count)
    }

    async fn try_release(
        &self,
        id: TicketId,
        former: UserId,
        by: Option<UserId>,
    ) -> Result<Released, TicketError> {
        let tx = self.db.begin().await?;
        let Some(mut ticket) = repository::tickets::lock(&tx, id).await? else {
            return Ok(Released::Before);
        };
        let is_open = ticket.status != Status::Closed;
        let held = ticket.assignee.clone();
        let Some(assignee) = held.filter(|held| held.id == former && is_open) else {
            return Ok(Released::Before);
        };
        if enabled_admin(&tx, former).await?.is_some() {
            return Ok(Released::StaysAdmin);
        }
        let actor = match by {
            Some(by) => enabled_admin(&tx, by).await?,
            None => None,
        };
        let change = Change::Assigned {
            from: Some(assignee.named()),
            to: None,
        };
        let actor = actor.unwrap_or(assignee);
        let entry = ticket.record(change, actor, None, None, self.clock.now());
        let stored = self.store(&tx, vec![(ticket, entry)]).await?;
        tx.commit().await?;
        self.announce(stored);
        Ok(Released::Now)
    }
}

/// What became of a ticket.
enum Released {
    /// It is nobody's.
    Now,
    /// Somebody was faster.
    Before,
    /// They are an enabled admin again.
    StaysAdmin,
}

async fn enabled_admin(tx: &repository::Tx, id: UserId) -> Result<Option<Person>, TicketError> {
    Ok(write::person(tx, id).await?.filter(Person::is_admin))
}
