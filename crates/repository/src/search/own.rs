//! Searching the tickets of one customer, by reading them from the newest on.

use domain::{Audience, SearchQuery};
use sea_orm::QueryOrder as _;

use super::Found;
use super::reading::{self, TICKETS_MAX, Titled};
use crate::entities::tickets::Column;
use crate::tickets::TicketQuery;
use crate::{Read, Result};

pub(super) async fn find(
    from: &impl Read,
    search: &SearchQuery,
    query: &TicketQuery,
) -> Result<Found> {
    let mut own: Vec<Titled> = reading::titled(query)
        .order_by_desc(Column::Id)
        .into_tuple()
        .all(from.connection().executor())
        .await?;
    let more = own.len() > TICKETS_MAX;
    own.truncate(TICKETS_MAX);
    let mut found = reading::find(from, search, &own, Audience::Customer).await?;
    found.more |= more;
    Ok(found)
}
