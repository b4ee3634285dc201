//! One room of many at a running server (Linux): how fast messages reach everybody, and what they cost it:
//! `cargo run --release -p testkit --example room -- URL PID ADMIN_EMAIL SOCKETS MESSAGES IN_FLIGHT`
//!
//! Everybody but the ticket's requester is an admin, made so by the one of ADMIN_EMAIL, whose password must be that of
//! the testkit (`deskwire admin create --password-stdin`). The server should run with `DESKWIRE_PASSWORD_COST=10` and
//! high `DESKWIRE_LIMIT_AUTH_PER_MINUTE` and `DESKWIRE_LIMIT_COMMANDS_PER_MINUTE`. Senders wait while IN_FLIGHT
//! messages have not reached everybody.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use testkit::http::Caller;
use testkit::raw_socket::{FINAL, RawSocket, TEXT};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// As many as one user may have.
const PER_USER: usize = 20;
/// Ticks of `/proc/PID/stat` in a second, on every usual Linux.
const TICKS_PER_S: f64 = 100.0;

/// What happens to the messages.
struct Course {
    begun: Instant,
    /// When each was sent, in microseconds.
    sent: Vec<AtomicU64>,
    /// How many have it.
    reached: Vec<AtomicUsize>,
    sockets: usize,
    in_flight: Semaphore,
}

impl Course {
    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [base, pid, admin, numbers @ ..] = arguments.as_slice() else {
        usage()
    };
    let numbers: Vec<usize> = numbers.iter().filter_map(|n| n.parse().ok()).collect();
    let [count, messages, in_flight] = numbers[..] else {
        usage()
    };

    // One more, to send.
    let mut callers = people(base, admin, count.div_ceil(PER_USER) + 1).await;
    let ticket = callers[0].open_ticket("A room of many").await;
    let before = memory(pid).await;
    let mut sockets = Vec::with_capacity(count);
    for n in 0..count {
        sockets.push(join(base, &mut callers[n / PER_USER], ticket).await);
    }
    let after = memory(pid).await;

    let course = Arc::new(Course {
        begun: Instant::now(),
        sent: (0..messages).map(|_| AtomicU64::new(0)).collect(),
        reached: (0..messages).map(|_| AtomicUsize::new(0)).collect(),
        sockets: count,
        in_flight: Semaphore::new(in_flight),
    });
    // It only sends; what comes is left to the others.
    let last = callers.len() - 1;
    let mut sender = join(base, &mut callers[last], ticket).await;
    let readers: Vec<_> = sockets
        .into_iter()
        .map(|socket| tokio::spawn(read(socket, Arc::clone(&course), messages)))
        .collect();
    let (cpu, begun) = (cpu_seconds(pid), Instant::now());
    for n in 0..messages {
        if let Ok(permit) = course.in_flight.acquire().await {
            permit.forget();
        }
        let body = "Please have a look at the printer on the third floor.";
        let send = json!({"id": n + 10, "type": "message.send", "client_id": Uuid::new_v4(), "body": body});
        course.sent[n].store(course.now(), Ordering::Release);
        sender
            .frame(FINAL | TEXT, send.to_string().as_bytes())
            .await;
    }
    let mut waits = Vec::with_capacity(count * messages);
    for reader in readers {
        match reader.await {
            Ok(found) => waits.extend(found),
            Err(error) => panic!("a reader failed: {error}"),
        }
    }
    let took = begun.elapsed().as_secs_f64();
    let cpu = cpu_seconds(pid) - cpu;
    waits.sort_unstable();
    assert_eq!(
        waits.len(),
        count * messages,
        "each message reaches everybody once"
    );
    let at = |part: f64| waits[((waits.len() - 1) as f64 * part) as usize] as f64 / 1000.0;
    let deliveries = waits.len() as f64;
    let _ = writeln!(
        std::io::stdout(),
        "{count} sockets in a room, {messages} messages, {in_flight} in flight: {:.0} messages/s, {:.0} deliveries/s, \
         p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms; server CPU {:.1} us per delivery; {:.2} kB per connection",
        messages as f64 / took,
        deliveries / took,
        at(0.5),
        at(0.99),
        at(1.0),
        cpu / deliveries * 1e6,
        (after as f64 - before as f64) / count as f64,
    );
}

fn usage() -> ! {
    eprintln!("usage: room URL PID ADMIN_EMAIL SOCKETS MESSAGES IN_FLIGHT");
    std::process::exit(2);
}

/// A customer and admins.
async fn people(base: &str, admin: &str, count: usize) -> Vec<Caller> {
    let admin = Caller::log_in(base, admin).await;
    let mut callers = vec![Caller::register(base, "Requester").await];
    for n in 1..count.max(2) {
        let caller = Caller::register(base, &format!("Admin {n}")).await;
        let path = format!("/users/{}", caller.user_id);
        let promoted = admin.patch(&path, json!({"role": "admin"})).await;
        promoted.expect(200);
        callers.push(Caller::log_in(base, &caller.email).await);
    }
    callers
}

async fn join(base: &str, caller: &mut Caller, ticket: i64) -> RawSocket {
    let mut socket = RawSocket::connect(base, caller, None).await;
    let hello =
        json!({"id": 1, "type": "hello", "token": caller.access_token, "ticket_id": ticket});
    socket
        .frame(FINAL | TEXT, hello.to_string().as_bytes())
        .await;
    while let Some((_, frame)) = socket.next().await {
        if is(&frame, "joined") {
            return socket;
        }
    }
    panic!("not let in");
}

/// Reads until all messages have come; gives how long each took, in microseconds.
async fn read(mut socket: RawSocket, course: Arc<Course>, messages: usize) -> Vec<u64> {
    let mut waits = Vec::with_capacity(messages);
    while waits.len() < messages {
        let Some((_, frame)) = socket.next().await else {
            panic!("closed after {} messages", waits.len());
        };
        if is(&frame, "ping") {
            socket.frame(FINAL | TEXT, br#"{"type":"pong"}"#).await;
        }
        if !is(&frame, "entry") {
            continue;
        }
        let n = waits.len();
        waits.push(course.now() - course.sent[n].load(Ordering::Acquire));
        if course.reached[n].fetch_add(1, Ordering::AcqRel) + 1 == course.sockets {
            course.in_flight.add_permits(1);
        }
    }
    waits
}

/// Whether a frame is of this type, which stands first in it.
fn is(frame: &[u8], kind: &str) -> bool {
    let begin = format!(r#"{{"type":"{kind}""#);
    frame.starts_with(begin.as_bytes())
}

/// Processor time that the process has used.
fn cpu_seconds(pid: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name before it may hold spaces.
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    let ticks: Vec<f64> = fields
        .skip(11)
        .take(2)
        .filter_map(|n| n.parse().ok())
        .collect();
    ticks.iter().sum::<f64>() / TICKS_PER_S
}

/// Resident memory of the process in kB, once it has come to rest.
async fn memory(pid: &str) -> u64 {
    tokio::time::sleep(Duration::from_secs(3)).await;
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.unwrap_or_else(|| panic!("no process {pid}"))
}
