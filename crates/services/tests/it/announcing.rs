//! Commit, then announce, and never keep the author waiting for it.

use domain::{Seq, Status};
use testkit::on_every_database;

use crate::desk::{
    Desk, Member, assigned_to, message, new_ticket, no_edit, note, retitled, title, to_status,
};
use crate::sink::within;

on_every_database! {
    // The sink looks at every event of this suite with a connection of its own.
    async fn every_kind_of_write_can_be_read_by_others_when_it_is_announced(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        desk.say(&ada, id, "Hello?").await;
        desk.note(&mira, id, "Old printer").await;
        desk.edit(&mira, id, assigned_to(Some(&mira))).await;
        desk.edit(&mira, id, retitled("Old printer")).await;
        desk.set_status(&ada, id, Status::Closed).await;
        let events = desk.sink.all_of(id);
        let timeline = desk.timeline(id).await;
        assert_eq!(timeline.len(), 6);
        assert!(events.iter().map(|event| &event.entry).eq(&timeline));
        // Each with the ticket as it was right after.
        assert!(events.iter().all(|event| event.ticket.head_seq == event.entry.seq));
        let fresh = desk.services.tickets.read(&mira.session, id).await.unwrap().view.ticket;
        assert_eq!(events.last().unwrap().ticket, fresh);
    }

    async fn an_edit_of_several_fields_is_announced_entry_by_entry(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        let edit = services::TicketEdit {
            title: Some(title("Old printer")),
            priority: Some(domain::Priority::High),
            assignee_id: Some(Some(mira.id())),
            ..no_edit()
        };
        let edited = desk.edit(&mira, id, edit).await;
        let events = desk.sink.all_of(id);
        let heads: Vec<_> = events.iter().map(|event| event.ticket.head_seq).collect();
        assert_eq!(heads, [1, 2, 3, 4].map(Seq));
        assert_eq!(events[1].ticket.priority, domain::Priority::Normal);
        assert_eq!(events[1].ticket.title, title("Old printer"));
        assert_eq!(events[2].ticket.priority, domain::Priority::High);
        assert_eq!(events[2].ticket.assignee, None);
        assert_eq!(events[3].ticket, edited);
    }

    async fn the_answer_does_not_wait_for_a_slow_sink(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        let tickets = &desk.services.tickets;
        desk.sink.stick();
        within(tickets.send(&ada.session, id, message("Hello?"))).await.unwrap();
        desk.sink.began(id, Seq(2)).await;
        within(tickets.send(&mira.session, id, note("Old printer"))).await.unwrap();
        within(tickets.set_status(&mira.session, id, to_status(Status::Pending))).await.unwrap();
        let edit = services::TicketEdit { seen: Seq(4), ..retitled("Old printer") };
        within(tickets.edit(&mira.session, id, edit)).await.unwrap();
        let opened = within(tickets.open(&ada.session, new_ticket())).await.unwrap();
        within(tickets.mark_read(&ada.session, id, Seq(5))).await.unwrap();

        // All of it is there for others, and none of it was taken by the sink.
        assert_eq!(desk.timeline(id).await.len(), 5);
        assert_eq!(desk.timeline(opened.ticket.id).await.len(), 1);
        assert_eq!(desk.sink.places(), [(id, Seq(1))]);
        desk.sink.mend();
        for seq in 2..=5 {
            desk.sink.heard(id, Seq(seq)).await;
        }
        desk.sink.heard(opened.ticket.id, Seq(1)).await;
        desk.settle().await;
    }

    async fn a_write_whose_author_goes_away_at_once_runs_to_its_end(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        let tickets = &desk.services.tickets;

        begin(tickets.send(&ada.session, id, message("Hello?"))).await;
        desk.sink.heard(id, Seq(2)).await;
        begin(tickets.set_status(&mira.session, id, to_status(Status::Pending))).await;
        desk.sink.heard(id, Seq(3)).await;
        let edit = services::TicketEdit { seen: Seq(3), ..retitled("Old printer") };
        begin(tickets.edit(&mira.session, id, edit)).await;
        desk.sink.heard(id, Seq(4)).await;
        begin(tickets.close(&ada.session, id, crate::desk::client_id(), None)).await;
        desk.sink.heard(id, Seq(5)).await;
        begin(tickets.mark_read(&mira.session, id, Seq(5))).await;
        let moved = desk.sink.cursors_moved(1).await;
        assert_eq!((moved[0].user_id, moved[0].seq), (mira.id(), Seq(5)));

        let before = list_of(&desk, &mira).await;
        begin(tickets.open(&ada.session, new_ticket())).await;
        let opened = desk.sink.heard_any(|event| event.entry.ticket_id != id).await;
        assert_eq!(list_of(&desk, &mira).await, before + 1);
        assert_eq!(opened.ticket.requester, ada.person);
        desk.settle().await;
    }

    async fn a_cursor_that_stays_where_it_is_is_not_announced(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        desk.say(&mira, id, "Which printer?").await;
        let tickets = &desk.services.tickets;
        for seq in [2, 1, 2] {
            let state = tickets.mark_read(&ada.session, id, Seq(seq)).await.unwrap();
            assert_eq!((state.seq, state.unread), (Seq(2), 0));
        }
        desk.say(&mira, id, "The one upstairs?").await;
        tickets.mark_read(&ada.session, id, Seq(3)).await.unwrap();
        let moved = desk.sink.cursors_moved(2).await;
        let places: Vec<_> = moved.iter().map(|moved| (moved.ticket_id, moved.user_id, moved.seq)).collect();
        assert_eq!(places, [(id, ada.id(), Seq(2)), (id, ada.id(), Seq(3))]);
    }
}

/// Polls a write once, then drops it: whoever asked has gone. A quick one may be done by then.
pub(crate) async fn begin<F: Future>(write: F) {
    let mut write = std::pin::pin!(write);
    std::future::poll_fn(|context| std::task::Poll::Ready(write.as_mut().poll(context).is_ready()))
        .await;
}

async fn list_of(desk: &Desk, admin: &Member) -> usize {
    let tickets = &desk.services.tickets;
    tickets
        .list(&admin.session, crate::refused::everything())
        .await
        .unwrap()
        .items
        .len()
}
