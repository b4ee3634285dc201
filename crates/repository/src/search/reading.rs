//! Searching tickets by reading what was written in them.

use domain::{Audience, EntryKind, SearchQuery, Seq, TicketId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::Found;
use crate::entities::{tickets, timeline};
use crate::lists::padded;
use crate::tickets::TicketQuery;
use crate::{Read, Result};

/// Most tickets that are read.
pub(super) const TICKETS_MAX: usize = 2_000;
/// Most bodies that are read.
const BODIES_MAX: usize = 5_000;
/// Most that is read of bodies, in bytes, give or take a query's answer.
const BYTES_MAX: usize = 8 * 1024 * 1024;
/// Tickets whose bodies a query reads.
const TICKETS_AT_ONCE: usize = 128;
/// Bodies that a query reads.
const BODIES_AT_ONCE: usize = 500;

/// A ticket's number and title.
pub(super) type Titled = (i64, String);

/// A query for the tickets of a list, in no order: as many as are read, and one more if there are more.
pub(super) fn titled(query: &TicketQuery) -> Select<tickets::Entity> {
    tickets::Entity::find()
        .select_only()
        .columns([tickets::Column::Id, tickets::Column::Title])
        .filter(query.condition())
        .limit(TICKETS_MAX as u64 + 1)
}

/// The texts that match in these tickets, as far as the audience may see them.
pub(super) async fn find(
    from: &impl Read,
    search: &SearchQuery,
    tickets: &[Titled],
    audience: Audience,
) -> Result<Found> {
    let matching = tickets.iter().filter(|(_, title)| search.is_in(title));
    let mut found = Found {
        titles: matching.map(|(id, _)| TicketId(*id)).collect(),
        ..Found::default()
    };
    let (mut bodies, mut bytes) = (0, 0);
    for some in tickets.chunks(TICKETS_AT_ONCE) {
        let ids: Vec<_> = some.iter().map(|(id, _)| *id).collect();
        let mut before = None;
        loop {
            let read = bodies_of(from, &ids, audience, before).await?;
            for (ticket, seq, body) in &read {
                bytes += body.len();
                if search.is_in(body) {
                    found.bodies.push((TicketId(*ticket), Seq(*seq)));
                }
            }
            bodies += read.len();
            before = read.last().map(|(ticket, seq, _)| (*ticket, *seq));
            if bodies >= BODIES_MAX || bytes >= BYTES_MAX {
                found.more = true;
                return Ok(found);
            }
            if read.len() < BODIES_AT_ONCE {
                break;
            }
        }
    }
    Ok(found)
}

/// Bodies that the audience may see, from the newest ticket and entry on, before this place.
async fn bodies_of(
    from: &impl Read,
    tickets: &[i64],
    audience: Audience,
    before: Option<(i64, i64)>,
) -> Result<Vec<(i64, i64, String)>> {
    use timeline::Column;
    let kinds = EntryKind::ALL
        .iter()
        .filter(|kind| kind.is_said() && kind.visible_to(audience))
        .map(|kind| kind.as_str());
    let before = before.map(|(ticket, seq)| {
        Condition::any().add(Column::TicketId.lt(ticket)).add(
            Condition::all()
                .add(Column::TicketId.eq(ticket))
                .add(Column::Seq.lt(seq)),
        )
    });
    let rows = timeline::Entity::find()
        .select_only()
        .columns([Column::TicketId, Column::Seq, Column::Body])
        .filter(Column::TicketId.is_in(padded(tickets)))
        .filter(Column::Kind.is_in(kinds))
        .filter(Condition::all().add_option(before))
        .order_by_desc(Column::TicketId)
        .order_by_desc(Column::Seq)
        .limit(BODIES_AT_ONCE as u64)
        .into_tuple()
        .all(from.connection().executor())
        .await?;
    Ok(rows)
}
