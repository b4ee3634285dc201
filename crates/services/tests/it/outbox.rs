//! The outbox: emptied of what was announced, and the place from which the rest is announced.

use std::time::Duration;

use domain::{NotificationKind, Seq, TicketId};
use services::Services;
use testkit::on_every_database;

use crate::desk::{Desk, Member, message};
use crate::sink::within;

/// Just more than what counts as abandoned.
const LONG_AGO: Duration = Duration::from_micros(1_000_001);

/// Commits messages at a node that dies before it announces them.
async fn commit_and_die(desk: &Desk, author: &Member, id: TicketId, count: usize) -> Vec<Seq> {
    let (dying, sink) = desk.another_node().await;
    sink.stick();
    let mut seqs = Vec::new();
    for n in 0..count {
        let said = message(&format!("Message {n}"));
        let written = within(dying.tickets.send(&author.session, id, said)).await;
        seqs.push(written.unwrap().entry.unwrap().seq);
    }
    seqs
}

async fn relay(node: &Services) -> usize {
    within(node.tickets.relay_once()).await.unwrap()
}

fn places(id: TicketId, seqs: &[Seq]) -> Vec<(TicketId, Seq)> {
    seqs.iter().map(|seq| (id, *seq)).collect()
}

on_every_database! {
    async fn announced_entries_leave_the_outbox_unannounced_again(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = desk.ticket(&ada).await;
        for n in 0..3 {
            desk.say(&ada, id, &format!("Message {n}")).await;
        }
        desk.settle().await;
        desk.clock.advance(LONG_AGO);
        assert_eq!(relay(&desk.services).await, 0);
        assert_eq!(desk.sink.all_of(id).len(), 4);
    }

    // 450 fill two of the batches that one statement removes, and a part of a third.
    async fn many_announced_entries_leave_the_outbox_together(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = desk.ticket(&ada).await;
        let tickets = &desk.services.tickets;
        let mut last = Seq(1);
        for n in 0..450 {
            let said = message(&format!("Message {n}"));
            last = tickets.send(&ada.session, id, said).await.unwrap().entry.unwrap().seq;
        }
        for seq in 1..=last.0 {
            desk.sink.heard(id, Seq(seq)).await;
        }
        desk.settle().await;
        assert_eq!(desk.sink.all_of(id).len(), 451);
    }

    async fn only_what_is_older_than_a_second_counts_as_abandoned(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = desk.ticket(&ada).await;
        desk.settle().await;
        let left = commit_and_die(&desk, &ada, id, 2).await;
        assert_eq!(desk.outbox().await, places(id, &left));
        assert_eq!(relay(&desk.services).await, 0);
        desk.clock.advance(Duration::from_secs(1));
        assert_eq!(relay(&desk.services).await, 0);
        assert_eq!(desk.outbox().await, places(id, &left));

        desk.clock.advance(Duration::from_micros(1));
        assert_eq!(relay(&desk.services).await, 2);
        for seq in left {
            desk.sink.heard(id, seq).await;
        }
        desk.settle().await;
        assert_eq!(desk.sink.all_of(id).len(), 3);
    }

    async fn an_abandoned_entry_is_announced_with_its_ticket_and_notices(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        desk.settle().await;
        let seq = commit_and_die(&desk, &ada, id, 1).await[0];
        desk.clock.advance(LONG_AGO);
        assert_eq!(relay(&desk.services).await, 1);

        let event = desk.sink.heard(id, seq).await;
        assert_eq!(Some(&event.entry), desk.timeline(id).await.last());
        let fresh = desk.services.tickets.read(&mira.session, id).await.unwrap().view.ticket;
        assert_eq!(event.ticket, fresh);
        let [notice] = &event.notices[..] else { panic!("{:?}", event.notices) };
        assert_eq!((notice.user_id, notice.unread), (mira.id(), 2));
        assert_eq!(notice.notification.kind, NotificationKind::Message);
        assert_eq!((notice.notification.seq, notice.notification.count), (Some(seq), 1));
        assert_eq!(notice.notification.actor, Some(ada.person));
    }

    // 250 are more than one round takes.
    async fn however_much_was_abandoned_it_is_announced_oldest_first(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = desk.ticket(&ada).await;
        desk.settle().await;
        let left = commit_and_die(&desk, &ada, id, 250).await;
        desk.clock.advance(LONG_AGO);
        assert_eq!(relay(&desk.services).await, 200);
        assert_eq!(desk.sink.all_of(id).len(), 201);
        assert_eq!(relay(&desk.services).await, 50);
        desk.settle().await;
        let mut expected = vec![(id, Seq(1))];
        expected.extend(places(id, &left));
        assert_eq!(desk.sink.places(), expected);
    }

    async fn two_relays_share_what_was_abandoned(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = desk.ticket(&ada).await;
        desk.settle().await;
        let left = commit_and_die(&desk, &ada, id, 40).await;
        desk.clock.advance(LONG_AGO);
        let ((one, first), (two, second)) = (desk.another_node().await, desk.another_node().await);
        let counts = tokio::join!(relay(&one), relay(&two));
        assert_eq!(counts.0 + counts.1, 40);
        let mut heard = [first.places(), second.places()].concat();
        heard.sort_unstable();
        assert_eq!(heard, places(id, &left));
    }

    async fn what_one_relay_is_announcing_no_other_announces(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = desk.ticket(&ada).await;
        desk.settle().await;
        let left = commit_and_die(&desk, &ada, id, 3).await;
        desk.clock.advance(LONG_AGO);
        let ((one, first), (two, second)) = (desk.another_node().await, desk.another_node().await);
        first.stick();
        let announcing = tokio::spawn(async move { relay(&one).await });
        first.began(id, left[0]).await;
        assert_eq!(relay(&two).await, 0);
        assert_eq!(second.places(), []);
        first.mend();
        assert_eq!(within(announcing).await.unwrap(), 3);
        assert_eq!(first.places(), places(id, &left));
    }

    // Nothing external happens inside a transaction.
    async fn a_stuck_sink_of_the_relay_holds_up_no_write(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = desk.ticket(&ada).await;
        desk.settle().await;
        let left = commit_and_die(&desk, &ada, id, 1).await;
        desk.clock.advance(LONG_AGO);
        desk.sink.stick();
        let node = desk.services.clone();
        let announcing = tokio::spawn(async move { relay(&node).await });
        desk.sink.began(id, left[0]).await;
        let written = within(desk.services.tickets.send(&ada.session, id, message("Hello?"))).await;
        assert_eq!(written.unwrap().entry.unwrap().seq, Seq(3));
        desk.sink.mend();
        assert_eq!(within(announcing).await.unwrap(), 1);
        desk.sink.heard(id, Seq(3)).await;
    }

    async fn what_a_broken_sink_did_not_take_is_announced_later(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let (id, fine) = (desk.ticket(&ada).await, desk.ticket(&ada).await);
        desk.settle().await;
        let tickets = &desk.services.tickets;
        desk.sink.break_over(id);
        let written = tickets.send(&ada.session, id, message("Hello?")).await.unwrap();
        let seq = written.entry.unwrap().seq;
        desk.sink.began(id, seq).await;
        desk.say(&ada, fine, "Hello there?").await;

        // Still broken when the relay tries: it goes on with what others left, and keeps this.
        let left = commit_and_die(&desk, &ada, fine, 1).await;
        desk.clock.advance(LONG_AGO);
        assert_eq!(relay(&desk.services).await, 1);
        desk.sink.heard(fine, left[0]).await;
        assert_eq!(desk.outbox().await, [(id, seq)]);

        desk.sink.mend();
        desk.clock.advance(LONG_AGO);
        assert_eq!(relay(&desk.services).await, 1);
        desk.sink.heard(id, seq).await;
        desk.settle().await;
        assert_eq!(desk.sink.all_of(id).len(), 2);
    }

    // As when Redis is away: those who are here know, and the others must be told later.
    async fn what_not_all_could_be_told_is_announced_until_they_could(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = desk.ticket(&ada).await;
        desk.settle().await;
        desk.sink.be_alone();
        let told = 5;
        for n in 2..2 + told {
            desk.say(&ada, id, &format!("Message {n}")).await;
        }
        let left: Vec<_> = (2..2 + told).map(|n| (id, Seq(n))).collect();
        assert_eq!(desk.outbox().await, left);

        // One at a time is tried, once a round has shown that it is in vain.
        desk.clock.advance(LONG_AGO);
        assert_eq!(relay(&desk.services).await, 0);
        desk.clock.advance(LONG_AGO);
        let before = desk.sink.places().len();
        assert_eq!(relay(&desk.services).await, 0);
        assert_eq!(desk.sink.places().len(), before + 1);
        assert_eq!(desk.outbox().await, left);

        desk.sink.mend();
        desk.clock.advance(LONG_AGO);
        assert_eq!(relay(&desk.services).await, 1);
        assert_eq!(relay(&desk.services).await, left.len() - 1);
        desk.settle().await;
    }

    async fn the_relay_outlives_a_broken_sink(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = desk.ticket(&ada).await;
        desk.settle().await;
        let left = commit_and_die(&desk, &ada, id, 1).await;
        desk.clock.advance(LONG_AGO);
        desk.sink.break_over(id);
        let tickets = desk.services.tickets.clone();
        let tending = tokio::spawn(async move { tickets.relay_outbox().await });
        desk.sink.began(id, left[0]).await;
        desk.sink.mend();
        desk.clock.advance(LONG_AGO);
        desk.sink.heard(id, left[0]).await;
        tending.abort();
    }
}
