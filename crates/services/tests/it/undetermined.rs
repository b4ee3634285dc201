//! Commits whose outcome nobody can tell, since the connection broke before their answer: done once all the same.

use std::sync::Arc;
use std::time::Duration;

use domain::{Seq, Status, TicketId};
use services::{Database, Fault, Foundation, Services, TicketError};
use testkit::database::on_mysql;
use testkit::gate::{Gate, Lost};

use crate::desk::{Desk, message, new_ticket, patient, retitled, to_status};
use crate::sink::{Sink, within};

/// The command to the server, which begins with the number of its kind.
const COMMIT: &[u8] = b"\x03COMMIT";
const LOST: [Lost; 2] = [Lost::Answer, Lost::Request];

impl Desk {
    /// A node whose line to the database a test can break.
    async fn behind_a_gate(&self) -> (Services, Sink, Gate) {
        let (before, name) = self.database.url().rsplit_once('/').unwrap();
        let server = before.rsplit(['@', '/']).next().unwrap();
        let gate = Gate::to(server).await.unwrap();
        let begin = before.strip_suffix(server).unwrap();
        // What is encrypted, the gate could not read.
        let url = format!("{begin}{}/{name}?ssl-mode=disabled", gate.address());
        let sink = Sink::new(self.other.clone());
        let foundation = Foundation {
            database: Database::connect(&patient(&url)).await.unwrap(),
            events: Arc::new(sink.clone()),
            ..self.foundation().await
        };
        (Services::new(foundation), sink, gate)
    }

    /// Lets the relay announce what was left to it.
    async fn relayed(&self, services: &Services) {
        self.clock.advance(Duration::from_secs(2));
        let emptied = async {
            while !self.outbox().await.is_empty() {
                services.tickets.relay_once().await.unwrap();
            }
        };
        within(emptied).await;
    }
}

/// The places of one ticket that were heard of.
fn heard(sink: &Sink, id: TicketId) -> Vec<Seq> {
    let places = sink.places().into_iter();
    let mut seqs: Vec<Seq> = places
        .filter(|(ticket, _)| *ticket == id)
        .map(|(_, seq)| seq)
        .collect();
    seqs.sort_unstable();
    seqs
}

#[test]
fn a_write_with_a_client_id_is_done_once_and_answered_as_done() {
    on_mysql(|desk: Desk| async move {
        let ada = desk.customer("Ada").await;
        let (services, sink, gate) = desk.behind_a_gate().await;
        let tickets = &services.tickets;
        for lost in LOST {
            let opening = new_ticket();
            gate.break_at(COMMIT, lost);
            let opened = tickets.open(&ada.session, opening.clone()).await.unwrap();
            let id = opened.ticket.id;
            let (hello, close) = (message("Hello?"), to_status(Status::Closed));
            gate.break_at(COMMIT, lost);
            let said = tickets.send(&ada.session, id, hello.clone()).await.unwrap();
            gate.break_at(COMMIT, lost);
            let closed = tickets.set_status(&ada.session, id, close).await.unwrap();
            assert!(gate.is_done_breaking(), "{lost:?}");

            // What was answered is what is there, and there is nothing else.
            let timeline = desk.timeline(id).await;
            assert_eq!(timeline.len(), 3, "{lost:?}: {timeline:?}");
            assert_eq!(said.entry.unwrap(), timeline[1], "{lost:?}");
            assert_eq!(closed.entry.unwrap(), timeline[2], "{lost:?}");
            assert_eq!(timeline[0].client_id, Some(opening.client_id));
            let again = tickets.open(&ada.session, opening).await.unwrap();
            assert_eq!(again.ticket.id, id, "{lost:?}");
            desk.relayed(&services).await;
            assert_eq!(heard(&sink, id), [Seq(1), Seq(2), Seq(3)], "{lost:?}");
        }
    });
}

#[test]
fn it_is_done_once_however_often_the_connection_breaks() {
    on_mysql(|desk: Desk| async move {
        let ada = desk.customer("Ada").await;
        let id = desk.ticket(&ada).await;
        let (services, _, gate) = desk.behind_a_gate().await;
        for lost in [Lost::Request, Lost::Request, Lost::Answer] {
            gate.break_at(COMMIT, lost);
        }
        let hello = message("Hello?");
        let said = services.tickets.send(&ada.session, id, hello).await;
        assert!(gate.is_done_breaking());
        assert_eq!(said.unwrap().entry.unwrap().seq, Seq(2));
        assert_eq!(desk.timeline(id).await.len(), 2);
    });
}

#[test]
fn a_write_without_a_client_id_is_not_repeated() {
    on_mysql(|desk: Desk| async move {
        let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
        let id = desk.ticket(&ada).await;
        let (services, _, gate) = desk.behind_a_gate().await;
        gate.break_at(COMMIT, Lost::Answer);
        // Not reached: nothing is committed a second time.
        gate.break_at(COMMIT, Lost::Request);
        let edited = services
            .tickets
            .edit(&mira.session, id, retitled("Old printer"));
        let edited = edited.await;
        let is_unavailable = |error: &TicketError| matches!(error, TicketError::Fault(Fault::Unavailable(cause)) if cause.is_unknown_outcome());
        assert!(edited.as_ref().is_err_and(is_unavailable), "{edited:?}");
        assert!(!gate.is_done_breaking());
        assert_eq!(desk.timeline(id).await.len(), 2);
    });
}
