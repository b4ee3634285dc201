//! A refused write leaves nothing and announces nothing, whatever the reason.

use domain::{CategoryId, Seq, Status, TicketId, UserId};
use services::{
    NewMessage, OpenTicket, StatusChange, TicketEdit, TicketError, TicketFilter, TicketSort,
};
use testkit::on_every_database;

use crate::desk::{
    Desk, Member, assigned_to, client_id, message, new_ticket, no_edit, note, retitled, to_status,
};

/// Every ticket that the viewer may see.
pub(crate) fn everything() -> TicketFilter {
    TicketFilter {
        statuses: Vec::new(),
        priority: None,
        category: None,
        assignee: None,
        requester: None,
        waiting_on: None,
        text: None,
        sort: TicketSort::Created,
        after: None,
        limit: 100,
    }
}

/// A short name of what a write met.
fn reason<T>(outcome: Result<T, TicketError>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(TicketError::NotFound) => "not found",
        Err(TicketError::Forbidden) => "forbidden",
        Err(TicketError::Closed) => "closed",
        Err(TicketError::Stale { .. }) => "stale",
        Err(TicketError::ClientIdReused) => "client id reused",
        Err(TicketError::Invalid { field, .. }) => field,
        Err(TicketError::Fault(fault)) => panic!("{fault:?}"),
    }
}

/// The tickets of a desk where everything can go wrong.
struct Scene {
    ada: Member,
    mira: Member,
    open: TicketId,
    closed: TicketId,
    of_eve: TicketId,
    people: [Member; 2],
}

const MISSING: TicketId = TicketId(999_999);

async fn scene(desk: &Desk) -> Scene {
    let (ada, mira) = (desk.customer("Ada").await, desk.admin("Mira").await);
    let (eve, noor) = (desk.customer("Eve").await, desk.admin("Noor").await);
    let (open, closed) = (desk.ticket(&ada).await, desk.ticket(&ada).await);
    let of_eve = desk.ticket(&eve).await;
    desk.say(&mira, open, "Which printer?").await;
    desk.edit(&noor, open, retitled("Old printer")).await;
    desk.set_status(&mira, closed, Status::Closed).await;
    desk.settle().await;
    Scene {
        ada,
        mira,
        open,
        closed,
        of_eve,
        people: [eve, noor],
    }
}

