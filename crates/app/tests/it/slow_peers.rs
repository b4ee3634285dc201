//! Peers that stop reading: cut off in bounded time down to the kernel, at nobody else's cost.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::clock::SystemClock;
use app::wire::CLOSE_WITHIN;
use app::wire::line::STALLED_AFTER;
use serde_json::{Value, json};
use testkit::database::{Fixture as _, ThrowawayDatabase};
use testkit::http::Caller;
use testkit::raw_socket::{FINAL, RawSocket, TEXT};
use testkit::socket::SocketClient;
use tokio::time::{Instant, interval, timeout};

use crate::desk::Desk;

/// A machine that is busy with other tests may take so much longer.
const SLACK: Duration = Duration::from_secs(20);
/// Of the hub's queue. What is missed together with what the kernel holds is still replayed as a whole.
const QUEUE_BYTES: usize = 96 * 1024;
/// More than the kernel holds for one connection with the send buffer that we ask for.
const KERNEL_BYTES: u64 = 512 * 1024;
/// As small as the kernel makes it.
const SMALL: u32 = 2048;

/// The server's end of a connection, as the kernel lists it, with the bytes that wait to be sent.
fn in_kernel(server: SocketAddr, peer: SocketAddr) -> Option<u64> {
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let is = |field: &str, address: SocketAddr| {
        let port = field.split(':').nth(1);
        port.and_then(|port| u16::from_str_radix(port, 16).ok()) == Some(address.port())
    };
    table.lines().skip(1).find_map(|line| {
        let fields: Vec<_> = line.split_whitespace().collect();
        let ours = is(fields[1], server) && is(fields[2], peer);
        let sending = fields[4].split(':').next().unwrap();
        ours.then(|| u64::from_str_radix(sending, 16).unwrap())
    })
}

/// How long it takes until the kernel knows nothing of the connection any more.
async fn until_gone(server: SocketAddr, peer: SocketAddr, within: Duration) -> Duration {
    let begun = Instant::now();
    // Nobody tells when a table of the kernel changes, so it is read again and again.
    let mut looks = interval(Duration::from_millis(50));
    let gone = async {
        while in_kernel(server, peer).is_some() {
            looks.tick().await;
        }
    };
    timeout(within, gone).await.unwrap();
    begun.elapsed()
}

fn address(desk: &Desk) -> SocketAddr {
    desk.base.trim_start_matches("http://").parse().unwrap()
}

async fn desk() -> Desk {
    let database = ThrowawayDatabase::start(ThrowawayDatabase::sqlite()).await;
    Desk::configured(database, Arc::new(SystemClock), |config| {
        config.hub.queue_bytes = QUEUE_BYTES;
        config.limits.commands_per_minute = 10_000;
    })
    .await
}

/// A peer that says hello, joins, and reads nothing from then on.
async fn deaf(desk: &Desk, caller: &Caller, ticket: i64) -> RawSocket {
    let mut socket = RawSocket::connect(&desk.base, caller, Some(SMALL)).await;
    let token = caller.access_token.clone().unwrap();
    let hello = json!({"id": 1, "type": "hello", "token": token, "ticket_id": ticket, "after": 1});
    socket
        .frame(FINAL | TEXT, hello.to_string().as_bytes())
        .await;
    loop {
        let (_, frame) = socket.next().await.unwrap();
        let frame: Value = serde_json::from_slice(&frame).unwrap();
        if frame["type"] == "joined" {
            return socket;
        }
    }
}

