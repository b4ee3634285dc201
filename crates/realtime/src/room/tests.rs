//! What a room keeps for those on their way in.

use domain::{Body, Change, Person, Role, SessionId, Timestamp};

use super::*;
use crate::event::Peer;
use crate::options::HubOptions;

fn link(id: i64) -> Arc<Link> {
    let peer = Peer {
        person: person(id),
        session_id: SessionId::new("session".to_owned()),
    };
    Arc::new(Link::new(peer, &HubOptions::default(), Arc::default()))
}

fn person(id: i64) -> Person {
    Person {
        id: UserId(id),
        name: "Somebody".to_owned(),
        role: Role::Admin,
    }
}

fn entry(seq: i64) -> Entry {
    Entry {
        ticket_id: TicketId(1),
        seq: Seq(seq),
        actor: person(1),
        created_at: Timestamp(seq),
        client_id: None,
        change: Change::Message {
            body: Body::parse("Hello").unwrap(),
        },
    }
}

#[test]
fn entries_are_kept_only_while_somebody_is_on_their_way_in() {
    let mut room = Room::new(1, TicketId(1), Duration::ZERO);
    let (first, second) = (link(1), link(2));
    for (link, head) in [(&first, 1), (&second, 2)] {
        let number = link.queue.begin_join().unwrap();
        room.register(Arc::clone(link), number);
        if head == 2 {
            assert!(room.accept([entry(2), entry(3)]));
            assert!(room.recent.covers(Seq(1)));
        }
        let entered = room.enter(link, number, Seq(head), Bytes::from_static(b"{}"));
        assert!(matches!(entered, Entered::Live(None)));
        assert!(!room.recent.covers(Seq(i64::MAX)), "nothing is kept");
    }
    assert_eq!(second.queue.waiting().0, 2, "joined and entry 3");
}
