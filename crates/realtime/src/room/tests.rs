//! What a room keeps for those on their way in.

use domain::{Person, Role, SessionId};

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

fn frames() -> EntryFrames {
    let frame = Bytes::from_static(b"{}");
    EntryFrames::from_parts(frame.clone(), frame, Timestamp(0))
}

#[test]
fn entries_are_kept_only_while_somebody_is_on_their_way_in() {
    let mut room = Room::new(1, TicketId(1), Duration::ZERO);
    let (first, second) = (link(1), link(2));
    for (link, head) in [(&first, 1), (&second, 2)] {
        let number = link.queue.begin_join().unwrap();
        room.register(Arc::clone(link), number);
        if head == 2 {
            for seq in [2, 3] {
                room.stream.offer(Seq(seq), frames());
            }
            room.deliver(&Counters::default(), Timestamp(0));
            assert!(room.recent.covers(Seq(1)));
        }
        let entered = room.enter(link, number, Seq(head), Bytes::from_static(b"{}"));
        assert!(matches!(entered, Entered::Live(None)));
        assert!(!room.recent.covers(Seq(i64::MAX)), "nothing is kept");
    }
    assert_eq!(second.queue.waiting().0, 2, "joined and entry 3");
}
