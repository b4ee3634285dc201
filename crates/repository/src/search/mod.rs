//! Texts that have the words of a search.
//!
//! The whole desk is searched by an index of words, which holds what everybody wrote, notes too. The tickets of one
//! customer are read instead: a customer's search never touches what others wrote, so that neither what it
//! finds, nor in which order, nor how long it takes tells of that. Lists of staff that are short are read, too.

use std::collections::HashSet;

use domain::{Audience, SearchQuery, Seq, TicketId};

use crate::tickets::TicketQuery;
use crate::{Read, Result};

mod desk;
mod own;
mod reading;

/// Texts that match, the best of the titles and of the bodies each first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The tickets whose titles match.
    pub titles: Vec<TicketId>,
    /// The descriptions, messages and notes that match.
    pub bodies: Vec<(TicketId, Seq)>,
    /// Whether the search ended before it had seen everything.
    pub more: bool,
}

impl Found {
    /// What this search found, and then what another one found of the same. If either has seen everything, that is all.
    fn or(mut self, other: Found) -> Found {
        let titles: HashSet<_> = self.titles.iter().copied().collect();
        let bodies: HashSet<_> = self.bodies.iter().copied().collect();
        let new = |id: &TicketId| !titles.contains(id);
        self.titles.extend(other.titles.into_iter().filter(new));
        let new = |place: &(TicketId, Seq)| !bodies.contains(place);
        self.bodies.extend(other.bodies.into_iter().filter(new));
        self.more &= other.more;
        self
    }
}

/// The texts that match, in tickets that belong to `query`, as far as `audience` may see them. The order and the page
/// of `query` do not matter. For an audience of customers it must name the requester.
///
/// # Errors
/// The database's.
pub async fn find(
    from: &impl Read,
    search: &SearchQuery,
    query: &TicketQuery,
    audience: Audience,
) -> Result<Found> {
    if search.words().is_empty() {
        return Ok(Found::default());
    }
    match (audience, query.requester) {
        (Audience::Staff, _) => desk::find(from, search, query).await,
        (Audience::Customer, Some(_)) => own::find(from, search, query).await,
        (Audience::Customer, None) => Ok(Found::default()),
    }
}
