//! Tickets as they stand.

use std::collections::HashMap;

use domain::ticket::NewTicket;
use domain::{Seq, Status, Ticket, TicketId, Timestamp, Took, UserId, WaitingOn};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entities::tickets as table;
use crate::lists::padded;
use crate::{Error, Read, Result, Tx};

mod counts;
mod held;
mod list;
#[cfg(test)]
mod plans;
mod row;
mod unread;

pub use counts::{TicketCounts, counts};
pub use held::{held_by, next_assignee};
pub(crate) use list::belonging;
pub use list::{AssigneeFilter, TicketCursor, TicketQuery, TicketSort, list};
pub use unread::unread;

/// Stores a new ticket whose first entry is by `author`, and gives the number that it got. The entry is to be
/// added next, in the same transaction.
///
/// # Errors
/// The database's.
pub async fn add(tx: &Tx, new: &NewTicket, author: UserId, now: Timestamp) -> Result<TicketId> {
    let first = Seq::ZERO.next();
    let row = table::ActiveModel {
        id: NotSet,
        requester_id: Set(new.requester.id.0),
        assignee_id: Set(None),
        category_id: Set(new.category.as_ref().map(|category| category.id)),
        follows_id: Set(new.follows_id.map(|id| id.0)),
        title: Set(new.title.as_str().to_owned()),
        status: Set(Status::Open.as_str().to_owned()),
        priority: Set(row::rank(new.priority)),
        waiting_on: Set(WaitingOn::Staff.as_str().to_owned()),
        last_seq: Set(first.0),
        last_message_seq: Set(first.0),
        last_message_author_id: Set(author.0),
        last_message_preview: Set(new.description.preview()),
        last_message_at: Set(now.0),
        created_at: Set(now.0),
        updated_at: Set(now.0),
        closed_at: Set(None),
        first_response_at: Set(None),
        first_response_s: Set(None),
        resolved_at: Set(None),
        resolution_s: Set(None),
    };
    let inserted = table::Entity::insert(row)
        .exec(tx.connection().executor())
        .await?;
    Ok(TicketId(inserted.last_insert_id))
}

/// The ticket, if there is one, held until the transaction ends: others that lock it wait for that. Lock
/// first, so that whatever the transaction reads afterwards is no older.
///
/// # Errors
/// The database's.
pub async fn lock(tx: &Tx, id: TicketId) -> Result<Option<Ticket>> {
    row::one(tx, row::locked(id)).await
}

/// The ticket, if there is one.
///
/// # Errors
/// The database's.
pub async fn find(from: &impl Read, id: TicketId) -> Result<Option<Ticket>> {
    row::one(from, row::select().filter(table::Column::Id.eq(id.0))).await
}

/// Those of these tickets that exist, in no order.
///
/// # Errors
/// The database's.
pub async fn find_all(from: &impl Read, ids: &[TicketId]) -> Result<Vec<Ticket>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = row::select()
        .filter(table::Column::Id.is_in(padded(ids).map(|id| id.0)))
        .into_model::<row::Row>()
        .all(from.connection().executor())
        .await?;
    rows.into_iter().map(Ticket::try_from).collect()
}

/// Stores how a ticket stands that was [locked](lock) by this transaction.
///
/// # Errors
/// One if there is no such ticket.
pub async fn save(tx: &Tx, ticket: &Ticket) -> Result<()> {
    let change = state(ticket);
    let update = table::Entity::update_many()
        .set(change)
        .filter(table::Column::Id.eq(ticket.id.0));
    match update.exec(tx.connection().executor()).await?.rows_affected {
        0 => Err(Error::missing("tickets")),
        _ => Ok(()),
    }
}

/// The columns of a ticket that changes may change.
fn state(ticket: &Ticket) -> table::ActiveModel {
    let last = &ticket.last_message;
    table::ActiveModel {
        assignee_id: Set(ticket.assignee.as_ref().map(|person| person.id.0)),
        category_id: Set(ticket.category.as_ref().map(|category| category.id)),
        title: Set(ticket.title.as_str().to_owned()),
        status: Set(ticket.status.as_str().to_owned()),
        priority: Set(row::rank(ticket.priority)),
        waiting_on: Set(ticket.waiting_on.as_str().to_owned()),
        last_seq: Set(ticket.head_seq.0),
        last_message_seq: Set(last.seq.0),
        last_message_author_id: Set(last.author.id.0),
        last_message_preview: Set(last.preview.clone()),
        last_message_at: Set(last.created_at.0),
        updated_at: Set(ticket.updated_at.0),
        closed_at: Set(ticket.closed_at.map(|at| at.0)),
        first_response_at: Set(ticket.first_response_at.map(|at| at.0)),
        first_response_s: Set(ticket.first_response().map(Took::seconds)),
        resolved_at: Set(ticket.resolved_at.map(|at| at.0)),
        resolution_s: Set(ticket.resolution().map(Took::seconds)),
        ..Default::default()
    }
}

/// The row of a ticket that did not come into being here.
pub(crate) fn whole_row(ticket: &Ticket) -> table::ActiveModel {
    table::ActiveModel {
        id: Set(ticket.id.0),
        requester_id: Set(ticket.requester.id.0),
        follows_id: Set(ticket.follows_id.map(|id| id.0)),
        created_at: Set(ticket.created_at.0),
        ..state(ticket)
    }
}

/// The place of the latest entry of each of these tickets that exists.
///
/// # Errors
/// The database's.
pub async fn heads(from: &impl Read, ids: &[TicketId]) -> Result<HashMap<TicketId, Seq>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(i64, i64)> = table::Entity::find()
        .select_only()
        .columns([table::Column::Id, table::Column::LastSeq])
        .filter(table::Column::Id.is_in(padded(ids).map(|id| id.0)))
        .into_tuple()
        .all(from.connection().executor())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, seq)| (TicketId(id), Seq(seq)))
        .collect())
}
