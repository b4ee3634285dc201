//! Who is told of what, and with which numbers.

use domain::{NotificationKind, Priority, Seq, Status, TicketId, UserId};
use services::{OpenTicket, ReadWhich};
use testkit::on_every_database;

use crate::desk::{Desk, Member, assigned_to, new_ticket, retitled, with_priority};

/// Who is told of an entry, with the count of the group and of all that they have not read; as announced, and
/// as it stands in the database.
async fn told(desk: &Desk, id: TicketId, seq: Seq) -> Vec<(UserId, i64, i64)> {
    let event = desk.sink.heard(id, seq).await;
    let kind = NotificationKind::from(event.entry.kind());
    for notice in &event.notices {
        let told = &notice.notification;
        assert_eq!((told.kind, told.seq, told.read_at), (kind, Some(seq), None));
        assert_eq!(told.actor.as_ref(), Some(&event.entry.actor));
        let ticket = told.ticket.as_ref().unwrap();
        assert_eq!(
            (ticket.id, ticket.title.as_str()),
            (id, event.ticket.title.as_str())
        );
        assert_ne!(notice.user_id, event.entry.actor.id);
    }
    let users: Vec<_> = event.notices.iter().map(|notice| notice.user_id).collect();
    assert_eq!(desk.told_of(id, seq).await, users);
    let notices = event.notices.into_iter();
    notices
        .map(|notice| (notice.user_id, notice.notification.count, notice.unread))
        .collect()
}

/// Their identifiers, sorted.
fn ids(people: &[&Member]) -> Vec<UserId> {
    let mut ids: Vec<_> = people.iter().map(|person| person.id()).collect();
    ids.sort_unstable();
    ids
}

async fn told_ids(desk: &Desk, id: TicketId, seq: Seq) -> Vec<UserId> {
    told(desk, id, seq)
        .await
        .into_iter()
        .map(|(user, ..)| user)
        .collect()
}

