//! Searching tickets by what was written in them.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use auth::VerifiedSession;
use domain::policy::{self, Action};
use domain::search::Piece;
use domain::{
    Entry, EntryKind, Person, SearchQuery, Seq, Ticket, TicketId, Timestamp, Viewer, limits,
};
use repository::search::Found;
use repository::tickets::TicketQuery;

use crate::error::TicketError;
use crate::ticket_list::{self, TicketFilter};
use crate::tickets::{TicketService, TicketView};

/// Most titles, and most bodies, that are looked at to find the best.
const RANKED_MAX: usize = 300;

/// A ticket that was found.
pub struct FoundTicket {
    /// The ticket.
    pub view: TicketView,
    /// Its title, with the words that match.
    pub title: Vec<Piece>,
    /// What was written in it that matches, the best first.
    pub matches: Vec<FoundEntry>,
}

/// A description, message or note that matches.
pub struct FoundEntry {
    /// Its place in the timeline.
    pub seq: Seq,
    /// What it is.
    pub kind: EntryKind,
    /// Who wrote it.
    pub author: Person,
    /// When.
    pub created_at: Timestamp,
    /// The part of it around the first match.
    pub snippet: Vec<Piece>,
}

/// What a search found.
#[derive(Default)]
pub struct SearchPage {
    /// The tickets, the best first.
    pub items: Vec<FoundTicket>,
    /// Whether there may be more.
    pub truncated: bool,
}

/// The tickets of a list that a text is found in.
pub(crate) struct Among {
    /// The tickets.
    pub ids: Vec<TicketId>,
    /// Whether there are, or may be, more.
    pub truncated: bool,
}

/// A ticket with what was found in it, the best first, and how well that matches.
struct Ranked {
    ticket: Ticket,
    entries: Vec<(u32, Entry)>,
}

impl Ranked {
    /// What a ticket is about counts more than what was said in it.
    fn points(&self, search: &SearchQuery) -> u32 {
        let best = self.entries.first().map_or(0, |(points, _)| *points);
        best + 2 * search.relevance(self.ticket.title.as_str())
    }

    fn shown(self, search: &SearchQuery, unread: i64) -> FoundTicket {
        let entries = self.entries.into_iter().take(limits::SEARCH_MATCHES_MAX);
        FoundTicket {
            title: search.highlight(self.ticket.title.as_str()),
            matches: entries.map(|(_, entry)| shown(search, entry)).collect(),
            view: TicketView {
                ticket: self.ticket,
                unread,
            },
        }
    }
}

