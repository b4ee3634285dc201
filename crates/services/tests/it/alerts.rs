//! Alerts of new tickets: acknowledged once, by whoever is first, and repeated until then.

use std::time::Duration;

use domain::{Alert, Clock as _, Seq, Status, TicketId, Timestamp, UserId, limits};
use services::{AlertError, Foundation, OpenTicket, Services};
use testkit::on_every_database;

use crate::desk::{
    ALERT_AFTER, Desk, Member, assigned_to, message, new_ticket, no_edit, note, to_status,
    with_priority,
};
use crate::sink::within;

/// The alerts that are still open, as an admin sees them: ticket and level.
async fn open(desk: &Desk, admin: &Member) -> Vec<(TicketId, i16)> {
    let listed = desk.services.alerts.list(&admin.session, true, None, 100);
    let items = listed.await.unwrap().items.into_iter();
    items
        .map(|seen| (seen.alert.ticket_id, seen.alert.level))
        .collect()
}

/// Everything about one alert.
async fn alert(desk: &Desk, admin: &Member, id: TicketId) -> domain::alert::SeenAlert {
    let listed = desk.services.alerts.list(&admin.session, false, None, 100);
    let mut items = listed.await.unwrap().items.into_iter();
    items.find(|seen| seen.alert.ticket_id == id).unwrap()
}

fn acknowledger(alert: &Alert) -> Option<UserId> {
    alert.acknowledged.as_ref().map(|(by, _)| by.id)
}

async fn repeat(node: &Services) -> usize {
    within(node.alerts.repeat_once()).await.unwrap()
}

