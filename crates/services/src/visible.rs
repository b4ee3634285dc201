//! Reading a ticket as somebody: to whom it is not visible it does not exist.

use domain::{
    Ticket, TicketId, Viewer,
    policy::{self, Action},
};
use repository::Read;

use crate::error::TicketError;

/// The ticket, if the viewer may see it.
///
/// # Errors
/// [`TicketError::NotFound`] when it is not there or not theirs.
pub(crate) async fn find(
    from: &impl Read,
    viewer: Viewer,
    id: TicketId,
) -> Result<Ticket, TicketError> {
    let ticket = repository::tickets::find(from, id).await?;
    let ticket = ticket.ok_or(TicketError::NotFound)?;
    let standing = viewer.standing(ticket.requester.id);
    policy::check(standing, ticket.status, Action::Read)?;
    Ok(ticket)
}
