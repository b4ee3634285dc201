//! The rules of the queue, one by one.

use std::sync::atomic::AtomicBool;
use std::task::{Wake, Waker};

use proptest::prelude::*;

use super::*;

fn queue(frames: usize, bytes: usize) -> Queue {
    Queue::new(&HubOptions {
        queue_frames: frames,
        queue_bytes: bytes,
        queue_replay_bytes: 100,
        ..HubOptions::default()
    })
}

fn frame(size: usize) -> Bytes {
    vec![b'x'; size].into()
}

fn next(queue: &Queue) -> Poll<Option<Outgoing>> {
    queue.poll_next(&Context::from_waker(Waker::noop()))
}

fn room(ticket_id: i64, number: u32) -> Membership {
    Membership {
        ticket_id: TicketId(ticket_id),
        number,
        joined_at: Seq(1),
        delivered: Arc::default(),
    }
}

fn enter(queue: &Queue, ticket_id: i64, joined: Bytes) -> (u32, Pushed) {
    let number = queue.begin_join().unwrap();
    (number, queue.enter(room(ticket_id, number), joined).0)
}

#[test]
fn one_frame_more_than_allowed_ends_it_at_once() {
    let queue = queue(3, 1000);
    for _ in 0..3 {
        assert_eq!(queue.push(Weight::Vital, &frame(1)), Pushed::Queued);
    }
    assert_eq!(queue.push(Weight::Vital, &frame(1)), Pushed::Overflowed);
    assert_eq!(queue.push(Weight::Vital, &frame(1)), Pushed::Refused);
    assert_eq!(queue.waiting(), (0, 0));
    let close = Outgoing::Close(CloseCode::TooSlow);
    assert_eq!(next(&queue), Poll::Ready(Some(close)));
    assert_eq!(next(&queue), Poll::Ready(None));
}

#[test]
fn a_frame_larger_than_the_queue_passes_alone() {
    let queue = queue(3, 10);
    assert_eq!(queue.push(Weight::Vital, &frame(50)), Pushed::Queued);
    assert_eq!(queue.push(Weight::Vital, &frame(1)), Pushed::Overflowed);
}

#[test]
fn frames_of_the_room_before_are_refused_once_the_next_is_entered() {
    let queue = queue(10, 1000);
    let (first, _) = enter(&queue, 1, frame(1));
    let second = queue.begin_join().unwrap();
    let push = |number| queue.push_in(number, Weight::Vital, &frame(1));
    assert_eq!(
        (push(first), push(second)),
        (Pushed::Queued, Pushed::Refused)
    );
    let (pushed, left) = queue.enter(room(2, second), frame(1));
    assert_eq!(pushed, Pushed::Queued);
    assert_eq!(left.map(|left| left.number), Some(first));
    assert_eq!(
        (push(first), push(second)),
        (Pushed::Refused, Pushed::Queued)
    );
    queue.leave();
    assert_eq!(push(second), Pushed::Refused);
}

#[test]
fn a_join_that_was_given_up_enters_nothing() {
    let queue = queue(10, 1000);
    let number = queue.begin_join().unwrap();
    assert!(queue.is_joining(number));
    assert!(queue.cancel_join(number));
    assert!(!queue.is_joining(number));
    assert_eq!(queue.enter(room(1, number), frame(1)).0, Pushed::Refused);
    assert!(queue.room().is_none());
    assert!(!queue.cancel_join(number));
}

#[test]
fn replays_have_an_allowance_of_their_own() {
    let queue = queue(10, 10);
    assert_eq!(enter(&queue, 1, frame(500)).1, Pushed::Queued, "alone");
    assert_eq!(queue.push(Weight::Vital, &frame(10)), Pushed::Queued);
    assert_eq!(enter(&queue, 2, frame(1)).1, Pushed::Overflowed);
}

#[test]
fn an_end_at_once_overrides_one_after_what_is_queued() {
    let queue = queue(10, 1000);
    queue.push(Weight::Vital, &frame(1));
    queue.close(CloseCode::Draining);
    queue.close(CloseCode::Expired);
    queue.close_now(CloseCode::Revoked);
    let close = Outgoing::Close(CloseCode::Revoked);
    assert_eq!(next(&queue), Poll::Ready(Some(close)));
    assert_eq!(next(&queue), Poll::Ready(None));
}

#[test]
fn the_reader_learns_of_the_end_although_the_writer_asks_for_nothing() {
    struct Flag(AtomicBool);
    impl Wake for Flag {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let ends: [fn(&Queue); 4] = [
        |queue| queue.close(CloseCode::Draining),
        |queue| queue.close_now(CloseCode::Revoked),
        |queue| queue.abandon(),
        |queue| {
            while queue.push(Weight::Vital, &frame(1)) == Pushed::Queued {}
        },
    ];
    for end in ends {
        let queue = queue(3, 1000);
        let flag = Arc::new(Flag(AtomicBool::new(false)));
        let waker = Waker::from(Arc::clone(&flag));
        queue.push(Weight::Vital, &frame(1));
        assert!(queue.poll_ended(&Context::from_waker(&waker)).is_pending());
        queue.push(Weight::Vital, &frame(1));
        assert!(!flag.0.load(Ordering::Relaxed));
        end(&queue);
        assert!(flag.0.load(Ordering::Relaxed));
        assert!(queue.poll_ended(&Context::from_waker(&waker)).is_ready());
    }
}

#[test]
fn a_queue_that_was_long_gives_its_memory_back() {
    let queue = queue(1000, 1_000_000);
    for _ in 0..1000 {
        queue.push(Weight::Vital, &frame(1));
    }
    while next(&queue).is_ready() {}
    assert!(queue.lock().frames.capacity() <= KEEP_SLOTS);
}

proptest! {
    #[test]
    fn it_never_holds_more_than_its_bounds(
        pushes in prop::collection::vec((1_usize..40, any::<bool>(), 0_u8..3), 0..200),
    ) {
        let queue = queue(8, 100);
        for (size, droppable, reads) in pushes {
            let weight = if droppable { Weight::Droppable } else { Weight::Vital };
            let before = queue.waiting();
            let pushed = queue.push(weight, &frame(size));
            let after = queue.waiting();
            prop_assert!(after.0 <= 8 && after.1 <= 100);
            if droppable {
                prop_assert!(pushed != Pushed::Overflowed);
                prop_assert!(pushed != Pushed::Queued || (after.0 <= 4 && after.1 <= 50));
            }
            match pushed {
                Pushed::Queued => prop_assert_eq!(after, (before.0 + 1, before.1 + size)),
                Pushed::Dropped => prop_assert_eq!(after, before),
                Pushed::Refused | Pushed::Overflowed => prop_assert_eq!(after, (0, 0)),
            }
            for _ in 0..reads {
                let _ = next(&queue);
            }
        }
    }
}
