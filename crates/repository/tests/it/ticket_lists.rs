//! Lists of tickets.

use std::collections::HashSet;

use domain::{Change, Priority, Seq, Status, TicketId, Timestamp, WaitingOn};
use repository::tickets::{self, AssigneeFilter, TicketQuery, TicketSort};
use testkit::on_every_database;

use crate::desk::{Desk, NOON, message};

/// The tickets of all pages, which are as full as they should be.
async fn walk(desk: &Desk, mut query: TicketQuery) -> Vec<TicketId> {
    let mut ids = Vec::new();
    loop {
        let page = tickets::list(&desk.db, &query).await.unwrap();
        assert!(page.items.len() <= query.limit as usize);
        assert!(page.next.is_none() || page.items.len() == query.limit as usize);
        ids.extend(page.items.iter().map(|ticket| ticket.id));
        query.after = page.next;
        if query.after.is_none() {
            return ids;
        }
    }
}

on_every_database! {
    async fn paging_visits_every_ticket_once_in_every_order(desk: Desk) {
        let ada = desk.user("ada").await;
        let mut tickets = Vec::new();
        for n in 0..17_i64 {
            // Few moments and priorities, so that many are equal.
            let priority = Priority::ALL[usize::try_from(n % 3).unwrap()];
            let now = Timestamp(NOON.0 + (n * 7) % 4);
            tickets.push(desk.ticket_at(&ada, "Same", priority, now).await);
        }
        for sort in [TicketSort::Updated, TicketSort::Created, TicketSort::Priority] {
            tickets.sort_by_key(|ticket| std::cmp::Reverse(match sort {
                TicketSort::Updated => (ticket.updated_at.0, ticket.id),
                TicketSort::Created => (ticket.created_at.0, ticket.id),
                TicketSort::Priority => (ticket.priority as i64, ticket.id),
            }));
            let expected: Vec<_> = tickets.iter().map(|ticket| ticket.id).collect();
            for limit in [1, 4, 16, 17, 18] {
                let query = TicketQuery { sort, limit, ..TicketQuery::default() };
                assert_eq!(walk(&desk, query).await, expected, "{sort:?} by {limit}");
            }
        }
    }

    async fn paging_loses_no_ticket_while_others_change(desk: Desk) {
        let ada = desk.user("ada").await;
        let mut quiet = HashSet::new();
        let mut busy = Vec::new();
        for n in 0..20 {
            let ticket = desk.ticket(&ada, "Ticket").await;
            if n % 3 == 0 { busy.push(ticket.id) } else { assert!(quiet.insert(ticket.id)) }
        }
        let mut query = TicketQuery { limit: 3, ..TicketQuery::default() };
        let mut seen = HashSet::new();
        loop {
            let page = tickets::list(&desk.db, &query).await.unwrap();
            for ticket in &page.items {
                assert!(seen.insert(ticket.id), "{} came twice", ticket.id);
            }
            // Moves one to the top, past the cursor.
            if let Some(id) = busy.pop() {
                desk.record(id, &ada, message("More")).await;
            }
            query.after = page.next;
            if query.after.is_none() { break }
        }
        assert!(seen.is_superset(&quiet));
    }

    async fn each_filter_leaves_what_it_says(desk: Desk) {
        let (ada, bob, admin) = (desk.user("ada").await, desk.user("bob").await, desk.admin("admin").await);
        let plain = desk.ticket(&ada, "Plain").await.id;
        let urgent = desk.ticket_at(&bob, "Urgent", Priority::Urgent, NOON).await.id;
        let closed = desk.ticket(&ada, "Closed").await.id;
        desk.record(closed, &admin, Change::StatusChanged { from: Status::Open, to: Status::Closed }).await;
        let assigned = desk.ticket(&bob, "Assigned").await;
        let tx = desk.db.begin().await.unwrap();
        let mut ticket = tickets::lock(&tx, assigned.id).await.unwrap().unwrap();
        let change = Change::Assigned { from: None, to: Some(admin.named()) };
        ticket.record(change, admin.clone(), Some(admin.clone()), None, NOON);
        tickets::save(&tx, &ticket).await.unwrap();
        tx.commit().await.unwrap();
        let assigned = assigned.id;

        let all = TicketQuery::default;
        let cases: Vec<(&str, TicketQuery, Vec<TicketId>)> = vec![
            ("all", all(), vec![plain, urgent, closed, assigned]),
            ("requester", TicketQuery { requester: Some(ada.id), ..all() }, vec![plain, closed]),
            ("one status", TicketQuery { status: vec![Status::Closed], ..all() }, vec![closed]),
            ("two states", TicketQuery { status: vec![Status::Open, Status::Pending], ..all() }, vec![plain, urgent, assigned]),
            ("priority", TicketQuery { priority: Some(Priority::Urgent), ..all() }, vec![urgent]),
            ("mine", TicketQuery { assignee: Some(AssigneeFilter::Is(admin.id)), ..all() }, vec![assigned]),
            ("nobody's", TicketQuery { assignee: Some(AssigneeFilter::Nobody), ..all() }, vec![plain, urgent, closed]),
            ("waiting", TicketQuery { waiting_on: Some(WaitingOn::Nobody), ..all() }, vec![closed]),
            ("category", TicketQuery { category: Some(domain::CategoryId(1)), ..all() }, vec![]),
            ("both", TicketQuery { requester: Some(bob.id), assignee: Some(AssigneeFilter::Nobody), ..all() }, vec![urgent]),
        ];
        for (name, query, expected) in cases {
            let mut ids = walk(&desk, query).await;
            ids.sort_unstable();
            assert_eq!(ids, expected, "{name}");
        }
    }

    async fn deep_pages_begin_in_the_middle_of_equal_tickets(desk: Desk) {
        let ada = desk.user("ada").await;
        let mut ids = Vec::new();
        for _ in 0..5 {
            ids.push(desk.ticket_at(&ada, "Same", Priority::High, NOON).await.id);
            ids.push(desk.ticket_at(&ada, "Other", Priority::Low, NOON).await.id);
        }
        let query = TicketQuery {
            sort: TicketSort::Priority,
            among: Some(ids[2..].to_vec()),
            limit: 3,
            ..TicketQuery::default()
        };
        let expected = [8, 6, 4, 2, 9, 7, 5, 3].map(|place| ids[place]);
        assert_eq!(walk(&desk, query).await, expected);
        let nothing = TicketQuery { among: Some(Vec::new()), ..TicketQuery::default() };
        assert!(walk(&desk, nothing).await.is_empty());
    }

    async fn every_set_of_statuses_gives_its_tickets(desk: Desk) {
        let (ada, admin) = (desk.user("ada").await, desk.admin("admin").await);
        let mut of_status = Vec::new();
        for &to in Status::ALL {
            let id = desk.ticket(&ada, "Ticket").await.id;
            if to != Status::Open {
                desk.record(id, &admin, Change::StatusChanged { from: Status::Open, to }).await;
            }
            of_status.push((to, id));
        }
        for set in 0..1_u8 << Status::ALL.len() {
            let chosen = of_status.iter().enumerate().filter(|(place, _)| set & 1 << place != 0);
            let (status, mut expected): (Vec<_>, Vec<_>) = chosen.map(|(_, of)| *of).unzip();
            if status.is_empty() {
                expected = of_status.iter().map(|(_, id)| *id).collect();
            }
            let mut ids = walk(&desk, TicketQuery { status, ..TicketQuery::default() }).await;
            ids.sort_unstable();
            assert_eq!(ids, expected, "{set:05b}");
        }
    }

    async fn views_are_counted_to_their_limit(desk: Desk) {
        let (ada, mira, olga) = (desk.user("ada").await, desk.admin("mira").await, desk.admin("olga").await);
        let counts = async || {
            let found = tickets::counts(&desk.db, mira.id).await.unwrap();
            [found.mine, found.unassigned, found.open, found.waiting, found.closed, found.all]
        };
        assert_eq!(counts().await, [0; 6]);
        for (n, assignee) in [Some(&mira), Some(&mira), Some(&olga), None, None].into_iter().enumerate() {
            let id = desk.ticket(&ada, "Ticket").await.id;
            let tx = desk.db.begin().await.unwrap();
            let mut ticket = tickets::lock(&tx, id).await.unwrap().unwrap();
            let change = Change::Assigned { from: None, to: assignee.map(|person| person.named()) };
            ticket.record(change, mira.clone(), assignee.cloned(), None, NOON);
            if n == 0 {
                let change = Change::StatusChanged { from: Status::Open, to: Status::Closed };
                ticket.record(change, mira.clone(), None, None, NOON);
            } else if n == 1 {
                let change = Change::StatusChanged { from: Status::Open, to: Status::Pending };
                ticket.record(change, mira.clone(), None, None, NOON);
            }
            tickets::save(&tx, &ticket).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(counts().await, [1, 2, 4, 3, 1, 5]);

        testkit::many_tickets::fill(&desk.database, 1_200).await;
        let [.., all] = counts().await;
        assert_eq!(all, domain::limits::VIEW_COUNT_MAX + 1);
    }

    async fn rows_show_the_latest_message(desk: Desk) {
        let (ada, admin) = (desk.user("ada").await, desk.admin("admin").await);
        let id = desk.ticket(&ada, "Broken").await.id;
        desk.record(id, &admin, message(" A  long\nanswer ")).await;
        desk.record(id, &admin, crate::desk::note("internal")).await;
        let page = tickets::list(&desk.db, &TicketQuery::default()).await.unwrap();
        assert_eq!(Some(&page.items[0]), tickets::find(&desk.db, id).await.unwrap().as_ref());
        let last = &page.items[0].last_message;
        assert_eq!((last.seq, last.preview.as_str(), &last.author), (Seq(2), "A long answer", &admin));
    }
}
