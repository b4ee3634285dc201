//! The tickets of admins who are none any more.

use domain::{Change, EntryKind, Person, Role, Seq, Status, TicketId};
use repository::tickets;
use services::{TicketError, UserChange};
use testkit::on_every_database;

use crate::desk::{Desk, Member, assigned_to};
use crate::sink::within;

const DEMOTE: UserChange = UserChange {
    role: Some(Role::User),
    disabled: None,
};
const DISABLE: UserChange = UserChange {
    role: None,
    disabled: Some(true),
};

/// A ticket that this admin handles.
async fn handled(desk: &Desk, of: &Member, by: &Member) -> TicketId {
    let id = desk.ticket(of).await;
    desk.edit(by, id, assigned_to(Some(by))).await;
    id
}

async fn assignee(desk: &Desk, id: TicketId) -> Option<Person> {
    tickets::find(&desk.other, id)
        .await
        .unwrap()
        .unwrap()
        .assignee
}

/// How many tickets the views hold: mine of this admin, nobody's, not closed.
async fn counts(desk: &Desk, admin: &Member) -> [i64; 3] {
    let counts = desk.services.tickets.counts(&admin.session).await.unwrap();
    [counts.mine, counts.unassigned, counts.open]
}

on_every_database! {
    async fn who_is_removed_leaves_their_open_tickets_to_nobody(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let hers = handled(&desk, &ada, &mira).await;
        for change in [DISABLE, DEMOTE] {
            let otto = desk.admin("Otto").await;
            let (open, pending) = (handled(&desk, &ada, &otto).await, handled(&desk, &ada, &otto).await);
            let closed = handled(&desk, &ada, &otto).await;
            desk.set_status(&otto, pending, Status::Pending).await;
            desk.set_status(&otto, closed, Status::Closed).await;
            desk.settle().await;
            let [mine, unassigned, all] = counts(&desk, &mira).await;

            desk.services.users.update(&mira.session, otto.id(), change).await.unwrap();
            for (id, seq) in [(open, Seq(3)), (pending, Seq(4))] {
                let event = desk.sink.heard(id, seq).await;
                let expected = Change::Assigned { from: Some(otto.person.named()), to: None };
                assert_eq!((&event.entry.actor, &event.entry.change), (&mira.person, &expected));
                assert_eq!((event.ticket.assignee, assignee(&desk, id).await), (None, None));
                // As of any other change.
                assert_eq!(desk.told_of(id, seq).await, [ada.id()]);
                assert_eq!(desk.head(id).await, seq);
            }
            assert_eq!(counts(&desk, &mira).await, [mine, unassigned + 2, all]);
            assert_eq!(assignee(&desk, closed).await.map(|person| person.id), Some(otto.id()));
            assert_eq!(assignee(&desk, hers).await.as_ref(), Some(&mira.person));
            assert_eq!(desk.services.tickets.release_left().await.unwrap(), 0);
        }
    }

    async fn the_operator_waits_until_the_tickets_are_nobodys(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let otto = desk.admin("Otto").await;
        // More than one query finds.
        let mut ids = Vec::new();
        for _ in 0..105 {
            ids.push(handled(&desk, &ada, &otto).await);
        }
        assert_eq!(counts(&desk, &mira).await, [0, 0, 105]);
        desk.services.users.update_as_operator(&otto.email, DEMOTE).await.unwrap();
        assert_eq!(counts(&desk, &mira).await, [0, 105, 105]);
        for id in ids {
            let timeline = desk.timeline(id).await;
            let last = timeline.last().unwrap();
            assert_eq!((last.seq, last.kind(), last.actor.id), (Seq(3), EntryKind::Assigned, otto.id()));
        }
    }

    // The process ended in between, or the ticket was assigned in that moment.
    async fn what_is_left_is_released_later_once(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let (otto, noor) = (desk.admin("Otto").await, desk.admin("Noor").await);
        let mut ids = Vec::new();
        for admin in [&otto, &noor, &otto, &otto] {
            ids.push(handled(&desk, &ada, admin).await);
        }
        let kept = handled(&desk, &ada, &mira).await;
        assert_eq!(desk.services.tickets.release_left().await.unwrap(), 0);
        desk.disable(&otto).await;
        desk.disable(&noor).await;
        let (there, _) = desk.another_node().await;
        let (here, there) = within(async {
            tokio::join!(desk.services.tickets.release_left(), there.tickets.release_left())
        }).await;
        assert_eq!(here.unwrap() + there.unwrap(), ids.len());
        for id in ids {
            assert_eq!((assignee(&desk, id).await, desk.head(id).await), (None, Seq(3)));
        }
        assert_eq!(assignee(&desk, kept).await.as_ref(), Some(&mira.person));
        assert_eq!(desk.services.tickets.release_left().await.unwrap(), 0);
    }

    async fn who_was_removed_is_given_no_ticket(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let otto = desk.admin("Otto").await;
        let id = handled(&desk, &ada, &mira).await;
        desk.services.users.update(&mira.session, otto.id(), DISABLE).await.unwrap();
        let edit = services::TicketEdit { seen: desk.head(id).await, ..assigned_to(Some(&otto)) };
        let refused = desk.services.tickets.edit(&mira.session, id, edit).await;
        assert!(matches!(refused, Err(TicketError::Invalid { field: "assignee_id", .. })), "{refused:?}");
        assert_eq!(assignee(&desk, id).await.as_ref(), Some(&mira.person));
    }
}
