//! What a client that joins or comes back is given.

use domain::{Change, Clock as _, Entry, EntryKind, Seq, Status, TicketId};
use services::{Replay, TicketError};
use testkit::on_every_database;

use crate::desk::{Desk, Member, client_id, message, note, seqs};

async fn open(desk: &Desk, viewer: &Member, id: TicketId, after: Option<i64>) -> Replay {
    let after = after.map(Seq);
    let replay = desk
        .replay
        .open(viewer.session.viewer(), id, after)
        .await
        .unwrap();
    // Whatever it is, it ends at the ticket's head and has no hole.
    let head = replay.ticket.head_seq.0;
    let count = replay.entries.len() as i64;
    assert!(
        seqs(&replay.entries)
            .into_iter()
            .eq(head - count + 1..=head),
        "{:?}",
        seqs(&replay.entries)
    );
    replay
}

/// Fills a ticket with messages, without waiting for their announcement.
async fn fill(desk: &Desk, author: &Member, id: TicketId, texts: impl IntoIterator<Item = String>) {
    for text in texts {
        let tickets = &desk.services.tickets;
        tickets
            .send(&author.session, id, message(&text))
            .await
            .unwrap();
    }
}

on_every_database! {
    async fn what_other_nodes_announced_can_be_found_and_announced_here(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let (id, other) = (desk.ticket(&ada).await, desk.ticket(&ada).await);
        let heads = desk.replay.heads(&[id, other, TicketId(999_999)]).await.unwrap();
        assert_eq!(heads.into_iter().collect::<std::collections::BTreeMap<_, _>>(),
            [(id, Seq(1)), (other, Seq(1))].into());
        desk.settle().await;

        desk.clock.advance(std::time::Duration::from_secs(60));
        let from = desk.clock.now();
        let said = desk.say(&mira, id, "Which printer?").await;
        desk.clock.advance(std::time::Duration::from_secs(1));
        let to = desk.clock.now();
        desk.say(&ada, other, "This one").await;
        assert_eq!(desk.replay.recent(from, to, 10).await.unwrap(), [(id, said.seq)]);
        assert_eq!(desk.replay.recent(from, to.plus(std::time::Duration::from_secs(1)), 10).await.unwrap(),
            [(id, said.seq), (other, Seq(2))]);
        assert_eq!(desk.replay.recent(from, to.plus(std::time::Duration::from_secs(1)), 1).await.unwrap(),
            [(id, said.seq)]);

        let found = desk.replay.event(id, said.seq).await.unwrap();
        let announced = desk.sink.heard(id, said.seq).await;
        assert_eq!((found.ticket, found.entry), (announced.ticket, announced.entry));
        let told = |notices: &[services::Notice]| -> Vec<_> {
            notices.iter().map(|notice| (notice.user_id, notice.notification.clone())).collect()
        };
        assert_eq!(told(&found.notices), told(&announced.notices));
        assert_eq!(found.notices.len(), 1);
        let missing = desk.replay.event(id, Seq(77)).await;
        assert!(matches!(missing, Err(TicketError::NotFound)), "{missing:?}");
    }

    async fn a_replay_is_exactly_what_followed(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        desk.say(&mira, id, "Which printer?").await;
        desk.note(&mira, id, "Old printer").await;
        desk.set_status(&mira, id, Status::Pending).await;
        let timeline = desk.timeline(id).await;
        for after in 0..=4 {
            let replay = open(&desk, &ada, id, Some(after)).await;
            assert!(!replay.snapshot);
            assert_eq!(replay.entries, timeline[after as usize..]);
        }
        let replay = open(&desk, &mira, id, None).await;
        assert!(replay.snapshot);
        assert_eq!(replay.entries, timeline);
        assert_eq!(replay.unread, 1);
        let fresh = desk.services.tickets.read(&mira.session, id).await.unwrap().view;
        assert_eq!((replay.ticket, replay.unread), (fresh.ticket, fresh.unread));
    }

    async fn notes_keep_their_place_for_customers_too(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        desk.note(&mira, id, "Old printer").await;
        desk.say(&mira, id, "Which printer?").await;
        let replay = open(&desk, &ada, id, Some(1)).await;
        let kinds: Vec<_> = replay.entries.iter().map(Entry::kind).collect();
        assert_eq!(kinds, [EntryKind::Note, EntryKind::Message]);
        // It is hidden where entries are rendered; it does not count as something to read.
        assert_eq!(replay.unread, 1);
    }

    async fn three_hundred_missed_entries_are_replayed_and_one_more_is_a_snapshot(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        fill(&desk, &mira, id, (2..=301).map(|n| format!("Message {n}"))).await;
        let replay = open(&desk, &ada, id, Some(1)).await;
        assert!(!replay.snapshot);
        assert_eq!((replay.entries.len(), replay.unread), (300, 300));

        let replay = open(&desk, &ada, id, Some(0)).await;
        assert!(replay.snapshot);
        assert_eq!((replay.entries.len(), replay.unread), (100, 300));
        assert_eq!(replay.entries, desk.timeline(id).await[201..]);
    }

    async fn a_mebibyte_is_replayed_and_more_is_a_snapshot(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        // The longest message there is, in letters of four bytes: 40 kB, of which 26 fit.
        let long = "🖨".repeat(domain::limits::BODY_MAX);
        fill(&desk, &mira, id, std::iter::repeat_n(long.clone(), 26)).await;
        assert!(!open(&desk, &ada, id, Some(0)).await.snapshot);
        fill(&desk, &mira, id, [long]).await;
        let replay = open(&desk, &ada, id, Some(0)).await;
        assert!(replay.snapshot);
        assert_eq!(replay.entries.len(), 28);
        let replay = open(&desk, &ada, id, Some(2)).await;
        assert!(!replay.snapshot);
        assert_eq!(replay.entries.len(), 26);
    }

    // A snapshot would tell them how much staff has noted.
    async fn notes_weigh_nothing_for_those_who_do_not_see_them(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        let long = "🖨".repeat(domain::limits::BODY_MAX);
        for _ in 0..27 {
            desk.services.tickets.send(&mira.session, id, note(&long)).await.unwrap();
        }
        let replay = open(&desk, &ada, id, Some(0)).await;
        assert!(!replay.snapshot);
        assert_eq!(replay.entries.len(), 28);
        assert!(open(&desk, &mira, id, Some(0)).await.snapshot);
    }

    async fn a_position_that_cannot_be_gets_a_snapshot(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let id = desk.ticket(&ada).await;
        desk.say(&ada, id, "Hello?").await;
        for after in [3, 4, 1_000_000, i64::MAX] {
            let replay = open(&desk, &ada, id, Some(after)).await;
            assert!(replay.snapshot, "after {after}");
            assert_eq!(replay.entries.len(), 2);
        }
        let replay = open(&desk, &ada, id, Some(2)).await;
        assert!(!replay.snapshot);
        assert_eq!(replay.entries, []);
    }

    async fn strangers_are_told_what_they_would_be_told_of_a_missing_ticket(desk: Desk) {
        let (ada, eve) = (desk.customer("Ada").await, desk.customer("Eve").await);
        let id = desk.ticket(&ada).await;
        for id in [id, TicketId(999_999)] {
            for after in [None, Some(Seq(0)), Some(Seq(1)), Some(Seq(99))] {
                let outcome = desk.replay.open(eve.session.viewer(), id, after).await;
                assert!(matches!(outcome, Err(TicketError::NotFound)), "{outcome:?}");
            }
        }
    }

    async fn a_gap_is_read_without_its_edges(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        desk.note(&mira, id, "Old printer").await;
        fill(&desk, &ada, id, (3..=6).map(|n| format!("Message {n}"))).await;
        let between = async |after, up_to| {
            seqs(&desk.replay.between(id, Seq(after), Seq(up_to)).await.unwrap())
        };
        assert_eq!(between(1, 4).await, [2, 3, 4]);
        assert_eq!(between(0, 6).await, [1, 2, 3, 4, 5, 6]);
        assert_eq!(between(5, 9).await, [6]);
        assert_eq!(between(4, 4).await, [0; 0]);
        assert_eq!(between(4, 2).await, [0; 0]);
    }

    // Ticket, unread count and entries are of one moment, whatever is written meanwhile.
    async fn a_replay_under_writes_is_of_one_moment(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        let (services, session) = (desk.services.clone(), mira.session.clone());
        let writing = tokio::spawn(async move {
            for n in 0..150 {
                let tickets = &services.tickets;
                if n % 5 == 4 {
                    let status = if n % 2 == 0 { Status::Pending } else { Status::Open };
                    let change = services::StatusChange { client_id: client_id(), status, seen: None };
                    tickets.set_status(&session, id, change).await.unwrap();
                } else {
                    tickets.send(&session, id, message(&format!("Message {n}"))).await.unwrap();
                }
            }
        });
        let (mut known, mut moments) = (Vec::new(), 0);
        while !writing.is_finished() || moments == 0 {
            let after = known.len() as i64;
            let replay = open(&desk, &ada, id, Some(after)).await;
            assert!(!replay.snapshot);
            known.extend(replay.entries);
            check(&replay.ticket, replay.unread, &known, &ada);
            moments += 1;
        }
        writing.await.unwrap();
        let replay = open(&desk, &ada, id, Some(known.len() as i64)).await;
        known.extend(replay.entries);
        assert_eq!(known, desk.timeline(id).await);
        assert!(moments > 5, "{moments}");
    }
}

/// Whether ticket and unread count are those that the whole timeline gives.
fn check(ticket: &domain::Ticket, unread: i64, timeline: &[Entry], viewer: &Member) {
    assert_eq!(ticket.head_seq.0, timeline.len() as i64);
    let of_others = timeline
        .iter()
        .filter(|entry| entry.kind().is_said() && entry.actor.id != viewer.id());
    assert_eq!(unread, of_others.count() as i64);
    let last_said = timeline.iter().rfind(|entry| {
        matches!(
            entry.change,
            Change::Message { .. } | Change::Created { .. }
        )
    });
    assert_eq!(ticket.last_message.seq, last_said.unwrap().seq);
    let moved = timeline.iter().rev().find_map(crate::desk::moved_to);
    assert_eq!(ticket.status, moved.unwrap_or(Status::Open));
}
