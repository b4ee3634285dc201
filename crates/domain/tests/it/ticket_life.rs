//! Whatever people do to a ticket, its timeline and its state agree.

use domain::timeline::Named;
use domain::{
    Body, Change, ClientId, Entry, EntryKind, Person, Priority, Role, Status, Ticket, TicketId,
    Timestamp, Title, UserId, Viewer, WaitingOn, policy, ticket::NewTicket,
};
use proptest::prelude::*;
use uuid::Uuid;

const ADMINS: [UserId; 2] = [UserId(1), UserId(2)];
const REQUESTER: UserId = UserId(3);
const STRANGER: UserId = UserId(4);

fn person(id: UserId) -> Person {
    let role = if ADMINS.contains(&id) {
        Role::Admin
    } else {
        Role::User
    };
    Person {
        id,
        name: format!("Person {id}"),
        role,
    }
}

fn body() -> Body {
    Body::parse("Something was said").expect("a valid body")
}

fn title(text: &str) -> Title {
    Title::parse(text).expect("a valid title")
}

fn open() -> (Ticket, Entry) {
    Ticket::open(
        TicketId(7),
        NewTicket {
            title: title("Printer"),
            description: body(),
            priority: Priority::Normal,
            category: None,
            requester: person(REQUESTER),
            follows_id: None,
        },
        person(REQUESTER),
        ClientId(Uuid::nil()),
        Timestamp(1_000),
    )
}

#[derive(Clone, Debug)]
enum Attempt {
    Say,
    Note,
    Move(Status),
    Assign(Option<UserId>),
    Prioritise(Priority),
    Rename(u8),
    Sort(Option<i64>),
}

fn attempts() -> impl Strategy<Value = (UserId, Attempt, i64)> {
    let who = prop_oneof![
        Just(ADMINS[0]),
        Just(ADMINS[1]),
        Just(REQUESTER),
        Just(STRANGER)
    ];
    let what = prop_oneof![
        3 => Just(Attempt::Say),
        1 => Just(Attempt::Note),
        3 => prop::sample::select(Status::ALL).prop_map(Attempt::Move),
        1 => prop::option::of(prop::sample::select(&ADMINS[..])).prop_map(Attempt::Assign),
        1 => prop::sample::select(Priority::ALL).prop_map(Attempt::Prioritise),
        1 => any::<u8>().prop_map(Attempt::Rename),
        1 => prop::option::of(1..5i64).prop_map(Attempt::Sort),
    ];
    // Clocks of nodes differ, so time may also go backwards.
    (who, what, -500..500i64)
}

fn action(attempt: &Attempt) -> policy::Action {
    match attempt {
        Attempt::Say => policy::Action::SendMessage,
        Attempt::Note => policy::Action::AddNote,
        Attempt::Move(to) => policy::Action::SetStatus(*to),
        _ => policy::Action::Edit,
    }
}

fn change(ticket: &Ticket, attempt: &Attempt) -> Change {
    match attempt {
        Attempt::Say => Change::Message { body: body() },
        Attempt::Note => Change::Note { body: body() },
        Attempt::Move(to) => Change::StatusChanged {
            from: ticket.status,
            to: *to,
        },
        Attempt::Assign(to) => Change::Assigned {
            from: ticket.assignee.as_ref().map(Person::named),
            to: to.map(|id| person(id).named()),
        },
        Attempt::Prioritise(to) => Change::PriorityChanged {
            from: ticket.priority,
            to: *to,
        },
        Attempt::Rename(n) => Change::TitleChanged {
            from: ticket.title.clone(),
            to: title(&format!("Printer {n}")),
        },
        Attempt::Sort(to) => Change::CategoryChanged {
            from: ticket.category.clone(),
            to: to.map(|id| Named {
                id,
                name: format!("Category {id}"),
            }),
        },
    }
}