on_every_database! {
    async fn every_admin_hears_of_a_ticket_until_one_handles_it(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let noor = desk.admin("Noor").await;
        desk.customer("Eve").await;
        let id = desk.ticket(&ada).await;
        assert_eq!(told(&desk, id, Seq(1)).await, [(mira.id(), 1, 1), (noor.id(), 1, 1)]);
        desk.say(&ada, id, "Hello?").await;
        assert_eq!(told(&desk, id, Seq(2)).await, [(mira.id(), 1, 2), (noor.id(), 1, 2)]);
        desk.edit(&noor, id, assigned_to(Some(&mira))).await;
        assert_eq!(told(&desk, id, Seq(3)).await, [(ada.id(), 1, 1), (mira.id(), 1, 3)]);
        desk.say(&ada, id, "Anybody there?").await;
        assert_eq!(told(&desk, id, Seq(4)).await, [(mira.id(), 2, 4)]);
        desk.edit(&mira, id, assigned_to(None)).await;
        assert_eq!(told(&desk, id, Seq(5)).await, [(ada.id(), 2, 2)]);
        desk.say(&ada, id, "Nobody?").await;
        assert_eq!(told(&desk, id, Seq(6)).await, [(mira.id(), 3, 5), (noor.id(), 2, 3)]);
    }

    async fn staffs_messages_tell_the_requester_and_notes_the_assignee(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let noor = desk.admin("Noor").await;
        let id = desk.ticket(&ada).await;
        desk.note(&noor, id, "Whose is it?").await;
        assert_eq!(told(&desk, id, Seq(2)).await, []);
        desk.edit(&mira, id, assigned_to(Some(&mira))).await;
        desk.say(&noor, id, "Which printer?").await;
        assert_eq!(told(&desk, id, Seq(4)).await, [(ada.id(), 1, 2)]);
        desk.note(&noor, id, "The old one").await;
        assert_eq!(told_ids(&desk, id, Seq(5)).await, [mira.id()]);
        desk.note(&mira, id, "I know").await;
        assert_eq!(told(&desk, id, Seq(6)).await, []);
    }

    async fn other_changes_tell_requester_and_assignee_but_never_who_made_them(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let noor = desk.admin("Noor").await;
        let id = desk.ticket(&ada).await;
        desk.edit(&mira, id, assigned_to(Some(&mira))).await;
        assert_eq!(told_ids(&desk, id, Seq(2)).await, [ada.id()]);
        desk.edit(&noor, id, with_priority(Priority::High)).await;
        assert_eq!(told_ids(&desk, id, Seq(3)).await, ids(&[&ada, &mira]));
        desk.edit(&noor, id, retitled("Old printer")).await;
        assert_eq!(told_ids(&desk, id, Seq(4)).await, ids(&[&ada, &mira]));
        desk.set_status(&mira, id, Status::Pending).await;
        assert_eq!(told_ids(&desk, id, Seq(5)).await, [ada.id()]);
        desk.set_status(&ada, id, Status::Closed).await;
        assert_eq!(told_ids(&desk, id, Seq(6)).await, [mira.id()]);
        // Who handled it is told only as long as they do.
        desk.edit(&noor, id, assigned_to(Some(&noor))).await;
        assert_eq!(told_ids(&desk, id, Seq(7)).await, [ada.id()]);
    }

    async fn an_admin_who_opens_a_ticket_is_not_told_of_it(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let noor = desk.admin("Noor").await;
        let tickets = &desk.services.tickets;
        let own = tickets.open(&mira.session, new_ticket()).await.unwrap().ticket;
        assert_eq!(told_ids(&desk, own.id, Seq(1)).await, [noor.id()]);
        let on_behalf = OpenTicket { requester_id: Some(ada.id()), ..new_ticket() };
        let hers = tickets.open(&mira.session, on_behalf).await.unwrap().ticket;
        assert_eq!(hers.requester, ada.person);
        assert_eq!(told_ids(&desk, hers.id, Seq(1)).await, [noor.id()]);
        // Requester and assignee at once are one person to tell.
        desk.edit(&noor, own.id, assigned_to(Some(&mira))).await;
        desk.edit(&noor, own.id, with_priority(Priority::Low)).await;
        assert_eq!(told_ids(&desk, own.id, Seq(3)).await, [mira.id()]);
    }

    async fn reading_starts_the_counts_again(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let (one, two) = (desk.ticket(&ada).await, desk.ticket(&ada).await);
        for text in ["Hello?", "Anybody there?"] {
            desk.say(&ada, one, text).await;
            desk.say(&ada, two, text).await;
        }
        assert_eq!(told(&desk, two, Seq(3)).await, [(mira.id(), 2, 6)]);
        // Up to the first message of one ticket; the rest stays unread.
        desk.services.tickets.mark_read(&mira.session, one, Seq(2)).await.unwrap();
        desk.say(&ada, one, "Nobody?").await;
        assert_eq!(told(&desk, one, Seq(4)).await, [(mira.id(), 2, 5)]);
        let left = desk.services.notifications.mark_read(&mira.session, ReadWhich::Ticket(two)).await;
        assert_eq!(left.unwrap(), 2);
        desk.say(&ada, two, "Nobody?").await;
        assert_eq!(told(&desk, two, Seq(4)).await, [(mira.id(), 1, 3)]);
    }

    async fn announced_numbers_are_those_of_the_list(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        desk.say(&ada, id, "Hello?").await;
        let last = desk.say(&ada, id, "Anybody there?").await;
        let notice = desk.sink.heard(id, last.seq).await.notices.remove(0);
        let list = desk.services.notifications.list(&mira.session, None, 10).await.unwrap();
        assert_eq!(list.items[0], notice.notification);
        assert_eq!(list.unread, notice.unread);
        assert_eq!(list.items.iter().map(|group| group.count).sum::<i64>(), list.unread);
    }

    async fn disabled_admins_are_not_told(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let noor = desk.admin("Noor").await;
        desk.disable(&mira).await;
        let id = desk.ticket(&ada).await;
        assert_eq!(told_ids(&desk, id, Seq(1)).await, [noor.id()]);
        desk.say(&ada, id, "Hello?").await;
        assert_eq!(told_ids(&desk, id, Seq(2)).await, [noor.id()]);
        desk.disable(&noor).await;
        desk.say(&ada, id, "Anybody there?").await;
        assert_eq!(told_ids(&desk, id, Seq(3)).await, []);
    }

    // Otherwise nobody would hear of a customer whose admin has left.
    async fn without_an_enabled_assignee_all_admins_are_told(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let noor = desk.admin("Noor").await;
        let nils = desk.admin("Nils").await;
        let id = desk.ticket(&ada).await;
        desk.edit(&noor, id, assigned_to(Some(&mira))).await;
        desk.disable(&mira).await;
        desk.say(&ada, id, "Hello?").await;
        assert_eq!(told_ids(&desk, id, Seq(3)).await, ids(&[&noor, &nils]));
        desk.note(&noor, id, "Mira has left").await;
        assert_eq!(told_ids(&desk, id, Seq(4)).await, []);
        desk.edit(&noor, id, with_priority(Priority::High)).await;
        assert_eq!(told_ids(&desk, id, Seq(5)).await, [ada.id()]);
        // Who handles it is still said, until somebody else does.
        let event = desk.sink.heard(id, Seq(5)).await;
        assert_eq!(event.ticket.assignee, Some(mira.person));
    }
}
