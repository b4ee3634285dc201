//! Stale writes: what others did in between counts, as far as it can be seen and matters.

use domain::{Priority, Seq, Status, TicketId};
use services::{NewMessage, StatusChange, TicketEdit, TicketError};
use testkit::on_every_database;

use crate::desk::{
    Desk, Member, assigned_to, message, no_edit, retitled, seqs, title, to_status, with_priority,
};

/// What a message of somebody who has seen entries up to here has missed; none: it was sent.
async fn missed_by(desk: &Desk, author: &Member, id: TicketId, seen: i64) -> Option<Vec<i64>> {
    let new = NewMessage {
        seen: Some(Seq(seen)),
        ..message("So?")
    };
    match desk.services.tickets.send(&author.session, id, new).await {
        Ok(_) => None,
        Err(TicketError::Stale { missed }) => Some(seqs(&missed)),
        Err(error) => panic!("{error:?}"),
    }
}

/// The same for an edit.
async fn edit_missed_by(
    desk: &Desk,
    author: &Member,
    id: TicketId,
    edit: TicketEdit,
) -> Option<Vec<i64>> {
    match desk.services.tickets.edit(&author.session, id, edit).await {
        Ok(_) => None,
        Err(TicketError::Stale { missed }) => Some(seqs(&missed)),
        Err(error) => panic!("{error:?}"),
    }
}