on_every_database! {
    async fn refused_messages_leave_nothing(desk: Desk) {
        let scene = scene(&desk).await;
        let Scene { ada, mira, open, closed, of_eve, .. } = &scene;
        let tickets = &desk.services.tickets;
        let used = message("Hello?");
        tickets.send(&ada.session, *open, used.clone()).await.unwrap();
        desk.sink.heard(*open, Seq(4)).await;
        let seen = |seq| NewMessage { seen: Some(Seq(seq)), ..message("Hello?") };
        let other_words = NewMessage { body: crate::desk::body("Goodbye"), ..used.clone() };
        let as_note = NewMessage { internal: true, ..used.clone() };
        refused(&desk, &scene, async || vec![
            ("not found", reason(tickets.send(&ada.session, MISSING, message("a")).await)),
            ("not found", reason(tickets.send(&mira.session, MISSING, note("a")).await)),
            ("not found", reason(tickets.send(&ada.session, *of_eve, message("a")).await)),
            ("not found", reason(tickets.send(&ada.session, *of_eve, note("a")).await)),
            ("forbidden", reason(tickets.send(&ada.session, *open, note("a")).await)),
            ("closed", reason(tickets.send(&ada.session, *closed, message("a")).await)),
            ("closed", reason(tickets.send(&mira.session, *closed, message("a")).await)),
            ("stale", reason(tickets.send(&ada.session, *open, seen(2)).await)),
            ("stale", reason(tickets.send(&mira.session, *open, seen(3)).await)),
            ("seen_seq", reason(tickets.send(&ada.session, *open, seen(5)).await)),
            ("client id reused", reason(tickets.send(&ada.session, *open, other_words.clone()).await)),
            ("client id reused", reason(tickets.send(&ada.session, *open, as_note.clone()).await)),
            ("client id reused", reason(tickets.send(&ada.session, *closed, used.clone()).await)),
        ]).await;
    }

    async fn refused_changes_of_status_leave_nothing(desk: Desk) {
        let scene = scene(&desk).await;
        let Scene { ada, mira, open, of_eve, .. } = &scene;
        let tickets = &desk.services.tickets;
        let seen = |seq| StatusChange { seen: Some(Seq(seq)), ..to_status(Status::Closed) };
        refused(&desk, &scene, async || vec![
            ("not found", reason(tickets.set_status(&mira.session, MISSING, to_status(Status::Open)).await)),
            ("not found", reason(tickets.close(&ada.session, *of_eve, client_id(), None).await)),
            ("not found", reason(tickets.set_status(&ada.session, *of_eve, to_status(Status::Open)).await)),
            ("forbidden", reason(tickets.set_status(&ada.session, *open, to_status(Status::Open)).await)),
            ("forbidden", reason(tickets.set_status(&ada.session, *open, to_status(Status::Resolved)).await)),
            ("stale", reason(tickets.set_status(&ada.session, *open, seen(2)).await)),
            ("seen_seq", reason(tickets.set_status(&ada.session, *open, seen(4)).await)),
            // There already: no refusal, and nothing either.
            ("done", reason(tickets.set_status(&mira.session, *open, to_status(Status::Open)).await)),
        ]).await;
    }

    async fn refused_edits_leave_nothing(desk: Desk) {
        let scene = scene(&desk).await;
        let Scene { ada, mira, open, of_eve, people, .. } = &scene;
        let tickets = &desk.services.tickets;
        let edit = |edit: TicketEdit| tickets.edit(&mira.session, *open, TicketEdit { seen: Seq(3), ..edit });
        let somewhere = |id| TicketEdit { category_id: Some(Some(CategoryId(id))), ..no_edit() };
        let someone = |id| TicketEdit { assignee_id: Some(Some(id)), ..no_edit() };
        // The first field can be changed, the second cannot: none is.
        let half = TicketEdit { title: retitled("Half").title, ..assigned_to(Some(&people[0])) };
        refused(&desk, &scene, async || vec![
            ("not found", reason(tickets.edit(&mira.session, MISSING, no_edit()).await)),
            ("not found", reason(tickets.edit(&ada.session, *of_eve, retitled("Mine")).await)),
            ("forbidden", reason(tickets.edit(&ada.session, *open, retitled("Mine")).await)),
            ("stale", reason(tickets.edit(&mira.session, *open, retitled("New printer")).await)),
            ("category_id", reason(edit(somewhere(999_999)).await)),
            ("assignee_id", reason(edit(someone(UserId(999_999))).await)),
            ("assignee_id", reason(edit(someone(ada.id())).await)),
            ("assignee_id", reason(edit(half.clone()).await)),
            ("seen_seq", reason(tickets.edit(&mira.session, *open, TicketEdit { seen: Seq(4), ..no_edit() }).await)),
            ("done", reason(edit(retitled("Old printer")).await)),
            ("done", reason(edit(no_edit()).await)),
        ]).await;
    }

    async fn refused_openings_leave_nothing(desk: Desk) {
        let scene = scene(&desk).await;
        let Scene { ada, mira, open, closed, of_eve, people: [eve, _], .. } = &scene;
        let tickets = &desk.services.tickets;
        desk.set_status(mira, *of_eve, Status::Closed).await;
        desk.disable(eve).await;
        let used = message("Hello?");
        tickets.send(&ada.session, *open, used.clone()).await.unwrap();
        desk.sink.heard(*open, Seq(4)).await;
        let of = |id| OpenTicket { requester_id: Some(id), ..new_ticket() };
        let following = |id| OpenTicket { follows_id: Some(id), ..new_ticket() };
        let under = |id| OpenTicket { category_id: Some(CategoryId(id)), ..new_ticket() };
        let known = || OpenTicket { client_id: used.client_id, ..new_ticket() };
        refused(&desk, &scene, async || vec![
            ("forbidden", reason(tickets.open(&ada.session, of(eve.id())).await)),
            ("forbidden", reason(tickets.open(&ada.session, of(UserId(999_999))).await)),
            ("requester_id", reason(tickets.open(&mira.session, of(UserId(999_999))).await)),
            ("requester_id", reason(tickets.open(&mira.session, of(eve.id())).await)),
            ("category_id", reason(tickets.open(&ada.session, under(999_999)).await)),
            ("follows_id", reason(tickets.open(&ada.session, following(MISSING)).await)),
            ("follows_id", reason(tickets.open(&ada.session, following(*open)).await)),
            ("follows_id", reason(tickets.open(&ada.session, following(*of_eve)).await)),
            ("follows_id", reason(tickets.open(&mira.session, following(*closed)).await)),
            ("client id reused", reason(tickets.open(&ada.session, known()).await)),
        ]).await;
    }

    async fn refused_reading_moves_no_cursor(desk: Desk) {
        let scene = scene(&desk).await;
        let Scene { ada, open, of_eve, .. } = &scene;
        let tickets = &desk.services.tickets;
        refused(&desk, &scene, async || vec![
            ("not found", reason(tickets.mark_read(&ada.session, MISSING, Seq(1)).await)),
            ("not found", reason(tickets.mark_read(&ada.session, *of_eve, Seq(1)).await)),
            ("seq", reason(tickets.mark_read(&ada.session, *open, Seq(4)).await)),
        ]).await;
        let detail = tickets.read(&ada.session, *open).await.unwrap();
        assert_eq!(detail.read_seq, Seq::ZERO);
        tickets.mark_read(&ada.session, *open, Seq(3)).await.unwrap();
        let moved = desk.sink.cursors_moved(1).await;
        assert_eq!((moved[0].ticket_id, moved[0].seq), (*open, Seq(3)));
    }
}

/// Runs writes, each with the reason that it must meet; the desk stays as it was, and silent.
async fn refused(
    desk: &Desk,
    scene: &Scene,
    writes: impl AsyncFnOnce() -> Vec<(&'static str, &'static str)>,
) {
    desk.settle().await;
    let Scene {
        ada, mira, people, ..
    } = scene;
    let everybody = [ada, mira, &people[0], &people[1]];
    let before = desk.contents(&everybody).await;
    let heard = desk.sink.places();
    for (n, (expected, met)) in writes().await.into_iter().enumerate() {
        assert_eq!(met, expected, "write {n}");
    }
    assert_eq!(desk.contents(&everybody).await, before);

    // Whatever would have been announced is announced before this.
    let last = desk.note(mira, scene.open, "The end").await;
    let mut expected = heard;
    expected.push((scene.open, last.seq));
    expected.sort_unstable();
    assert_eq!(desk.sink.places(), expected);
}