impl TicketService {
    /// The tickets in whose texts the viewer finds the words, at most `limit`, the best first. The filter's order
    /// and page do not matter.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn search(
        &self,
        session: &VerifiedSession,
        filter: TicketFilter,
        limit: u32,
    ) -> Result<SearchPage, TicketError> {
        let viewer = session.viewer();
        let search = SearchQuery::parse(filter.text.as_deref().unwrap_or_default());
        let Some(query) = ticket_list::query(viewer, filter) else {
            return Ok(SearchPage::default());
        };
        let _turn = self.long_reads.begin().await?;
        let db = &self.writes.db;
        let mut found =
            repository::search::find(db, &search, &query, viewer.role.audience()).await?;
        for length in [found.titles.len(), found.bodies.len()] {
            found.more |= length > RANKED_MAX;
        }
        found.titles.truncate(RANKED_MAX);
        found.bodies.truncate(RANKED_MAX);

        let mut ranked = self.ranked(viewer, &search, &query, &found).await?;
        let truncated = found.more || ranked.len() > limit as usize;
        ranked.truncate(limit as usize);
        let ids: Vec<_> = ranked.iter().map(|found| found.ticket.id).collect();
        let unread = repository::tickets::unread(db, viewer, &ids).await?;
        let items = ranked.into_iter().map(|found| {
            let unread = unread.get(&found.ticket.id).copied().unwrap_or(0);
            found.shown(&search, unread)
        });
        Ok(SearchPage {
            items: items.collect(),
            truncated,
        })
    }

    /// The tickets that were found, the best first: that of the number first of all.
    async fn ranked(
        &self,
        viewer: Viewer,
        search: &SearchQuery,
        query: &TicketQuery,
        found: &Found,
    ) -> Result<Vec<Ranked>, TicketError> {
        let mut ids = tickets_of(found);
        let numbered = self.numbered(search, query).await?;
        ids.extend(numbered);
        ids.sort_unstable();
        ids.dedup();
        let mut tickets = repository::tickets::find_all(&self.writes.db, &ids).await?;
        // What was asked for is theirs; this makes sure, whatever an index says.
        tickets.retain(|ticket| may_read(viewer, ticket));
        let mut entries = self.entries(viewer, search, found).await?;
        let ranked = tickets.into_iter().map(|ticket| Ranked {
            entries: entries.remove(&ticket.id).unwrap_or_default(),
            ticket,
        });
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_by_cached_key(|found| {
            let is_numbered = numbered == Some(found.ticket.id);
            Reverse((
                is_numbered,
                found.points(search),
                found.ticket.updated_at,
                found.ticket.id,
            ))
        });
        Ok(ranked)
    }

    /// The tickets of a list that the words are found in: the best of them, if there are too many.
    pub(crate) async fn among(
        &self,
        viewer: Viewer,
        search: &SearchQuery,
        query: &TicketQuery,
    ) -> Result<Among, TicketError> {
        let _turn = self.long_reads.begin().await?;
        let db = &self.writes.db;
        let found = repository::search::find(db, search, query, viewer.role.audience()).await?;
        let mut seen = HashSet::new();
        let numbered = self.numbered(search, query).await?;
        let mut ids: Vec<_> = numbered.into_iter().chain(tickets_of(&found)).collect();
        ids.retain(|id| seen.insert(*id));
        let truncated = found.more || ids.len() > limits::SEARCH_LIST_MAX;
        ids.truncate(limits::SEARCH_LIST_MAX);
        Ok(Among { ids, truncated })
    }

    /// The ticket whose number was searched for, if it belongs to the list.
    async fn numbered(
        &self,
        search: &SearchQuery,
        query: &TicketQuery,
    ) -> Result<Option<TicketId>, TicketError> {
        let Some(id) = search.number() else {
            return Ok(None);
        };
        let query = TicketQuery {
            among: Some(vec![id]),
            after: None,
            ..query.clone()
        };
        let page = repository::tickets::list(&self.writes.db, &query).await?;
        Ok(page.items.first().map(|ticket| ticket.id))
    }

    /// What was found in each ticket and the viewer may see, the best first, with how well it matches.
    async fn entries(
        &self,
        viewer: Viewer,
        search: &SearchQuery,
        found: &Found,
    ) -> Result<HashMap<TicketId, Vec<(u32, Entry)>>, TicketError> {
        let entries = repository::timeline::find_all(&self.writes.db, &found.bodies).await?;
        let mut of_tickets: HashMap<TicketId, Vec<(u32, Entry)>> = HashMap::new();
        let audience = viewer.role.audience();
        for entry in entries {
            let Some(body) = entry.change.body() else {
                continue;
            };
            if entry.kind().visible_to(audience) {
                let points = search.relevance(body.as_str());
                let of_ticket = of_tickets.entry(entry.ticket_id).or_default();
                of_ticket.push((points, entry));
            }
        }
        for entries in of_tickets.values_mut() {
            entries.sort_by_key(|(points, entry)| Reverse((*points, entry.seq)));
        }
        Ok(of_tickets)
    }
}

fn tickets_of(found: &Found) -> Vec<TicketId> {
    let bodies = found.bodies.iter().map(|(id, _)| *id);
    found.titles.iter().copied().chain(bodies).collect()
}

fn may_read(viewer: Viewer, ticket: &Ticket) -> bool {
    let standing = viewer.standing(ticket.requester.id);
    policy::check(standing, ticket.status, Action::Read).is_ok()
}

fn shown(search: &SearchQuery, entry: Entry) -> FoundEntry {
    let body = entry.change.body().map_or("", |body| body.as_str());
    FoundEntry {
        snippet: search.snippet(body),
        seq: entry.seq,
        kind: entry.kind(),
        author: entry.actor,
        created_at: entry.created_at,
    }
}
