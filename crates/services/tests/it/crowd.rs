//! Many people write in one ticket at once.

use std::collections::HashMap;
use std::sync::Arc;

use auth::VerifiedSession;
use domain::{ClientId, Priority, Seq, Status, TicketId, UserId};
use services::{Services, TicketEdit, TicketError};
use testkit::on_every_database;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::desk::{Desk, message, note, seqs, to_status, with_priority};
use crate::sink::within;

const WRITERS: usize = 20;
const ROUNDS: usize = 4;

/// Writes something of each kind, and gives the places and client ids of what was acknowledged.
async fn write(
    services: Services,
    session: VerifiedSession,
    id: TicketId,
    n: usize,
) -> Vec<(Seq, ClientId)> {
    let tickets = &services.tickets;
    let mut made = Vec::new();
    for round in 0..ROUNDS {
        let text = format!("Message {round} of {n}");
        let written = match (n + round) % 4 {
            // The customer is the first of the writers, and may do less.
            _ if n == 0 => tickets.send(&session, id, message(&text)).await,
            0 => tickets.send(&session, id, message(&text)).await,
            1 => tickets.send(&session, id, note(&text)).await,
            2 => {
                let status = [Status::Open, Status::InProgress, Status::Pending][n % 3];
                tickets.set_status(&session, id, to_status(status)).await
            }
            _ => {
                edit(&services, &session, id, n).await;
                continue;
            }
        };
        if let Some(entry) = written.unwrap().entry {
            made.push((entry.seq, entry.client_id.unwrap()));
        }
    }
    made
}

/// An edit, unless somebody else was faster.
async fn edit(services: &Services, session: &VerifiedSession, id: TicketId, n: usize) {
    let seen = services.tickets.read(session, id).await.unwrap();
    let edit = TicketEdit {
        seen: seen.view.ticket.head_seq,
        ..with_priority(Priority::ALL[n % Priority::ALL.len()])
    };
    match services.tickets.edit(session, id, edit).await {
        Ok(_) | Err(TicketError::Stale { .. }) => {}
        Err(error) => panic!("{error:?}"),
    }
}

on_every_database! {
    async fn a_crowd_in_one_ticket_leaves_no_gap_and_is_announced_once(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let mut people = vec![ada];
        for n in 1..WRITERS {
            people.push(desk.admin(&format!("Admin {n}")).await);
        }
        let mut admins: Vec<UserId> = people[1..].iter().map(|admin| admin.id()).collect();
        admins.sort_unstable();
        let id = desk.ticket(&people[0]).await;

        let together = Arc::new(Barrier::new(WRITERS));
        let mut writing = JoinSet::new();
        for (n, person) in people.iter().enumerate() {
            let (services, session) = (desk.services.clone(), person.session.clone());
            let together = Arc::clone(&together);
            writing.spawn(async move {
                together.wait().await;
                write(services, session, id, n).await
            });
        }
        let made = within(writing.join_all()).await.concat();
        desk.settle().await;

        // What was acknowledged is there, where it was said to be.
        let timeline = desk.timeline(id).await;
        assert!(seqs(&timeline).into_iter().eq(1..=timeline.len() as i64), "{:?}", seqs(&timeline));
        assert!(made.len() >= WRITERS * 2);
        for (seq, client_id) in made {
            assert_eq!(timeline[seq.0 as usize - 1].client_id, Some(client_id));
        }

        // Announced once each, with the ticket as it was right after.
        let events = desk.sink.all_of(id);
        assert!(events.iter().map(|event| &event.entry).eq(&timeline));
        assert!(events.iter().all(|event| event.ticket.head_seq == event.entry.seq));
        let fresh = desk.services.tickets.read(&people[1].session, id).await.unwrap();
        assert_eq!(events.last().unwrap().ticket, fresh.view.ticket);
        let times: Vec<_> = timeline.iter().map(|entry| entry.created_at).collect();
        assert!(times.is_sorted());

        // One notification for each person and entry, for those who are to be told and for nobody else.
        let mut rows: HashMap<UserId, i64> = HashMap::new();
        for event in &events {
            let told = event.ticket.told_of(&event.entry, &admins);
            let notices: Vec<_> = event.notices.iter().map(|notice| notice.user_id).collect();
            assert_eq!(notices, told);
            assert_eq!(desk.told_of(id, event.entry.seq).await, told);
            for user in told {
                *rows.entry(user).or_default() += 1;
            }
        }
        for person in &people {
            let list = desk.services.notifications.list(&person.session, None, 100).await.unwrap();
            let expected = rows.get(&person.id()).copied().unwrap_or(0);
            assert_eq!(list.unread, expected);
            assert_eq!(list.items.iter().map(|group| group.count).sum::<i64>(), expected);
        }
    }

    async fn two_nodes_number_one_ticket_together(desk: Desk) {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        let (other, heard_there) = desk.another_node().await;
        let mut writing = JoinSet::new();
        for n in 0..40 {
            let node = if n % 2 == 0 { &desk.services } else { &other };
            let author = if n % 4 < 2 { &ada } else { &mira };
            let (node, session) = (node.clone(), author.session.clone());
            writing.spawn(async move {
                let new = services::NewMessage {
                    client_id: ClientId(Uuid::new_v4()),
                    ..message(&format!("Message {n}"))
                };
                node.tickets.send(&session, id, new).await.unwrap().entry.unwrap().seq.0
            });
        }
        let mut acknowledged = within(writing.join_all()).await;
        acknowledged.sort_unstable();
        assert!(acknowledged.into_iter().eq(2..=41));
        let timeline = desk.timeline(id).await;
        assert!(seqs(&timeline).into_iter().eq(1..=41));
        for seq in 2..=41 {
            let here = desk.sink.heard(id, Seq(seq));
            let there = heard_there.heard(id, Seq(seq));
            let event = tokio::select! { event = here => event, event = there => event };
            assert_eq!(event.ticket.head_seq, Seq(seq));
        }
        assert_eq!(desk.sink.places().len() + heard_there.places().len(), 41);
    }
}
