//! The client's rule, and what breaks it.

use serde_json::json;

use super::*;

fn message(seq: i64) -> Value {
    json!({"seq": seq, "kind": "message", "body": format!("No. {seq}"), "client_id": Uuid::new_v4()})
}

fn entry(entry: &Value) -> Value {
    json!({"type": "entry", "ticket_id": 7, "seq": entry["seq"], "entry": entry})
}

fn joined(snapshot: bool, head: i64, entries: &[Value]) -> Value {
    let ticket = json!({"id": 7, "head_seq": head});
    json!({"type": "joined", "ticket": ticket, "head": head, "snapshot": snapshot, "entries": entries})
}

fn customer() -> (View, Violations) {
    let violations = Violations::default();
    (View::new(7, false, violations.clone()), violations)
}

fn show(view: &mut View, frame: &Value) -> Next {
    view.take(&frame.to_string(), frame)
}

#[test]
fn a_replay_and_what_follows_it_are_the_whole_timeline() {
    let (mut view, violations) = customer();
    let timeline: BTreeMap<i64, Value> = (1..=4).map(|seq| (seq, message(seq))).collect();
    view.connect();
    show(
        &mut view,
        &joined(false, 2, &[timeline[&1].clone(), timeline[&2].clone()]),
    );
    show(&mut view, &entry(&timeline[&3]));
    view.connect();
    show(&mut view, &joined(false, 3, &[]));
    show(&mut view, &entry(&timeline[&4]));
    view.compare(&timeline);
    assert_eq!((view.last, violations.list()), (4, Vec::new()));
}

#[test]
fn what_comes_twice_on_one_connection_is_noticed() {
    let (mut view, violations) = customer();
    view.connect();
    show(&mut view, &joined(false, 1, &[message(1)]));
    let second = entry(&message(2));
    show(&mut view, &second);
    assert!(violations.list().is_empty());
    show(&mut view, &second);
    assert!(violations.list()[0].contains("twice"));
}

#[test]
fn a_hole_is_noticed_and_asks_for_a_join() {
    let (mut view, violations) = customer();
    view.connect();
    show(&mut view, &joined(false, 1, &[message(1)]));
    assert_eq!(show(&mut view, &entry(&message(3))), Next::Rejoin);
    assert!(violations.list()[0].contains("hole"));
    assert_eq!(view.last, 1);
}

#[test]
fn a_replay_with_holes_and_a_head_that_goes_back_are_noticed() {
    for frame in [
        joined(false, 3, &[message(1), message(3)]),
        joined(true, 200, &[message(200)]),
        joined(false, -1, &[]),
    ] {
        let (mut view, violations) = customer();
        view.connect();
        show(&mut view, &frame);
        assert_eq!(violations.list().len(), 1, "{frame}");
    }
}

#[test]
fn a_ping_that_is_ahead_asks_for_a_join() {
    let (mut view, _) = customer();
    view.connect();
    show(&mut view, &joined(false, 1, &[message(1)]));
    let ping = |head: i64| json!({"type": "ping", "ticket_id": 7, "head": head});
    assert_eq!(show(&mut view, &ping(1)), Next::Wait);
    assert_eq!(show(&mut view, &ping(2)), Next::Rejoin);
    view.join();
    assert_eq!(show(&mut view, &ping(2)), Next::Wait);
}

#[test]
fn what_a_note_says_is_noticed_at_a_customer() {
    let (mut view, violations) = customer();
    view.connect();
    let frame = json!({"type": "ticket", "preview": format!("{NOTE_MARK} x")});
    show(&mut view, &frame);
    assert!(violations.list()[0].contains("internal note"));
}

#[test]
fn what_was_never_seen_or_seen_otherwise_is_noticed() {
    let (mut view, violations) = customer();
    view.connect();
    show(&mut view, &joined(false, 1, &[message(1)]));
    let fresh = (1..=2).map(|seq| (seq, message(seq))).collect();
    view.compare(&fresh);
    assert_eq!(violations.list().len(), 3, "{:?}", violations.list());
}
