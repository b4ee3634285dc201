//! Single tickets.

use domain::ticket::NewTicket;
use domain::timeline::Named;
use domain::{Body, Change, Priority, Seq, Status, Ticket, TicketId, Timestamp, Title, limits};
use repository::{categories, read_cursors, tickets, timeline};
use testkit::on_every_database;

use crate::desk::{Desk, NOON, client_id, message, note, viewer};

on_every_database! {
    async fn an_added_ticket_reads_as_it_was_opened(desk: Desk) {
        let (ada, admin) = (desk.user("ada").await, desk.admin("admin").await);
        let first = desk.ticket(&ada, "First").await;
        let category = categories::list(&desk.db).await.unwrap().remove(0);
        let new = NewTicket {
            title: Title::parse("Emoji 👨‍👩‍👧‍👦, עברית and \\ % _ '").unwrap(),
            description: Body::parse(" many\n\nlines \t of 🏳️‍🌈 text").unwrap(),
            priority: Priority::Urgent,
            category: Some(Named { id: category.id.0, name: category.name }),
            requester: ada,
            follows_id: Some(first.id),
        };
        let tx = desk.db.begin().await.unwrap();
        let id = tickets::add(&tx, &new, admin.id, NOON).await.unwrap();
        let (ticket, entry) = Ticket::open(id, new, admin, client_id(), NOON);
        timeline::add(&tx, &entry).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(tickets::find(&desk.db, id).await.unwrap(), Some(ticket));
        assert_eq!(timeline::latest(&desk.db, id, 10).await.unwrap(), [entry]);
    }

    async fn a_saved_ticket_reads_as_it_was_saved(desk: Desk) {
        let (ada, admin) = (desk.user("ada").await, desk.admin("admin").await);
        let mut ticket = desk.ticket(&ada, "Broken").await;
        let category = categories::list(&desk.db).await.unwrap().remove(2);
        let named = Named { id: category.id.0, name: category.name };
        let changes = [
            Change::Assigned { from: None, to: Some(admin.named()) },
            Change::CategoryChanged { from: None, to: Some(named) },
            Change::PriorityChanged { from: Priority::Normal, to: Priority::Low },
            Change::TitleChanged { from: ticket.title.clone(), to: Title::parse("Mended").unwrap() },
            message("Try again"),
            Change::StatusChanged { from: Status::Open, to: Status::Closed },
            Change::StatusChanged { from: Status::Closed, to: Status::InProgress },
            Change::Assigned { from: Some(admin.named()), to: None },
        ];
        for (step, change) in (1..).zip(changes) {
            let tx = desk.db.begin().await.unwrap();
            assert_eq!(tickets::lock(&tx, ticket.id).await.unwrap().as_ref(), Some(&ticket));
            let assignee = matches!(&change, Change::Assigned { to: Some(_), .. }).then(|| admin.clone());
            ticket.record(change, admin.clone(), assignee, None, Timestamp(NOON.0 + step));
            tickets::save(&tx, &ticket).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(tickets::find(&desk.db, ticket.id).await.unwrap().as_ref(), Some(&ticket));
        }
    }

    async fn a_ticket_that_is_not_there_is_neither_found_nor_saved(desk: Desk) {
        let ada = desk.user("ada").await;
        let mut ticket = desk.ticket(&ada, "Broken").await;
        ticket.id = TicketId(9_999);
        let tx = desk.db.begin().await.unwrap();
        assert_eq!(tickets::find(&tx, ticket.id).await.unwrap(), None);
        assert_eq!(tickets::lock(&tx, ticket.id).await.unwrap(), None);
        assert!(tickets::save(&tx, &ticket).await.is_err());
    }

    async fn a_row_that_breaks_the_rules_is_an_error(desk: Desk) {
        let ada = desk.user("ada").await;
        let mut ticket = desk.ticket(&ada, "Broken").await;
        // Only a hand in the database can do this: no constraint knows what a control character is.
        desk.execute("UPDATE tickets SET title = CHAR(7)").await;
        let error = tickets::find(&desk.db, ticket.id).await.unwrap_err();
        assert_eq!(error.to_string(), "tickets.title holds what it never should");
        ticket.title = Title::parse("Mended").unwrap();
        let tx = desk.db.begin().await.unwrap();
        tickets::save(&tx, &ticket).await.unwrap();
        assert_eq!(tickets::find(&tx, ticket.id).await.unwrap(), Some(ticket));
    }

    async fn unread_counts_what_others_said_after_the_cursor(desk: Desk) {
        let (ada, admin) = (desk.user("ada").await, desk.admin("admin").await);
        let talked = desk.ticket(&ada, "Talked about").await.id;
        let quiet = desk.ticket(&ada, "Quiet").await.id;
        desk.record(talked, &admin, message("one")).await;
        desk.record(talked, &ada, message("two")).await;
        desk.record(talked, &admin, note("three, unseen by customers")).await;
        desk.record(talked, &admin, Change::StatusChanged { from: Status::Open, to: Status::Pending }).await;
        let last = desk.record(talked, &admin, message("five")).await;
        let count = async |person, ids: &[TicketId]| {
            let mut counts: Vec<_> = tickets::unread(&desk.db, viewer(person), ids).await.unwrap()
                .into_iter().collect();
            counts.sort_unstable();
            counts
        };

        assert_eq!(count(&ada, &[talked, quiet]).await, [(talked, 2)]);
        assert_eq!(count(&admin, &[quiet, talked, TicketId(9_999)]).await, [(talked, 2), (quiet, 1)]);
        assert_eq!(count(&admin, &[]).await, []);

        let tx = desk.db.begin().await.unwrap();
        read_cursors::advance(&tx, ada.id, talked, Seq(2), NOON).await.unwrap();
        read_cursors::advance(&tx, admin.id, talked, last.seq, NOON).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(count(&ada, &[talked, quiet]).await, [(talked, 1)]);
        assert_eq!(count(&admin, &[talked, quiet]).await, [(quiet, 1)]);
    }

    async fn unread_stops_at_its_limit_in_each_ticket(desk: Desk) {
        let (ada, admin) = (desk.user("ada").await, desk.admin("admin").await);
        let few = desk.ticket(&ada, "Few").await.id;
        desk.record(few, &admin, message("one")).await;
        let mut long = desk.ticket(&ada, "Many").await;
        // The admin's are two of three, every second of which is a note.
        let mut entries = Vec::new();
        for n in 0..3_000 {
            let change = if n % 6 == 0 { note("note") } else { message("message") };
            let actor = if n % 3 == 2 { &ada } else { &admin };
            entries.push(long.record(change, actor.clone(), None, None, NOON));
        }
        let tx = desk.db.begin().await.unwrap();
        repository::bulk::add_entries(&tx, &entries).await.unwrap();
        tickets::save(&tx, &long).await.unwrap();
        tx.commit().await.unwrap();
        let long = long.id;
        let count = async |person| {
            let unread = tickets::unread(&desk.db, viewer(person), &[few, long]).await.unwrap();
            [few, long].map(|id| unread.get(&id).copied())
        };
        // Of 1,500 and of 1,001.
        assert_eq!(count(&ada).await, [Some(1), Some(limits::UNREAD_MAX)]);
        assert_eq!(count(&admin).await, [Some(1), Some(limits::UNREAD_MAX)]);
        // More than the limit follows, and less of it counts.
        for (seq, of_admin, of_ada) in [(2, 1000, 1000), (1_201, 600, 900), (1_801, 400, 600), (2_002, 333, 500)] {
            let tx = desk.db.begin().await.unwrap();
            for person in [&ada, &admin] {
                read_cursors::advance(&tx, person.id, long, Seq(seq), NOON).await.unwrap();
            }
            tx.commit().await.unwrap();
            assert_eq!(count(&admin).await, [Some(1), Some(of_admin)], "{seq}");
            assert_eq!(count(&ada).await, [Some(1), Some(of_ada)], "{seq}");
        }
    }

    async fn heads_of_many_tickets_come_at_once(desk: Desk) {
        let ada = desk.user("ada").await;
        let (a, b) = (desk.ticket(&ada, "A").await.id, desk.ticket(&ada, "B").await.id);
        desk.record(b, &ada, message("more")).await;
        let heads = tickets::heads(&desk.db, &[a, b, TicketId(9_999)]).await.unwrap();
        assert_eq!(heads, [(a, Seq(1)), (b, Seq(2))].into());
        assert!(tickets::heads(&desk.db, &[]).await.unwrap().is_empty());
    }
}