on_every_database! {
    async fn ones_own_entries_are_never_missed(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        desk.say(&ada, id, "Hello?").await;
        desk.say(&ada, id, "Anybody there?").await;
        assert_eq!(missed_by(&desk, &ada, id, 1).await, None);
        assert_eq!(missed_by(&desk, &ada, id, 0).await, None);
        desk.say(&mira, id, "Which printer?").await;
        desk.say(&ada, id, "The old one.").await;
        assert_eq!(missed_by(&desk, &ada, id, 1).await, Some(vec![6]));
        assert_eq!(missed_by(&desk, &mira, id, 5).await, Some(vec![7]));
        assert_eq!(missed_by(&desk, &ada, id, 6).await, None);
    }

    async fn a_note_is_missed_by_staff_and_not_by_customers(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let noor = desk.admin("Noor").await;
        let id = desk.ticket(&ada).await;
        desk.note(&mira, id, "Old printer").await;
        desk.note(&mira, id, "Very old").await;
        assert_eq!(missed_by(&desk, &noor, id, 1).await, Some(vec![2, 3]));
        assert_eq!(missed_by(&desk, &ada, id, 1).await, None);
        // A note between what is missed is not handed to the customer.
        desk.say(&mira, id, "Which printer?").await;
        desk.note(&noor, id, "The one upstairs").await;
        assert_eq!(missed_by(&desk, &ada, id, 4).await, Some(vec![5]));
    }

    async fn every_visible_entry_of_others_makes_a_message_stale(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        desk.edit(&mira, id, retitled("Old printer")).await;
        desk.edit(&mira, id, assigned_to(Some(&mira))).await;
        desk.set_status(&mira, id, Status::Pending).await;
        assert_eq!(missed_by(&desk, &ada, id, 1).await, Some(vec![2, 3, 4]));
        let close = StatusChange { seen: Some(Seq(2)), ..to_status(Status::Closed) };
        let closed = desk.services.tickets.set_status(&ada.session, id, close).await;
        let Err(TicketError::Stale { missed }) = closed else { panic!("{closed:?}") };
        assert_eq!(missed, desk.timeline(id).await[2..]);
    }

    async fn an_edit_is_stale_only_for_the_same_field(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let noor = desk.admin("Noor").await;
        let category = desk.services.categories.list(&mira.session).await.unwrap()[0].id;
        let under = TicketEdit { category_id: Some(Some(category)), ..no_edit() };
        let edits = [
            retitled("Old printer"), under, with_priority(Priority::High), assigned_to(Some(&mira)),
        ];
        for (made, by_mira) in edits.iter().enumerate() {
            let id = desk.ticket(&ada).await;
            desk.say(&ada, id, "Hello?").await;
            desk.edit(&mira, id, by_mira.clone()).await;
            for (tried, by_noor) in edits.iter().enumerate() {
                let by_noor = TicketEdit { seen: Seq(1), ..by_noor.clone() };
                let expected = (tried == made).then(|| vec![3]);
                assert_eq!(edit_missed_by(&desk, &noor, id, by_noor).await, expected, "{tried} after {made}");
            }
        }
    }

    async fn an_edit_of_several_fields_is_stale_if_one_of_them_is(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let noor = desk.admin("Noor").await;
        let id = desk.ticket(&ada).await;
        desk.edit(&mira, id, with_priority(Priority::High)).await;
        let both = TicketEdit {
            title: Some(title("Old printer")),
            seen: Seq(1),
            ..with_priority(Priority::Low)
        };
        assert_eq!(edit_missed_by(&desk, &noor, id, both.clone()).await, Some(vec![2]));
        assert_eq!(edit_missed_by(&desk, &mira, id, both).await, None);
        assert_eq!(desk.head(id).await, Seq(4));
    }

    // Further back than a replay goes: what matters may lie behind hundreds of entries that do not.
    async fn a_change_is_missed_however_much_else_lies_before_it(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let noor = desk.admin("Noor").await;
        let id = desk.ticket(&ada).await;
        let limit = i64::from(domain::limits::REPLAY_MAX_ENTRIES);
        for n in 0..limit {
            let tickets = &desk.services.tickets;
            tickets.send(&noor.session, id, message(&format!("Message {n}"))).await.unwrap();
        }
        desk.edit(&mira, id, retitled("Old printer")).await;
        let last = limit + 2;
        let late = TicketEdit { seen: Seq(1), ..retitled("New printer") };
        assert_eq!(edit_missed_by(&desk, &noor, id, late).await, Some(vec![last]));
        assert_eq!(missed_by(&desk, &noor, id, 1).await, Some(vec![last]));
    }

    // The ticket, on SQLite everything, is locked meanwhile. A text that cannot be read shows whether it was.
    async fn what_does_not_count_is_not_read(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        desk.say(&ada, id, "Hello?").await;
        desk.note(&mira, id, "Old printer").await;
        desk.database.execute("UPDATE timeline SET body = ' ' WHERE body IS NOT NULL").await;
        assert_eq!(missed_by(&desk, &ada, id, 0).await, None);
        desk.edit(&mira, id, retitled("Old printer")).await;
        desk.database.execute("UPDATE timeline SET body = ' ' WHERE body IS NOT NULL").await;
        assert_eq!(missed_by(&desk, &ada, id, 0).await, Some(vec![5]));
        let noor = desk.admin("Noor").await;
        let late = TicketEdit { seen: Seq(0), ..retitled("New printer") };
        assert_eq!(edit_missed_by(&desk, &noor, id, late).await, Some(vec![5]));
    }

    async fn nobody_has_seen_what_is_not_there_yet(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        let tickets = &desk.services.tickets;
        let invalid = |outcome: Result<(), TicketError>| {
            matches!(outcome, Err(TicketError::Invalid { field: "seen_seq", .. }))
        };
        let new = NewMessage { seen: Some(Seq(2)), ..message("So?") };
        assert!(invalid(tickets.send(&ada.session, id, new).await.map(drop)));
        let close = StatusChange { seen: Some(Seq(2)), ..to_status(Status::Closed) };
        assert!(invalid(tickets.set_status(&ada.session, id, close).await.map(drop)));
        let edit = TicketEdit { seen: Seq(2), ..retitled("Old printer") };
        assert!(invalid(tickets.edit(&mira.session, id, edit).await.map(drop)));
        assert_eq!(desk.head(id).await, Seq(1));
    }
}