proptest! {
    #[test]
    fn timeline_and_state_agree(steps in prop::collection::vec(attempts(), 0..60)) {
        let (mut ticket, first) = open();
        let mut entries = vec![first];
        let mut now = 1_000;

        for (who, attempt, pause) in steps {
            let viewer = Viewer { user_id: who, role: person(who).role };
            let standing = viewer.standing(ticket.requester.id);
            let before = ticket.clone();
            if policy::check(standing, ticket.status, action(&attempt)).is_err() {
                prop_assert_eq!(&ticket, &before);
                continue;
            }
            prop_assert!(who != STRANGER);
            now += pause;
            let assignee = match &attempt {
                Attempt::Assign(to) => to.map(person),
                _ => None,
            };
            let change = change(&ticket, &attempt);
            let entry = ticket.record(change, person(who), assignee, None, Timestamp(now));

            prop_assert!(ticket.updated_at >= before.updated_at);
            let told = ticket.told_of(&entry, &ADMINS);
            prop_assert!(!told.contains(&who), "the actor was told of their own act");
            prop_assert!(told.windows(2).all(|pair| pair[0] < pair[1]), "{told:?} is not a sorted set");
            prop_assert!(!told.contains(&STRANGER));
            if entry.kind() == EntryKind::Note {
                prop_assert!(!told.contains(&REQUESTER), "a customer was told of a note");
                prop_assert_eq!(ticket.updated_at, before.updated_at);
            }
            entries.push(entry);
        }

        let places: Vec<i64> = entries.iter().map(|entry| entry.seq.0).collect();
        prop_assert_eq!(places, (1..=ticket.head_seq.0).collect::<Vec<_>>());
        prop_assert_eq!(ticket.closed_at.is_some(), ticket.status == Status::Closed);
        if ticket.status == Status::Closed {
            prop_assert_eq!(ticket.waiting_on, WaitingOn::Nobody);
        }

        let last_said = entries.iter().rfind(|entry| {
            matches!(entry.kind(), EntryKind::Created | EntryKind::Message)
        });
        prop_assert_eq!(last_said.map(|entry| entry.seq), Some(ticket.last_message.seq));

        let last_status = entries.iter().rev().find_map(|entry| match entry.change {
            Change::StatusChanged { to, .. } => Some(to),
            _ => None,
        });
        prop_assert_eq!(last_status.unwrap_or(Status::Open), ticket.status);

        let answer = entries.iter().find(|entry| {
            entry.kind() == EntryKind::Message && ADMINS.contains(&entry.actor.id)
        });
        let not_before = |entry: &Entry| entry.created_at.max(ticket.created_at);
        prop_assert_eq!(answer.map(not_before), ticket.first_response_at);
        let done = [Status::Resolved, Status::Closed];
        let resolution = entries.iter().rfind(|entry| {
            matches!(entry.change, Change::StatusChanged { from, to } if !done.contains(&from) && done.contains(&to))
        });
        let resolved_at = resolution.filter(|_| done.contains(&ticket.status)).map(not_before);
        prop_assert_eq!(resolved_at, ticket.resolved_at);
        prop_assert!(ticket.resolution().is_none_or(|took| took.seconds() >= 0));
    }
}

#[test]
fn a_customers_message_waits_on_staff_and_an_answer_on_the_customer() {
    let (mut ticket, _) = open();
    assert_eq!(ticket.waiting_on, WaitingOn::Staff);
    let say = || Change::Message { body: body() };
    ticket.record(say(), person(ADMINS[0]), None, None, Timestamp(2_000));
    assert_eq!(ticket.waiting_on, WaitingOn::Customer);
    ticket.record(say(), person(REQUESTER), None, None, Timestamp(3_000));
    assert_eq!(ticket.waiting_on, WaitingOn::Staff);
}

#[test]
fn a_customers_message_is_told_to_the_assignee_or_to_all_admins() {
    let (mut ticket, created) = open();
    assert_eq!(ticket.told_of(&created, &ADMINS), ADMINS);
    let say = || Change::Message { body: body() };

    let entry = ticket.record(say(), person(REQUESTER), None, None, Timestamp(2_000));
    assert_eq!(ticket.told_of(&entry, &ADMINS), ADMINS);

    let assigned = Change::Assigned {
        from: None,
        to: Some(person(ADMINS[1]).named()),
    };
    let assignee = Some(person(ADMINS[1]));
    let entry = ticket.record(
        assigned,
        person(ADMINS[0]),
        assignee,
        None,
        Timestamp(3_000),
    );
    assert_eq!(ticket.told_of(&entry, &ADMINS), [ADMINS[1], REQUESTER]);

    let entry = ticket.record(say(), person(REQUESTER), None, None, Timestamp(4_000));
    assert_eq!(ticket.told_of(&entry, &ADMINS), [ADMINS[1]]);
    let enabled = [ADMINS[0]];
    assert_eq!(ticket.told_of(&entry, &enabled), enabled);
}
