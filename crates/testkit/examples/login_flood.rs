//! Says what a flood of sign-ins costs everybody else, as the ratio of latencies with it and without it:
//! `cargo run --release -p testkit --example login_flood -- http://127.0.0.1:8080 [ROUNDS]`
//!
//! Requests of a signed-in customer (their list of tickets, and messages into one) are sent at a steady rate,
//! whether or not earlier ones were answered, and timed from the moment when they were due. Rounds without and
//! with the flood take turns. The server should run with `DESKWIRE_LIMIT_AUTH_PER_MINUTE=1000000`, so that its
//! limits do not end the flood, and with the password cost of production.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use testkit::http::Caller;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};
use uuid::Uuid;

/// One request is due this often.
const EVERY: Duration = Duration::from_millis(10);
/// Requests of one round.
const REQUESTS: usize = 1000;
/// Who tries to sign in, each again as soon as they are answered.
const GUESSERS: usize = 16;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(base) = arguments.next() else {
        eprintln!("usage: login_flood URL [ROUNDS]");
        std::process::exit(2);
    };
    let rounds = arguments.next().and_then(|text| text.parse().ok());
    let caller = Caller::register(&base, "Ada").await;
    let ticket = caller.open_ticket("Printer").await;
    let mut ratios = Vec::new();
    let mut out = std::io::stdout();
    for round in 1..=rounds.unwrap_or(5) {
        let quiet = measure(&caller, ticket).await;
        let flood = Flood::start(&base);
        let (loud, tried) = (measure(&caller, ticket).await, flood.stop().await);
        let ratio = loud.p99 / quiet.p99;
        ratios.push(ratio);
        let _ = writeln!(
            out,
            "round {round}: p50 {:.1} ms -> {:.1} ms, p99 {:.1} ms -> {:.1} ms ({ratio:.2}x), {tried} sign-ins answered",
            quiet.p50, loud.p50, quiet.p99, loud.p99,
        );
    }
    ratios.sort_by(f64::total_cmp);
    let (least, most) = (ratios[0], ratios[ratios.len() - 1]);
    let _ = writeln!(
        out,
        "p99 with the flood: {:.2}x that without (median; {least:.2}x to {most:.2}x)",
        ratios[ratios.len() / 2],
    );
}

/// In milliseconds.
struct Latency {
    p50: f64,
    p99: f64,
}

async fn measure(caller: &Caller, ticket: i64) -> Latency {
    let mut due = interval(EVERY);
    due.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut requests = JoinSet::new();
    for n in 0..REQUESTS {
        let begun = due.tick().await;
        let caller = caller.clone();
        requests.spawn(async move {
            if n % 2 == 0 {
                caller.get("/tickets").await.expect(200);
            } else {
                caller.say(ticket, &format!("Message {n}")).await;
            }
            begun.elapsed()
        });
    }
    let mut taken = requests.join_all().await;
    taken.sort();
    let at = |share: f64| {
        let place = (taken.len() as f64 * share) as usize;
        taken[place.min(taken.len() - 1)].as_secs_f64() * 1000.0
    };
    Latency {
        p50: at(0.5),
        p99: at(0.99),
    }
}

struct Flood {
    goes_on: Arc<AtomicBool>,
    answered: Arc<AtomicU64>,
    guessers: JoinSet<()>,
}

impl Flood {
    fn start(base: &str) -> Flood {
        let goes_on = Arc::new(AtomicBool::new(true));
        let answered = Arc::new(AtomicU64::new(0));
        let mut guessers = JoinSet::new();
        for _ in 0..GUESSERS {
            let (goes_on, answered) = (Arc::clone(&goes_on), Arc::clone(&answered));
            let guesser = Caller::new(base);
            guessers.spawn(async move {
                while goes_on.load(Ordering::Relaxed) {
                    // Another account each time: the delay of one would spare the server the work.
                    let email = format!("{}@example.org", Uuid::new_v4().simple());
                    let begun = Instant::now();
                    let answer = guesser.try_log_in(&email, "not the passphrase").await;
                    answered.fetch_add(1, Ordering::Relaxed);
                    if answer.status == 503 && begun.elapsed() < Duration::from_millis(50) {
                        // Turned away at once; a thousand times a second would measure this program.
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                }
            });
        }
        Flood {
            goes_on,
            answered,
            guessers,
        }
    }

    async fn stop(self) -> u64 {
        self.goes_on.store(false, Ordering::Relaxed);
        self.guessers.join_all().await;
        self.answered.load(Ordering::Relaxed)
    }
}
