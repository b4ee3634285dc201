//! Searching the whole desk, by the index of words.

use std::collections::HashSet;

use domain::{SearchQuery, Seq, TicketId};
use sea_orm::{ConnectionTrait as _, FromQueryResult};

use super::Found;
use crate::dialect::full_text::{self, Texts};
use crate::tickets::{self, TicketQuery};
use crate::{Read, Result};

/// Most texts that the index is asked for, of titles and of bodies each.
const ASKED_MAX: usize = 2_000;

#[derive(FromQueryResult)]
struct Row {
    ticket_id: i64,
    seq: i64,
    place: f64,
}

pub(super) async fn find(
    from: &impl Read,
    search: &SearchQuery,
    query: &TicketQuery,
) -> Result<Found> {
    let titles = ask(from, search, Texts::Titles).await?;
    let bodies = ask(from, search, Texts::Bodies).await?;
    let more = [&titles, &bodies].iter().any(|rows| rows.len() > ASKED_MAX);
    let found = || titles.iter().chain(&bodies);
    let mut ids: Vec<_> = found().map(|row| TicketId(row.ticket_id)).collect();
    ids.sort_unstable();
    ids.dedup();
    let belonging = tickets::belonging(from, query, &ids).await?;
    let belonging: HashSet<_> = belonging.into_iter().collect();
    let belongs = |row: &&Row| belonging.contains(&TicketId(row.ticket_id));
    let titles = titles.iter().filter(belongs);
    let bodies = bodies.iter().filter(belongs);
    Ok(Found {
        titles: titles.map(|row| TicketId(row.ticket_id)).collect(),
        bodies: bodies
            .map(|row| (TicketId(row.ticket_id), Seq(row.seq)))
            .collect(),
        more,
    })
}

/// The best texts, and one more if there are more, which only shows that.
async fn ask(from: &impl Read, search: &SearchQuery, texts: Texts) -> Result<Vec<Row>> {
    let connection = from.connection();
    let backend = connection.executor().get_database_backend();
    let Some(statement) = full_text::matching(backend, search, texts, ASKED_MAX + 1) else {
        return Ok(Vec::new());
    };
    let mut rows = Row::find_by_statement(statement)
        .all(connection.executor())
        .await?;
    rows.sort_by(|a, b| {
        let newest = || (b.ticket_id, b.seq).cmp(&(a.ticket_id, a.seq));
        b.place.total_cmp(&a.place).then_with(newest)
    });
    Ok(rows)
}
