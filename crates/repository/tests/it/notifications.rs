//! Notifications.

use domain::{
    Notification, NotificationId, NotificationKind, Person, Role, Seq, TicketId, Timestamp, UserId,
};
use repository::notifications;
use testkit::on_every_database;

use crate::desk::{Desk, NOON, ids, message, viewer};

/// Says something in a ticket and tells people of it.
async fn say(desk: &Desk, ticket: TicketId, actor: &Person, told: &[UserId]) -> Seq {
    let seq = desk.record(ticket, actor, message("Hello")).await.seq;
    tell(
        desk,
        told,
        NotificationKind::Message,
        Some((ticket, seq)),
        Some(actor.id),
    )
    .await;
    seq
}

async fn tell(
    desk: &Desk,
    told: &[UserId],
    kind: NotificationKind,
    entry: Option<(TicketId, Seq)>,
    actor: Option<UserId>,
) {
    let tx = desk.db.begin().await.unwrap();
    notifications::add(&tx, told, kind, entry, actor, NOON)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn groups(desk: &Desk, person: &Person) -> Vec<Notification> {
    let page = notifications::groups(&desk.db, viewer(person), None, 100)
        .await
        .unwrap();
    assert_eq!(page.next, None);
    page.items
}

/// Kind, ticket, place, size and whether it is read, of each group.
fn outline(groups: &[Notification]) -> Vec<(NotificationKind, Option<i64>, i64, bool)> {
    groups
        .iter()
        .map(|g| (g.kind, g.seq.map(|seq| seq.0), g.count, g.read_at.is_some()))
        .collect()
}

use NotificationKind::{Message, SessionReused, StatusChanged};

on_every_database! {
    async fn notifications_are_grouped_by_ticket_kind_and_whether_they_are_read(desk: Desk) {
        let (ada, bob) = (desk.user("ada").await, desk.admin("bob").await);
        let one = desk.ticket(&ada, "One 🐛").await;
        let two = desk.ticket(&ada, "Two").await;
        say(&desk, one.id, &bob, &[ada.id]).await;
        say(&desk, two.id, &bob, &[ada.id]).await;
        say(&desk, one.id, &bob, &[ada.id]).await;
        tell(&desk, &[ada.id], StatusChanged, Some((one.id, Seq(1))), Some(bob.id)).await;
        tell(&desk, &ids(&[&ada, &bob]), SessionReused, None, None).await;
        tell(&desk, &[ada.id], SessionReused, None, None).await;

        let groups_of_ada = groups(&desk, &ada).await;
        assert_eq!(outline(&groups_of_ada), [
            (SessionReused, None, 2, false),
            (StatusChanged, Some(1), 1, false),
            (Message, Some(3), 2, false),
            (Message, Some(2), 1, false),
        ]);
        let talk = &groups_of_ada[2];
        assert_eq!(talk.actor, Some(bob.clone()));
        assert_eq!(talk.ticket.as_ref().map(|t| (t.id, t.title.as_str())), Some((one.id, "One 🐛")));
        assert_eq!(talk.created_at, NOON);
        assert_eq!((&groups_of_ada[0].ticket, &groups_of_ada[0].actor), (&None, &None));
        assert_eq!(notifications::unread(&desk.db, viewer(&ada)).await.unwrap(), 6);
        assert_eq!(notifications::unread(&desk.db, viewer(&bob)).await.unwrap(), 1);

        // Reading makes a group of its own, and what comes after it another.
        let tx = desk.db.begin().await.unwrap();
        let later = Timestamp(NOON.0 + 5);
        assert_eq!(notifications::mark_read_ids(&tx, ada.id, &[talk.id], later).await.unwrap(), 2);
        tx.commit().await.unwrap();
        say(&desk, one.id, &bob, &[ada.id]).await;
        let groups_of_ada = groups(&desk, &ada).await;
        assert_eq!(outline(&groups_of_ada), [
            (Message, Some(4), 1, false),
            (SessionReused, None, 2, false),
            (StatusChanged, Some(1), 1, false),
            (Message, Some(3), 2, true),
            (Message, Some(2), 1, false),
        ]);
        assert_eq!(groups_of_ada[3].read_at, Some(later));
    }

    async fn paging_visits_every_group_once(desk: Desk) {
        let (ada, bob) = (desk.user("ada").await, desk.admin("bob").await);
        for _ in 0..7 {
            let id = desk.ticket(&ada, "Ticket").await.id;
            say(&desk, id, &bob, &[ada.id]).await;
            say(&desk, id, &bob, &[ada.id]).await;
        }
        let all = groups(&desk, &ada).await;
        assert_eq!(all.len(), 7);
        for limit in [1, 3, 6, 7, 8] {
            let (mut walked, mut before) = (Vec::new(), None);
            loop {
                let page = notifications::groups(&desk.db, viewer(&ada), before, limit).await.unwrap();
                walked.extend(page.items);
                before = page.next;
                if before.is_none() { break }
            }
            assert_eq!(walked, all);
        }
    }

    async fn groups_far_apart_are_found(desk: Desk) {
        let ada = desk.user("ada").await;
        let (old, busy) = (desk.ticket(&ada, "Old").await.id, desk.ticket(&ada, "Busy").await.id);
        let entry = |ticket| Some((ticket, Seq(1)));
        tell(&desk, &[ada.id], Message, entry(old), None).await;
        tell(&desk, &[ada.id], Message, entry(busy), None).await;
        for _ in 0..7 {
            tell(&desk, &[ada.id; 200], SessionReused, None, None).await;
        }
        let groups = groups(&desk, &ada).await;
        assert_eq!(outline(&groups), [
            (SessionReused, None, notifications::COUNT_MAX, false),
            (Message, Some(1), 1, false),
            (Message, Some(1), 1, false),
        ]);
        assert_eq!(notifications::unread(&desk.db, viewer(&ada)).await.unwrap(), notifications::COUNT_MAX);
        let page = notifications::groups(&desk.db, viewer(&ada), Some(groups[1].id), 1).await.unwrap();
        assert_eq!((page.items.as_slice(), page.next), (&groups[2..], None));
    }

    async fn reading_marks_a_group_up_to_the_one_named(desk: Desk) {
        let (ada, bob) = (desk.user("ada").await, desk.admin("bob").await);
        let id = desk.ticket(&ada, "Ticket").await.id;
        say(&desk, id, &bob, &[ada.id]).await;
        let seen = groups(&desk, &ada).await[0].id;
        say(&desk, id, &bob, &[ada.id]).await;
        let mark = async |user, ids: &[NotificationId]| {
            let tx = desk.db.begin().await.unwrap();
            let marked = notifications::mark_read_ids(&tx, user, ids, NOON).await.unwrap();
            tx.commit().await.unwrap();
            marked
        };
        assert_eq!(mark(bob.id, &[seen]).await, 0, "another's notification");
        assert_eq!(mark(ada.id, &[]).await, 0);
        assert_eq!(mark(ada.id, &[seen, NotificationId(9_999)]).await, 1);
        assert_eq!(mark(ada.id, &[seen]).await, 0, "a second time");
        assert_eq!(outline(&groups(&desk, &ada).await), [
            (Message, Some(3), 1, false),
            (Message, Some(2), 1, true),
        ]);

        tell(&desk, &[ada.id], SessionReused, None, None).await;
        let account = groups(&desk, &ada).await[0].id;
        assert_eq!(mark(ada.id, &[account]).await, 1);
        assert_eq!(notifications::unread(&desk.db, viewer(&ada)).await.unwrap(), 1);
    }

    async fn reading_a_ticket_marks_what_was_told_of_it(desk: Desk) {
        let (ada, bob) = (desk.user("ada").await, desk.admin("bob").await);
        let (one, two) = (desk.ticket(&ada, "One").await.id, desk.ticket(&ada, "Two").await.id);
        let seen = say(&desk, one, &bob, &[ada.id]).await;
        say(&desk, one, &bob, &[ada.id]).await;
        say(&desk, two, &bob, &[ada.id]).await;
        let tx = desk.db.begin().await.unwrap();
        let mark = async |ticket, up_to| {
            notifications::mark_read_ticket(&tx, ada.id, ticket, up_to, NOON).await.unwrap()
        };
        assert_eq!(mark(one, Some(seen)).await, 1);
        assert_eq!(mark(one, None).await, 1);
        assert_eq!(mark(one, None).await, 0);
        assert_eq!(notifications::unread(&tx, viewer(&ada)).await.unwrap(), 1);
    }

    async fn those_told_of_an_entry_are_known_with_their_counts(desk: Desk) {
        let (ada, bob, eve) = (desk.user("ada").await, desk.admin("bob").await, desk.admin("eve").await);
        let id = desk.ticket(&ada, "Ticket").await.id;
        tell(&desk, &[eve.id], SessionReused, None, None).await;
        say(&desk, id, &ada, &ids(&[&bob, &eve])).await;
        let tx = desk.db.begin().await.unwrap();
        notifications::mark_read_ticket(&tx, bob.id, id, None, NOON).await.unwrap();
        tx.commit().await.unwrap();
        let seq = say(&desk, id, &ada, &ids(&[&bob, &eve])).await;

        let told = notifications::after_entry(&desk.db, id, seq).await.unwrap();
        let counts: Vec<_> = told.iter().map(|t| (t.user_id, t.notification.count, t.unread)).collect();
        assert_eq!(counts, [(bob.id, 1, 1), (eve.id, 2, 3)]);
        assert_eq!(told[1].notification, groups(&desk, &eve).await[0]);
        assert_eq!(notifications::after_entry(&desk.db, id, Seq(1)).await.unwrap(), []);
    }

    // Announcements may be repeated long after the commit.
    async fn who_may_not_see_the_ticket_any_more_is_not_told(desk: Desk) {
        let (ada, bob, eve) = (desk.user("ada").await, desk.admin("bob").await, desk.admin("eve").await);
        let id = desk.ticket(&ada, "Ticket").await.id;
        let seq = say(&desk, id, &eve, &ids(&[&ada, &bob])).await;
        let told = |told: Vec<notifications::Told>| -> Vec<_> { told.iter().map(|t| t.user_id).collect() };
        assert_eq!(told(notifications::after_entry(&desk.db, id, seq).await.unwrap()), [ada.id, bob.id]);
        desk.execute(&format!("UPDATE users SET role = 'user' WHERE id = {}", bob.id)).await;
        assert_eq!(told(notifications::after_entry(&desk.db, id, seq).await.unwrap()), [ada.id]);
    }

    async fn who_is_no_admin_any_more_sees_what_a_customer_sees(desk: Desk) {
        let (ada, mut bob, eve) = (desk.user("ada").await, desk.admin("bob").await, desk.admin("eve").await);
        let (others, own) = (desk.ticket(&ada, "Of Ada").await.id, desk.ticket(&bob, "Of Bob").await.id);
        for id in [others, own] {
            say(&desk, id, &eve, &ids(&[&bob])).await;
            let seq = desk.record(id, &eve, message("Between us")).await.seq;
            tell(&desk, &[bob.id], NotificationKind::Note, Some((id, seq)), Some(eve.id)).await;
        }
        let seq = say(&desk, own, &eve, &ids(&[&bob])).await;
        assert_eq!((groups(&desk, &bob).await.len(), notifications::unread(&desk.db, viewer(&bob)).await.unwrap()), (4, 5));

        desk.execute(&format!("UPDATE users SET role = 'user' WHERE id = {}", bob.id)).await;
        bob.role = Role::User;
        let left = groups(&desk, &bob).await;
        assert_eq!(left.iter().map(|group| (group.ticket.as_ref().unwrap().id, group.kind, group.count)).collect::<Vec<_>>(), [
            (own, NotificationKind::Message, 2),
        ]);
        assert_eq!(notifications::unread(&desk.db, viewer(&bob)).await.unwrap(), 2);
        let told = notifications::after_entry(&desk.db, own, seq).await.unwrap();
        assert_eq!(told.iter().map(|told| (told.user_id, told.unread)).collect::<Vec<_>>(), [(bob.id, 2)]);
    }

    async fn nobody_is_told_of_an_entry_twice(desk: Desk) {
        let (ada, bob) = (desk.user("ada").await, desk.admin("bob").await);
        let id = desk.ticket(&ada, "Ticket").await.id;
        let tx = desk.db.begin().await.unwrap();
        let entry = Some((id, Seq(1)));
        notifications::add(&tx, &[], Message, entry, None, NOON).await.unwrap();
        notifications::add(&tx, &[bob.id], Message, entry, None, NOON).await.unwrap();
        assert!(notifications::add(&tx, &[bob.id], StatusChanged, entry, None, NOON).await.is_err());
    }
}
