//! Searching the whole desk, or the tickets of a list of staff.
//!
//! The index of words knows nothing of lists: whatever bounds it may leave out all that belongs to one. So the tickets of
//! a short list are read, and of a long one the index is asked for far more than is given.

use domain::{Audience, SearchQuery, Seq, TicketId};
use sea_orm::{ConnectionTrait as _, FromQueryResult, QueryTrait as _};

use super::Found;
use super::reading::{self, TICKETS_MAX, Titled};
use crate::dialect::full_text::{self, Texts};
use crate::tickets::{self, TicketQuery};
use crate::{Read, Result};

/// Most texts that are given, of titles and of bodies each.
const GIVEN_MAX: usize = 2_000;
/// Most texts of the index that are held against a list, of titles and of bodies each.
const COMPARED_MAX: usize = 20_000;

#[derive(FromQueryResult)]
struct Row {
    ticket_id: i64,
    seq: i64,
    place: f64,
    belongs: bool,
}

pub(super) async fn find(
    from: &impl Read,
    search: &SearchQuery,
    query: &TicketQuery,
) -> Result<Found> {
    if query.holds_all() {
        return indexed(from, search, None).await;
    }
    let mut list: Vec<Titled> = reading::titled(query)
        .into_tuple()
        .all(from.connection().executor())
        .await?;
    if list.len() > TICKETS_MAX {
        return indexed(from, search, Some(query)).await;
    }
    list.sort_unstable_by_key(|(id, _)| std::cmp::Reverse(*id));
    let read = reading::find(from, search, &list, Audience::Staff).await?;
    if !read.more {
        return Ok(read);
    }
    // Few tickets, but long ones: what was not read the index may know.
    Ok(indexed(from, search, Some(query)).await?.or(read))
}

/// The best texts that the index gives, in tickets of the list if there is one.
async fn indexed(
    from: &impl Read,
    search: &SearchQuery,
    list: Option<&TicketQuery>,
) -> Result<Found> {
    let (titles, more_titles) = ask(from, search, Texts::Titles, list).await?;
    let (bodies, more_bodies) = ask(from, search, Texts::Bodies, list).await?;
    let titles = titles.iter().map(|row| TicketId(row.ticket_id));
    let bodies = bodies
        .iter()
        .map(|row| (TicketId(row.ticket_id), Seq(row.seq)));
    Ok(Found {
        titles: titles.collect(),
        bodies: bodies.collect(),
        more: more_titles || more_bodies,
    })
}

/// The best texts, and whether there are, or may be, more.
async fn ask(
    from: &impl Read,
    search: &SearchQuery,
    texts: Texts,
    list: Option<&TicketQuery>,
) -> Result<(Vec<Row>, bool)> {
    let connection = from.connection();
    let backend = connection.executor().get_database_backend();
    let belonging = list.map(|query| tickets::belonging(query, full_text::FOUND).build(backend));
    let asked = match list {
        Some(_) => COMPARED_MAX,
        None => GIVEN_MAX,
    };
    // One more, which only shows that there are more.
    let matching = full_text::matching(backend, search, texts, belonging, asked + 1);
    let Some(statement) = matching else {
        // An index that cannot know has not seen everything of a list.
        return Ok((Vec::new(), list.is_some()));
    };
    let mut rows = Row::find_by_statement(statement)
        .all(connection.executor())
        .await?;
    let mut more = rows.len() > asked;
    rows.retain(|row| row.belongs);
    rows.sort_by(|a, b| {
        let newest = || (b.ticket_id, b.seq).cmp(&(a.ticket_id, a.seq));
        b.place.total_cmp(&a.place).then_with(newest)
    });
    more |= rows.len() > GIVEN_MAX;
    rows.truncate(GIVEN_MAX);
    Ok((rows, more))
}
