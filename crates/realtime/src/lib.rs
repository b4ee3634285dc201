//! The hub of one node: connections, rooms, ordering, replay and fan-out.
//!
//! Each shard is a task that owns the rooms of its tickets and reads a bounded mailbox. A connection is a
//! bounded queue of frames with a reader's handle, [`Connection`], and a writer's, [`Outbound`]. Short locks
//! guard the queues and the directory of users; none is ever held over an await.
//!
//! What holds:
//! - Entries of a ticket reach each member of its room in the order of their seq, each once.
//! - No shard ever waits for a database or for a connection.
//! - A queue that is full ends its connection; replay on the next join makes that lossless.
//! - Frames of a room pass a queue only while it is the room that the connection is in, so that nothing of a
//!   ticket follows the `joined` of the next.

mod announcement;
mod backlog;
mod connection;
mod counters;
mod departures;
mod directory;
mod event;
mod fanout;
mod feed;
mod frame;
mod head_check;
mod hub;
mod link;
mod mailbox;
mod options;
mod presence;
mod queue;
mod recent;
mod room;
mod shard;
mod stream;
mod timers;

pub use backlog::{Backlog, HEADS_MAX, OpenError, Opened, RECENT_MAX};
pub use connection::{Connection, Outbound};
pub use counters::{Counts, DELIVERY_BOUNDS, DeliveryTimes};
pub use event::{Event, Notice, Peer};
pub use fanout::{Bus, Heard, RedisBus, RedisBusError, RedisBusOptions};
pub use hub::{ConnectError, Hub, HubParts};
pub use options::HubOptions;
pub use queue::Outgoing;
