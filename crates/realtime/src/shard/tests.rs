//! A shard that fails in the middle of a message.

use async_trait::async_trait;
use domain::{Person, Role, Seq, SessionId, Timestamp, UserId, Viewer};
use tokio::sync::oneshot;

use super::*;
use crate::backlog::{OpenError, Opened};
use crate::event::{Event, Peer};
use crate::queue::Outgoing;

struct NoBacklog;

#[async_trait]
impl Backlog for NoBacklog {
    async fn open(&self, _: Viewer, _: TicketId, _: Option<Seq>) -> Result<Opened, OpenError> {
        Err(OpenError::Unavailable)
    }

    async fn between(&self, _: TicketId, _: Seq, _: Seq) -> Result<Vec<domain::Entry>, OpenError> {
        Err(OpenError::Unavailable)
    }

    async fn heads(&self, _: &[TicketId]) -> Result<Vec<(TicketId, Seq)>, OpenError> {
        Err(OpenError::Unavailable)
    }

    async fn recent(&self, _: Timestamp, _: Timestamp) -> Result<Vec<(TicketId, Seq)>, OpenError> {
        Err(OpenError::Unavailable)
    }

    async fn event(&self, _: TicketId, _: Seq) -> Result<Event, OpenError> {
        Err(OpenError::Unavailable)
    }
}

struct Epoch;

impl Clock for Epoch {
    fn now(&self) -> Timestamp {
        Timestamp(0)
    }
}

#[tokio::test]
async fn a_fault_closes_the_members_and_the_shard_works_on() {
    let options = Arc::new(HubOptions::default());
    let counters = Arc::new(Counters::default());
    let common = Common {
        backlog: Arc::new(NoBacklog),
        departures: Arc::new(Departures::new(1)),
        counters: Arc::clone(&counters),
        options: Arc::clone(&options),
        gap_readers: Arc::new(Semaphore::new(1)),
        clock: Arc::new(Epoch),
        fanout: None,
    };
    let (sender, mailbox) = mpsc::channel(1);
    let feed = Feed::new(Arc::default());
    let mut shard = Shard::new(0, common, mailbox, sender.downgrade(), feed);
    let enter = |shard: &mut Shard| {
        let peer = Peer {
            person: Person {
                id: UserId(1),
                name: "Somebody".to_owned(),
                role: Role::Admin,
            },
            session_id: SessionId::new("session".to_owned()),
        };
        let link = Arc::new(Link::new(peer, &options, Arc::clone(&counters)));
        let number = link.queue.begin_join().unwrap();
        shard.handle(Message::Register(TicketId(1), Arc::clone(&link), number));
        shard.handle(Message::Enter(Box::new(Entering {
            ticket_id: TicketId(1),
            link: Arc::clone(&link),
            number,
            head: Seq(1),
            joined: "{}".into(),
            reply: oneshot::channel().0,
        })));
        link
    };
    let link = enter(&mut shard);
    shard.guarded(|_| panic!("a fault"));
    assert!(link.queue.is_closed());
    let mut last = None;
    while let Some(outgoing) = std::future::poll_fn(|cx| link.queue.poll_next(cx)).await {
        last = Some(outgoing);
    }
    assert_eq!(last, Some(Outgoing::Close(CloseCode::Internal)));
    assert_eq!(counters.snapshot(), crate::Counts::default());

    assert!(!enter(&mut shard).queue.is_closed());
    assert_eq!(counters.snapshot().members, 1);
}
