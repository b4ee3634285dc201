//! The tickets of the crowd are such as could have happened.

use std::collections::{HashMap, HashSet};

use domain::timeline::Named;
use domain::{
    Change, Entry, Person, Priority, Role, Status, Ticket, TicketId, UserId, Viewer, policy,
    ticket::NewTicket,
};

use super::*;

/// 2026-01-01T12:00:00Z.
const NOW: Timestamp = Timestamp(1_767_268_800_000_000);

fn cast() -> Cast {
    let person = |id: i64, role| Person {
        id: UserId(id),
        name: format!("Person {id}"),
        role,
    };
    let names = phrases::TOPICS.iter().map(|topic| topic.category);
    let categories = (1..).zip(names.collect::<HashSet<_>>());
    Cast {
        admins: (1..=10).map(|id| person(id, Role::Admin)).collect(),
        customers: (11..=35).map(|id| person(id, Role::User)).collect(),
        categories: categories
            .map(|(id, name)| Named {
                id,
                name: name.to_owned(),
            })
            .collect(),
    }
}

fn plan(seed: u64) -> Plan {
    Plan {
        tickets: 500,
        seed,
        now: NOW,
    }
}

fn tickets(plan: Plan, cast: &Cast) -> Vec<ImportedTicket> {
    Tickets::new(plan, cast, TicketId(9))
        .collect::<Result<_, _>>()
        .unwrap()
}

/// The ticket that comes out when its timeline is told again.
fn folded(entries: &[Entry], like: &Ticket, cast: &Cast) -> Ticket {
    let Change::Created { body } = &entries[0].change else {
        panic!("{:?}", entries[0]);
    };
    let first = |pick: &dyn Fn(&Change) -> Option<Option<Named>>| {
        entries.iter().find_map(|entry| pick(&entry.change))
    };
    let category = first(&|change| match change {
        Change::CategoryChanged { from, .. } => Some(from.clone()),
        _ => None,
    });
    let priority = entries.iter().find_map(|entry| match entry.change {
        Change::PriorityChanged { from, .. } => Some(from),
        _ => None,
    });
    let new = NewTicket {
        title: like.title.clone(),
        description: body.clone(),
        priority: priority.unwrap_or(like.priority),
        category: category.unwrap_or_else(|| like.category.clone()),
        requester: like.requester.clone(),
        follows_id: None,
    };
    let client = entries[0].client_id.unwrap();
    let opened = Ticket::open(
        like.id,
        new,
        entries[0].actor.clone(),
        client,
        entries[0].created_at,
    );
    let (mut ticket, _) = opened;
    for entry in &entries[1..] {
        let viewer = Viewer {
            user_id: entry.actor.id,
            role: entry.actor.role,
        };
        let standing = viewer.standing(ticket.requester.id);
        let action = match &entry.change {
            Change::Message { .. } => policy::Action::SendMessage,
            Change::Note { .. } => policy::Action::AddNote,
            Change::StatusChanged { to, .. } => policy::Action::SetStatus(*to),
            _ => policy::Action::Edit,
        };
        policy::check(standing, ticket.status, action).unwrap();
        let assignee = match &entry.change {
            Change::Assigned { to: Some(to), .. } => {
                cast.admins.iter().find(|admin| admin.id.0 == to.id)
            }
            _ => None,
        };
        let again = ticket.record(
            entry.change.clone(),
            entry.actor.clone(),
            assignee.cloned(),
            entry.client_id,
            entry.created_at,
        );
        assert_eq!(&again, entry);
    }
    ticket
}

#[test]
fn every_ticket_is_what_its_timeline_says() {
    let cast = cast();
    let all = tickets(plan(1), &cast);
    assert_eq!(all.len(), 500);
    let mut client_ids = HashSet::new();
    for (id, imported) in (9..).zip(&all) {
        let ImportedTicket {
            ticket,
            entries,
            read,
        } = imported;
        assert_eq!(ticket.id, TicketId(id));
        assert_eq!(folded(entries, ticket, &cast), *ticket);
        assert!(entries.is_sorted_by_key(|entry| entry.created_at));
        assert!(ticket.updated_at < NOW);
        assert!((1..=20).contains(&entries.len()));
        for (user, seq, at) in read {
            assert!(entries.iter().any(|entry| entry.actor.id == *user));
            assert!(*seq >= entries[0].seq && *seq <= ticket.head_seq && *at < NOW);
        }
        client_ids.extend(entries.iter().filter_map(|entry| entry.client_id));
    }
    let carried = all.iter().flat_map(|imported| &imported.entries);
    let carried = carried.filter(|entry| entry.client_id.is_some()).count();
    assert_eq!(client_ids.len(), carried);
}

#[test]
fn the_same_seed_gives_the_same_tickets_and_people() {
    let cast = cast();
    assert_eq!(tickets(plan(3), &cast), tickets(plan(3), &cast));
    assert_ne!(tickets(plan(3), &cast), tickets(plan(4), &cast));
    let emails = |seed| {
        let people = people(plan(seed)).unwrap().into_iter();
        people
            .map(|person| person.email.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(emails(3), emails(3));
    assert_eq!(emails(3).len(), ADMINS + 25);
    let distinct: HashSet<_> = emails(3).into_iter().collect();
    assert_eq!(distinct.len(), ADMINS + 25);
}

#[test]
fn the_crowd_looks_like_a_desk() {
    let cast = cast();
    let all = tickets(plan(1), &cast);
    let mut by_status: HashMap<Status, usize> = HashMap::new();
    for imported in &all {
        *by_status.entry(imported.ticket.status).or_default() += 1;
    }
    assert!(by_status[&Status::Closed] > 400, "{by_status:?}");
    let count = |matches: &dyn Fn(&Ticket) -> bool| {
        let those = all.iter().filter(|imported| matches(&imported.ticket));
        those.count()
    };
    assert!((300..500).contains(&count(&|ticket| ticket.first_response_at.is_some())));
    assert!((300..500).contains(&count(&|ticket| ticket.assignee.is_some())));
    assert!((5..100).contains(&count(&|ticket| ticket.priority == Priority::Urgent)));
    let entries: usize = all.iter().map(|imported| imported.entries.len()).sum();
    assert!((5 * 500..9 * 500).contains(&entries), "{entries}");
    let titles: HashSet<_> = all
        .iter()
        .map(|imported| imported.ticket.title.as_str())
        .collect();
    assert!(titles.len() > 150, "{}", titles.len());
}
