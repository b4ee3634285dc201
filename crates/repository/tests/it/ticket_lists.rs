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

    async fn searched_characters_have_no_special_meaning(desk: Desk) {
        let ada = desk.user("ada").await;
        let titles = ["100% done", "under_score", "back\\slash", "wow! much", "quote ' \" ;--", "plain"];
        let mut ids = Vec::new();
        for title in titles {
            ids.push(desk.ticket(&ada, title).await.id);
        }
        let found = async |text: &str| {
            walk(&desk, TicketQuery { text: Some(text.into()), ..TicketQuery::default() }).await
        };
        for (text, expected) in [("0%", 0), ("r_s", 1), ("\\", 2), ("w!", 3), ("' \"", 4), ("LAIN", 5)] {
            assert_eq!(found(text).await, [ids[expected]], "{text}");
        }
        for text in ["%", "_", "!"] {
            assert_eq!(found(text).await.len(), 1, "{text}");
        }
        assert!(found("n_ne").await.is_empty());
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
