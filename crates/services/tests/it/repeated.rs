//! A write that is sent again: done once, answered to nobody who may not see it.

use domain::{Priority, Seq, Status};
use services::{NewMessage, OpenTicket, TicketError};
use testkit::on_every_database;

use crate::desk::{Desk, Member, client_id, message, new_ticket, retitled, title, to_status};

async fn open(
    desk: &Desk,
    member: &Member,
    new: &OpenTicket,
) -> Result<domain::Ticket, TicketError> {
    let opened = desk
        .services
        .tickets
        .open(&member.session, new.clone())
        .await;
    opened.map(|view| view.ticket)
}

on_every_database! {
    async fn a_client_id_names_one_write_in_all_tickets_of_its_author(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let (one, two) = (desk.ticket(&ada).await, desk.ticket(&ada).await);
        let tickets = &desk.services.tickets;
        let hello = message("Hello?");
        tickets.send(&ada.session, one, hello.clone()).await.unwrap();
        let elsewhere = tickets.send(&ada.session, two, hello.clone()).await;
        assert!(matches!(elsewhere, Err(TicketError::ClientIdReused)));
        let close = tickets.close(&ada.session, two, hello.client_id, None).await;
        assert!(matches!(close, Err(TicketError::ClientIdReused)));
        let close = tickets.close(&ada.session, one, hello.client_id, None).await;
        assert!(matches!(close, Err(TicketError::ClientIdReused)));
        let opening = OpenTicket { client_id: hello.client_id, ..new_ticket() };
        assert!(matches!(open(&desk, &ada, &opening).await, Err(TicketError::ClientIdReused)));
        assert_eq!((desk.head(one).await, desk.head(two).await), (Seq(2), Seq(1)));
    }

    async fn different_authors_may_use_the_same_client_id(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        let hello = message("Hello?");
        for (author, seq) in [(&ada, Seq(2)), (&mira, Seq(3)), (&ada, Seq(2)), (&mira, Seq(3))] {
            let written = desk.services.tickets.send(&author.session, id, hello.clone()).await.unwrap();
            let entry = written.entry.unwrap();
            assert_eq!((entry.seq, entry.actor), (seq, author.person.clone()));
        }
        assert_eq!(desk.timeline(id).await.len(), 3);
    }

    async fn a_repeated_write_is_announced_once_and_tells_once(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let tickets = &desk.services.tickets;
        let (opening, hello, close) = (new_ticket(), message("Hello?"), to_status(Status::Closed));
        for _ in 0..3 {
            let id = open(&desk, &ada, &opening).await.unwrap().id;
            let said = tickets.send(&ada.session, id, hello.clone()).await.unwrap();
            let closed = tickets.set_status(&ada.session, id, close).await.unwrap();
            assert_eq!(said.entry.unwrap().seq, Seq(2));
            assert_eq!(closed.entry.unwrap().seq, Seq(3));
            desk.sink.heard(id, Seq(3)).await;
        }
        desk.settle().await;
        let heard = desk.sink.places();
        assert_eq!(heard.len(), 3, "{heard:?}");
        let told = desk.services.notifications.list(&mira.session, None, 100).await.unwrap();
        assert_eq!(told.unread, 2);
    }

    async fn a_repeated_write_is_answered_with_the_present_ticket(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let (opening, hello) = (new_ticket(), message("Hello?"));
        let id = open(&desk, &ada, &opening).await.unwrap().id;
        let tickets = &desk.services.tickets;
        let first = tickets.send(&ada.session, id, hello.clone()).await.unwrap();
        desk.edit(&mira, id, retitled("Old printer")).await;
        desk.set_status(&mira, id, Status::Closed).await;

        // No message goes into a closed ticket, but this one is there already; and it is not stale either.
        let again = NewMessage { seen: Some(Seq(1)), ..hello };
        let again = tickets.send(&ada.session, id, again).await.unwrap();
        assert_eq!(again.entry, first.entry);
        assert_eq!((again.ticket.head_seq, again.ticket.status), (Seq(4), Status::Closed));
        let again = open(&desk, &ada, &opening).await.unwrap();
        assert_eq!((again.id, again.title), (id, title("Old printer")));
    }

    async fn rights_come_before_the_answer_to_a_repeated_write(desk: Desk) {
        let (ada, eve) = (desk.customer("Ada").await, desk.customer("Eve").await);
        let (own, strange) = (desk.ticket(&ada).await, desk.ticket(&eve).await);
        let tickets = &desk.services.tickets;
        let (hello, close) = (message("Hello?"), to_status(Status::Closed));
        tickets.send(&ada.session, own, hello.clone()).await.unwrap();
        tickets.set_status(&ada.session, own, close).await.unwrap();
        for id in [strange, domain::TicketId(999_999)] {
            let said = tickets.send(&ada.session, id, hello.clone()).await;
            assert!(matches!(said, Err(TicketError::NotFound)), "{said:?}");
            let closed = tickets.set_status(&ada.session, id, close).await;
            assert!(matches!(closed, Err(TicketError::NotFound)), "{closed:?}");
        }
    }

    async fn who_is_no_longer_staff_learns_nothing_by_repeating(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let tickets = &desk.services.tickets;
        let opening = OpenTicket { requester_id: Some(ada.id()), ..new_ticket() };
        let id = open(&desk, &mira, &opening).await.unwrap().id;
        let hello = message("Hello?");
        tickets.send(&mira.session, id, hello.clone()).await.unwrap();
        desk.sink.heard(id, Seq(2)).await;

        let sql = format!("UPDATE users SET role = 'user' WHERE id = {}", mira.id());
        desk.database.execute(&sql).await;
        let demoted = desk.log_in(&mira.email).await;
        assert_eq!(demoted.session.role(), domain::Role::User);
        let said = tickets.send(&demoted.session, id, hello).await;
        assert!(matches!(said, Err(TicketError::NotFound)), "{said:?}");
        let opened = open(&desk, &demoted, &opening).await;
        assert!(matches!(opened, Err(TicketError::Forbidden)), "{opened:?}");
        let unnamed = OpenTicket { requester_id: None, ..opening };
        let opened = open(&desk, &demoted, &unnamed).await;
        assert!(matches!(opened, Err(TicketError::NotFound)), "{opened:?}");
    }

    async fn an_opening_with_other_content_is_not_the_same(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let eve = desk.customer("Eve").await;
        let opening = OpenTicket { requester_id: Some(ada.id()), ..new_ticket() };
        let ticket = open(&desk, &mira, &opening).await.unwrap();
        assert_eq!(open(&desk, &mira, &opening).await.unwrap(), ticket);
        let category = desk.services.categories.list(&mira.session).await.unwrap().remove(0).id;
        let others = [
            OpenTicket { title: title("Scanner"), ..opening.clone() },
            OpenTicket { description: crate::desk::body("It does not scan."), ..opening.clone() },
            OpenTicket { requester_id: Some(eve.id()), ..opening.clone() },
            OpenTicket { requester_id: None, ..opening.clone() },
            OpenTicket { priority: Priority::Urgent, ..opening.clone() },
            OpenTicket { category_id: Some(category), ..opening.clone() },
            OpenTicket { follows_id: Some(ticket.id), ..opening.clone() },
        ];
        for (n, other) in others.iter().enumerate() {
            let outcome = open(&desk, &mira, other).await;
            assert!(matches!(outcome, Err(TicketError::ClientIdReused)), "{n}: {outcome:?}");
        }
        // Whose ticket it is never changes, so it is compared whatever has happened since.
        desk.say(&ada, ticket.id, "Hello?").await;
        let outcome = open(&desk, &mira, &others[2]).await;
        assert!(matches!(outcome, Err(TicketError::ClientIdReused)), "{outcome:?}");
        assert_eq!(open(&desk, &mira, &opening).await.unwrap().id, ticket.id);
    }

    async fn one_client_id_raced_on_two_nodes_makes_one_entry(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = desk.ticket(&ada).await;
        let (other, heard_there) = desk.another_node().await;
        for _ in 0..10 {
            let hello = message("Hello?");
            let (one, two) = tokio::join!(
                desk.services.tickets.send(&ada.session, id, hello.clone()),
                other.tickets.send(&ada.session, id, hello.clone()),
            );
            assert_eq!(one.unwrap().entry, two.unwrap().entry);
            let opening = new_ticket();
            let (one, two) = tokio::join!(
                desk.services.tickets.open(&ada.session, opening.clone()),
                other.tickets.open(&ada.session, opening.clone()),
            );
            assert_eq!(one.unwrap().ticket, two.unwrap().ticket);
        }
        assert_eq!(desk.timeline(id).await.len(), 11);
        let emptied = async {
            while !desk.outbox().await.is_empty() {
                desk.services.tickets.relay_once().await.unwrap();
                other.tickets.relay_once().await.unwrap();
            }
        };
        crate::sink::within(emptied).await;
        let mut heard = [desk.sink.places(), heard_there.places()].concat();
        heard.sort_unstable();
        let mut once = heard.clone();
        once.dedup();
        assert_eq!(heard, once);
        assert_eq!(heard.len(), 21);
    }

    async fn one_client_id_raced_between_two_tickets_makes_one_entry(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let (left, right) = (desk.ticket(&ada).await, desk.ticket(&ada).await);
        for round in 1..=10 {
            let hello = message("Hello?");
            let tickets = &desk.services.tickets;
            let (one, two) = tokio::join!(
                tickets.send(&ada.session, left, hello.clone()),
                tickets.send(&ada.session, right, hello.clone()),
            );
            let outcomes = [one, two];
            let done = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
            let reused = |outcome: &&Result<_, TicketError>| matches!(outcome, Err(TicketError::ClientIdReused));
            assert_eq!((done, outcomes.iter().filter(reused).count()), (1, 1), "{outcomes:?}");
            let entries = desk.head(left).await.0 + desk.head(right).await.0;
            assert_eq!(entries, 2 + round);
        }
    }

    async fn a_change_of_status_repeated_after_others_is_not_done_again(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        let tickets = &desk.services.tickets;
        let pending = to_status(Status::Pending);
        let first = tickets.set_status(&mira.session, id, pending).await.unwrap();
        desk.set_status(&mira, id, Status::Open).await;
        let again = tickets.set_status(&mira.session, id, pending).await.unwrap();
        assert_eq!(again.entry, first.entry);
        assert_eq!(again.ticket.status, Status::Open);
        let other = services::StatusChange { status: Status::Resolved, ..pending };
        let other = tickets.set_status(&mira.session, id, other).await;
        assert!(matches!(other, Err(TicketError::ClientIdReused)));
        // One that had nothing to do used nothing up.
        let idle = services::StatusChange { client_id: client_id(), ..to_status(Status::Open) };
        assert_eq!(tickets.set_status(&mira.session, id, idle).await.unwrap().entry, None);
        assert_eq!(desk.head(id).await, Seq(3));
    }
}