on_every_database! {
    async fn a_new_ticket_alerts_until_an_admin_reads_it(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        let raised = desk.sink.alerts(id, 1).await.remove(0);
        assert_eq!((raised.level, raised.raised_at, &raised.acknowledged), (0, desk.clock.now(), &None));
        assert_eq!(open(&desk, &mira).await, [(id, 0)]);

        // To look at it does not write.
        let tickets = &desk.services.tickets;
        tickets.read(&mira.session, id).await.unwrap();
        // What the customer does is no notice.
        tickets.mark_read(&ada.session, id, Seq(1)).await.unwrap();
        desk.say(&ada, id, "Hello?").await;
        assert_eq!(open(&desk, &mira).await, [(id, 0)]);

        desk.clock.advance(Duration::from_secs(5));
        tickets.mark_read(&mira.session, id, Seq(1)).await.unwrap();
        let told = desk.sink.alerts(id, 2).await.remove(1);
        assert_eq!(told.acknowledged, Some((mira.person.clone(), desk.clock.now())));
        assert_eq!(open(&desk, &mira).await, []);
        desk.clock.advance(ALERT_AFTER * 2);
        assert_eq!(repeat(&desk.services).await, 0);
    }

    async fn whatever_an_admin_does_acknowledges(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let jonas = desk.admin("Jonas").await;
        for act in 0..6 {
            let id = desk.ticket(&ada).await;
            match act {
                0 => drop(desk.say(&mira, id, "Which floor?").await),
                1 => drop(desk.note(&mira, id, "Again").await),
                2 => drop(desk.set_status(&mira, id, Status::InProgress).await),
                3 => drop(desk.set_status(&mira, id, Status::Closed).await),
                4 => drop(desk.edit(&mira, id, assigned_to(Some(&jonas))).await),
                _ => drop(desk.edit(&mira, id, with_priority(domain::Priority::Urgent)).await),
            }
            let told = desk.sink.alerts(id, 2).await;
            assert_eq!(told.len(), 2, "act {act}");
            assert_eq!(acknowledger(&told[1]), Some(mira.id()), "act {act}");
            // The second one to come is not the first.
            desk.note(&jonas, id, "Me too").await;
            assert_eq!(acknowledger(&alert(&desk, &jonas, id).await.alert), Some(mira.id()));
        }
        assert_eq!(open(&desk, &mira).await, []);

        // An edit that changes nothing, and a write that is refused, are no notice.
        let id = desk.ticket(&ada).await;
        desk.edit(&mira, id, no_edit()).await;
        let status = to_status(Status::Open);
        assert!(desk.services.tickets.set_status(&mira.session, id, status).await.unwrap().entry.is_none());
        let unseen = services::NewMessage { seen: Some(Seq(9)), ..message("Hello?") };
        assert!(desk.services.tickets.send(&mira.session, id, unseen).await.is_err());
        assert_eq!(open(&desk, &mira).await, [(id, 0)]);
    }

    async fn of_admins_at_once_one_acknowledges(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let jonas = desk.admin("Jonas").await;
        let (other, there) = desk.another_node().await;
        for round in 0..8 {
            let id = desk.ticket(&ada).await;
            let (here, other) = (&desk.services.tickets, &other.tickets);
            if round % 2 == 0 {
                let (one, two) = tokio::join!(
                    here.mark_read(&mira.session, id, Seq(1)), other.mark_read(&jonas.session, id, Seq(1))
                );
                one.unwrap();
                two.unwrap();
            } else {
                let (one, two) = tokio::join!(
                    here.mark_read(&mira.session, id, Seq(1)), other.send(&jonas.session, id, note("Mine"))
                );
                one.unwrap();
                two.unwrap();
            }
            let first = acknowledger(&alert(&desk, &mira, id).await.alert).unwrap();
            let (sink, silent) = if first == mira.id() { (&desk.sink, &there) } else { (&there, &desk.sink) };
            let raised = usize::from(first == mira.id());
            let told = sink.alerts(id, 1 + raised).await;
            assert_eq!(acknowledger(told.last().unwrap()), Some(first));
            assert!(silent.alerts(id, 0).await.iter().all(|told| told.acknowledged.is_none()));
        }
    }

    async fn an_alert_that_nobody_acknowledges_grows_louder_and_falls_silent(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        assert_eq!(repeat(&desk.services).await, 0);
        for level in 1..=limits::ALERT_LEVEL_MAX {
            desk.clock.advance(ALERT_AFTER - Duration::from_micros(1));
            assert_eq!(repeat(&desk.services).await, 0);
            desk.clock.advance(Duration::from_micros(1));
            assert_eq!(repeat(&desk.services).await, 1);
            let told = desk.sink.alerts(id, usize::try_from(level).unwrap() + 1).await;
            assert_eq!(told.last().unwrap().level, level);
            assert_eq!(open(&desk, &mira).await, [(id, level)]);
        }
        desk.clock.advance(ALERT_AFTER * 10);
        assert_eq!(repeat(&desk.services).await, 0);
        // It is open all the same, and can be acknowledged.
        desk.services.tickets.mark_read(&mira.session, id, Seq(1)).await.unwrap();
        assert_eq!(open(&desk, &mira).await, []);
    }

    // 150 are more than one transaction raises.
    async fn each_alert_is_repeated_by_one_of_two_nodes(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let mut ids = Vec::new();
        for _ in 0..150 {
            let opened = desk.services.tickets.open(&ada.session, new_ticket()).await;
            ids.push(opened.unwrap().ticket.id);
        }
        for id in &ids {
            desk.sink.alerts(*id, 1).await;
        }
        desk.clock.advance(ALERT_AFTER);
        let ((one, first), (two, second)) = (desk.another_node().await, desk.another_node().await);
        let counts = tokio::join!(repeat(&one), repeat(&two));
        // What one of them held while the other looked is left to a later round of either.
        let rest = repeat(&one).await;
        assert_eq!(counts.0 + counts.1 + rest, ids.len());
        for id in ids {
            let (here, there) = (first.alerts(id, 0).await, second.alerts(id, 0).await);
            assert!(here.len() + there.len() <= 1);
            assert!(here.iter().chain(&there).all(|told| told.level == 1));
        }
        assert_eq!(repeat(&two).await, 0);
    }

    async fn a_ticket_closed_before_anybody_saw_it_calls_for_nobody(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        desk.set_status(&ada, id, Status::Closed).await;
        assert_eq!(open(&desk, &mira).await, []);
        let ended_at = desk.clock.now();
        let ended = alert(&desk, &mira, id).await.alert;
        assert_eq!((acknowledger(&ended), ended.ended_at), (None, Some(ended_at)));
        desk.clock.advance(ALERT_AFTER * 2);
        assert_eq!(repeat(&desk.services).await, 0);
        // Who comes later has seen it first nonetheless.
        desk.services.tickets.mark_read(&mira.session, id, Seq(2)).await.unwrap();
        let seen = alert(&desk, &mira, id).await.alert;
        assert_eq!((acknowledger(&seen), seen.ended_at), (Some(mira.id()), Some(ended_at)));
    }

    async fn a_ticket_that_an_admin_opens_is_known_to_staff(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let new = OpenTicket { requester_id: Some(ada.id()), ..new_ticket() };
        let id = desk.services.tickets.open(&mira.session, new).await.unwrap().ticket.id;
        let told = desk.sink.alerts(id, 1).await;
        assert_eq!(acknowledger(&told[0]), Some(mira.id()));
        assert_eq!(open(&desk, &mira).await, []);
        desk.clock.advance(ALERT_AFTER * 2);
        assert_eq!(repeat(&desk.services).await, 0);
    }

    async fn where_alerts_are_not_repeated_they_are_raised_and_acknowledged(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let quiet = Services::new(Foundation { alert_after: None, ..desk.foundation().await });
        let id = quiet.tickets.open(&ada.session, new_ticket()).await.unwrap().ticket.id;
        desk.sink.alerts(id, 1).await;
        desk.clock.advance(ALERT_AFTER * 100);
        // Neither there nor by a node that repeats those of its own.
        within(quiet.alerts.repeat_alerts()).await;
        assert_eq!(repeat(&quiet).await, 0);
        assert_eq!(repeat(&desk.services).await, 0);
        quiet.tickets.mark_read(&mira.session, id, Seq(1)).await.unwrap();
        assert_eq!(acknowledger(&desk.sink.alerts(id, 2).await[1]), Some(mira.id()));
    }

    async fn the_list_says_who_saw_it_and_when(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let jonas = desk.admin("Jonas").await;
        let mut ids = Vec::new();
        for _ in 0..5 {
            ids.insert(0, desk.ticket(&ada).await);
        }
        let id = ids[2];
        let start = desk.clock.now();
        let minute = Duration::from_secs(60);
        let tickets = &desk.services.tickets;
        tickets.mark_read(&ada.session, id, Seq(1)).await.unwrap();
        tickets.mark_read(&mira.session, id, Seq(1)).await.unwrap();
        desk.clock.advance(minute);
        tickets.mark_read(&jonas.session, id, Seq(1)).await.unwrap();
        desk.clock.advance(minute);
        desk.say(&ada, id, "Hello?").await;
        tickets.mark_read(&mira.session, id, Seq(2)).await.unwrap();
        let seen = alert(&desk, &mira, id).await.seen_by;
        assert_eq!(seen, [(mira.person.clone(), start), (jonas.person.clone(), start.plus(minute))]);

        let list = async |open, before| {
            let page = desk.services.alerts.list(&mira.session, open, before, 2).await.unwrap();
            let ids: Vec<_> = page.items.iter().map(|seen| seen.alert.ticket_id).collect();
            (ids, page.next)
        };
        assert_eq!(list(false, None).await, (ids[..2].to_vec(), Some(ids[1])));
        assert_eq!(list(false, Some(ids[1])).await, (ids[2..4].to_vec(), Some(ids[3])));
        assert_eq!(list(false, Some(ids[3])).await, (ids[4..].to_vec(), None));
        assert_eq!(list(true, Some(ids[1])).await, (ids[3..].to_vec(), None));
        let refused = desk.services.alerts.list(&ada.session, true, None, 2).await;
        assert!(matches!(refused, Err(AlertError::Forbidden)));
    }

    async fn reading_on_does_not_move_when_somebody_saw_it(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let (jonas, noor) = (desk.admin("Jonas").await, desk.admin("Noor").await);
        let id = desk.ticket(&ada).await;
        let start = desk.clock.now();
        let minute = Duration::from_secs(60);
        for (times, reader) in [&mira, &jonas, &noor].into_iter().enumerate() {
            let tickets = &desk.services.tickets;
            tickets.mark_read(&reader.session, id, Seq(1)).await.unwrap();
            assert_eq!(alert(&desk, &mira, id).await.seen_by.len(), times + 1);
            desk.clock.advance(minute);
        }
        let expected = [
            (mira.person.clone(), start),
            (jonas.person.clone(), start.plus(minute)),
            (noor.person.clone(), start.plus(minute * 2)),
        ];
        for head in 2..4 {
            desk.say(&ada, id, "Hello?").await;
            desk.services.tickets.mark_read(&jonas.session, id, Seq(head)).await.unwrap();
            assert_eq!(alert(&desk, &mira, id).await.seen_by, expected);
            desk.clock.advance(minute);
        }

        // A node of the time before knows nothing of it.
        let older = format!(
            "UPDATE read_cursors SET first_at = NULL, updated_at = {} WHERE user_id = {}",
            start.plus(minute).0, jonas.id()
        );
        desk.database.execute(&older).await;
        assert_eq!(alert(&desk, &mira, id).await.seen_by, expected);
        desk.say(&ada, id, "Hello?").await;
        desk.services.tickets.mark_read(&jonas.session, id, Seq(4)).await.unwrap();
        assert_eq!(alert(&desk, &mira, id).await.seen_by, expected);
    }

    // Here in the same moment, by the database itself.
    async fn an_alert_that_ends_while_it_is_repeated_grows_no_louder(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        let ends = match desk.database.is_mysql() {
            true => "BEFORE UPDATE ON ticket_alerts FOR EACH ROW SET NEW.ended_at = 1, NEW.next_at = NULL",
            false => "AFTER UPDATE OF level ON ticket_alerts BEGIN UPDATE ticket_alerts \
                SET ended_at = 1, next_at = NULL WHERE ticket_id = NEW.ticket_id; END",
        };
        desk.database.execute(&format!("CREATE TRIGGER ends {ends}")).await;
        desk.clock.advance(ALERT_AFTER);
        assert_eq!(repeat(&desk.services).await, 0);
        let ended = alert(&desk, &mira, id).await.alert;
        assert_eq!((ended.level, acknowledger(&ended), ended.ended_at), (1, None, Some(Timestamp(1))));
        desk.settle().await;
        assert_eq!(desk.sink.alerts(id, 1).await.len(), 1);
    }
}