async fn entry(socket: &mut SocketClient) -> (i64, usize) {
    let frame = socket.expect("entry").await;
    let body = frame["entry"]["body"].as_str().unwrap();
    (frame["seq"].as_i64().unwrap(), body.len())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_peer_that_reads_nothing_is_cut_off_and_misses_nothing() {
    let desk = desk().await;
    let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
    let id = ada.open_ticket("Printer").await;
    let mut room = Vec::new();
    for caller in [&mira, &ada, &mira] {
        let mut socket = desk.socket(caller).await;
        socket.join(id, None).await;
        room.push(socket);
    }
    let slow = deaf(&desk, &ada, id).await;
    assert_eq!(desk.state.hub.counts().members, 4);

    let large = "😀".repeat(10_000);
    let mut head = 1;
    while desk.state.hub.counts().slow_closed == 0 {
        head += 1;
        assert!(head < 100, "nothing holds so much");
        mira.say(id, &large).await;
        for socket in &mut room {
            assert_eq!(entry(socket).await, (head, large.len()));
        }
        // One frame beyond the bound is taken when it is alone.
        assert!(desk.state.hub.counts().queued_bytes <= QUEUE_BYTES + large.len() * 2);
        let sending = in_kernel(address(&desk), slow.local_address()).unwrap();
        assert!(sending < KERNEL_BYTES, "{sending}");
    }
    let peer = slow.local_address();
    let took = until_gone(address(&desk), peer, CLOSE_WITHIN + SLACK).await;
    assert!(took < CLOSE_WITHIN + SLACK, "{took:?}");

    // The others go on as if nothing had been.
    for _ in 0..3 {
        head += 1;
        ada.say(id, "Still here").await;
        for socket in &mut room {
            assert_eq!(entry(socket).await, (head, "Still here".len()));
        }
    }
    assert_eq!(desk.state.hub.counts().connections, room.len());

    let mut again = desk.socket(&ada).await;
    let joined = again.join(id, Some(1)).await;
    assert_eq!(
        (&joined["snapshot"], &joined["head"]),
        (&json!(false), &json!(head))
    );
    assert_eq!(
        joined["entries"].as_array().unwrap(),
        &ada.timeline(id).await[1..]
    );

    drop((room, again, slow));
    desk.state.hub.emptied().await;
    // Rooms are left a moment after.
    let baseline = async {
        loop {
            let counts = desk.state.hub.counts();
            if (counts.connections, counts.members, counts.queued_bytes) == (0, 0, 0) {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(SLACK, baseline).await.unwrap();
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_that_we_close_ends_although_its_peer_reads_nothing() {
    let desk = desk().await;
    let ada = desk.customer("Ada").await;
    let id = ada.open_ticket("Printer").await;
    let mut slow = deaf(&desk, &ada, id).await;
    let mut other = desk.socket(&ada).await;
    other.join(id, None).await;
    // The kernel holds it all, and our close behind it.
    ada.say(id, &"😀".repeat(10_000)).await;
    entry(&mut other).await;
    slow.frame(FINAL | TEXT, b"not json").await;
    until_gone(address(&desk), slow.local_address(), CLOSE_WITHIN + SLACK).await;
    assert_eq!(desk.state.hub.counts().connections, 1);
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_nobody_reads_is_given_up() {
    let desk = desk().await;
    let ada = desk.customer("Ada").await;
    let id = ada.open_ticket("Printer").await;
    let large = "😀".repeat(10_000);
    for _ in 0..20 {
        ada.say(id, &large).await;
    }
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(SMALL).unwrap();
    let mut stream = socket.connect(address(&desk)).await.unwrap();
    let request = format!(
        "GET /api/v1/tickets/{id}/timeline HTTP/1.1\r\nHost: x\r\nCookie: {}\r\nAuthorization: Bearer {}\r\n\r\n",
        ada.cookie.as_deref().unwrap(),
        ada.access_token.as_deref().unwrap(),
    );
    tokio::io::AsyncWriteExt::write_all(&mut stream, request.as_bytes())
        .await
        .unwrap();
    // Nothing of the answer is read, but that it has begun is waited for.
    stream.readable().await.unwrap();
    let peer = stream.local_addr().unwrap();
    until_gone(address(&desk), peer, STALLED_AFTER + SLACK).await;
    desk.stop().await;
}
