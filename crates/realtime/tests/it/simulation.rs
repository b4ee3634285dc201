//! Three nodes, a line that loses, repeats, delays and breaks, a database that fails, people who come, go, change
//! tickets and stop reading: one run for each seed, the same every time.
//!
//! A failure names its seed; `DESKWIRE_SIMULATION_SEED=n` repeats one run, `DESKWIRE_SIMULATION_RUNS=n` makes
//! more of them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use contract::frames::ServerFrame;
use domain::{Change, Role, Seq, Status, TicketId};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use realtime::{Event, Outgoing};
use tokio::task::LocalSet;
use tokio::time::{Instant, sleep, timeout_at};

use crate::ether::{Ether, Fault, Weather};
use crate::nodes::nodes;
use crate::support::{CUSTOMER, Client, Screen, World, assert_empty, body, person, present};

/// Runs when nothing else is asked for.
const RUNS: u64 = 40;
const NODES: usize = 3;
const TICKETS: usize = 4;
/// Of these a half are customers, who all are the requester.
const PEOPLE: u64 = 8;
/// Faults happen for so long.
const STORM: Duration = Duration::from_secs(20);
/// After the last fault everything is as it should be within this time: a head check and what follows.
const HEALED: Duration = Duration::from_secs(40);

/// What one run was, to compare it with another of the same seed.
type Trace = Rc<RefCell<DefaultHasher>>;

struct Run {
    worlds: [World; NODES],
    tickets: Vec<TicketId>,
    /// Committed and not told to all: what the outbox is for.
    outbox: Rc<RefCell<Vec<Event>>>,
    ends_at: Instant,
    trace: Trace,
}

impl Run {
    fn is_over(&self) -> bool {
        Instant::now() >= self.ends_at
    }

    fn node(&self, rng: &mut StdRng) -> &World {
        &self.worlds[rng.random_range(0..NODES)]
    }

    fn ticket(&self, rng: &mut StdRng) -> TicketId {
        self.tickets[rng.random_range(0..TICKETS)]
    }
}

fn millis(rng: &mut StdRng, up_to: u64) -> Duration {
    Duration::from_micros(rng.random_range(0..up_to * 1_000))
}

/// Commits at any node, and announces there at some time, or dies before.
async fn write(run: Rc<Run>, mut rng: StdRng) {
    while !run.is_over() {
        sleep(millis(&mut rng, 400)).await;
        let change = match rng.random_range(0..10) {
            0 | 1 => Change::Note {
                body: body("Secret"),
            },
            2 => Change::StatusChanged {
                from: Status::Open,
                to: Status::Pending,
            },
            _ => Change::Message {
                body: body("Hello"),
            },
        };
        let world = run.node(&mut rng).clone();
        let event = world.commit(run.ticket(&mut rng), change);
        if rng.random_bool(0.1) {
            run.outbox.borrow_mut().push(event);
            continue;
        }
        let (outbox, delay) = (Rc::clone(&run.outbox), millis(&mut rng, 30));
        let again = rng.random_bool(0.1);
        tokio::task::spawn_local(async move {
            sleep(delay).await;
            if again {
                world.hub.publish(event.clone()).await;
            }
            if !world.hub.publish(event.clone()).await {
                outbox.borrow_mut().push(event);
            }
        });
    }
}

/// Announces what was left in the outbox, each second at another node.
async fn relay(run: Rc<Run>, mut rng: StdRng) {
    let until = run.ends_at + HEALED / 2;
    while Instant::now() < until {
        sleep(Duration::from_secs(1)).await;
        let left = std::mem::take(&mut *run.outbox.borrow_mut());
        let world = run.node(&mut rng);
        for event in left {
            if !world.hub.publish(event.clone()).await {
                run.outbox.borrow_mut().push(event);
            }
        }
    }
}

/// Breaks lines and reads of the database, and mends them at the end.
async fn break_things(run: Rc<Run>, ether: std::sync::Arc<Ether>, mut rng: StdRng) {
    while !run.is_over() {
        sleep(millis(&mut rng, 1_500)).await;
        let fault = match rng.random_range(0..3) {
            0 => Fault::Silent,
            1 => Fault::Down,
            _ => Fault::None,
        };
        ether.fault(rng.random_range(0..NODES), fault);
        if rng.random_bool(0.3) {
            let failing = &run.worlds[0].backlog.failing_reads;
            failing.store(rng.random_range(1..4), Ordering::SeqCst);
        }
    }
    for node in 0..NODES {
        ether.fault(node, Fault::None);
    }
    ether.weather(Weather::CLEAR);
    run.worlds[0]
        .backlog
        .failing_reads
        .store(0, Ordering::SeqCst);
}

/// Follows the client's rule: what is shown of each ticket only ever grows by the next entry.
async fn follow(run: Rc<Run>, number: u64, mut rng: StdRng) -> (Client, TicketId, Screen, Role) {
    let (id, role) = match number % 2 {
        0 => (CUSTOMER, Role::User),
        _ => (i64::try_from(number).unwrap(), Role::Admin),
    };
    let mut screens: BTreeMap<TicketId, Screen> = BTreeMap::new();
    loop {
        let mut client = run.node(&mut rng).client(person(id, role));
        loop {
            let ticket = run.ticket(&mut rng);
            let screen = screens.entry(ticket).or_default();
            let after = (screen.head > 0).then_some(Seq(screen.head));
            if client.connection.join(7, ticket, after).await.is_err() {
                break;
            }
            // Frames of the ticket before may still be on their way.
            let mut joined = false;
            let over = run.is_over();
            let stay = if over {
                HEALED
            } else {
                millis(&mut rng, 3_000)
            };
            let until = Instant::now() + stay;
            if !over && rng.random_bool(0.1) {
                // Does not read for a while.
                sleep(stay).await;
            }
            while let Ok(outgoing) = timeout_at(until, client.outbound.next()).await {
                let Some(Outgoing::Text(json)) = outgoing else {
                    break;
                };
                (number, &json, run.ends_at - Instant::now()).hash(&mut *run.trace.borrow_mut());
                let frame: ServerFrame = serde_json::from_slice(&json).unwrap();
                assert!(
                    role == Role::Admin || !String::from_utf8_lossy(&json).contains("Secret"),
                    "a customer saw a note"
                );
                match &frame {
                    ServerFrame::Joined { ticket: shown, .. } if shown.state.id == ticket.0 => {
                        joined = true;
                    }
                    ServerFrame::Entry { ticket_id, .. } if joined => {
                        assert_eq!(*ticket_id, ticket.0, "an entry of another ticket");
                    }
                    _ if !joined => continue,
                    _ => {}
                }
                screen.apply(frame);
            }
            if over && !client.connection.is_closed() {
                let screen = screens.remove(&ticket).unwrap();
                return (client, ticket, screen, role);
            }
            if client.connection.is_closed() || rng.random_bool(0.3) {
                break;
            }
        }
        // It reads nothing more; what it had counts when it comes back.
        drop(client);
        sleep(millis(&mut rng, 500)).await;
    }
}

/// Looks at the list and opens nothing: must be told how far each ticket goes.
async fn watch(run: Rc<Run>, node: usize) -> BTreeMap<i64, i64> {
    let mut client = run.worlds[node].admin(50 + i64::try_from(node).unwrap());
    let mut heads = BTreeMap::new();
    let until = run.ends_at + HEALED + HEALED;
    while let Ok(Some(outgoing)) = timeout_at(until, client.outbound.next()).await {
        let Outgoing::Text(json) = outgoing else {
            panic!("closed")
        };
        if let ServerFrame::Ticket { ticket } = serde_json::from_slice(&json).unwrap() {
            let head = heads.entry(ticket.id).or_insert(0);
            *head = ticket.head_seq.max(*head);
        }
    }
    heads
}

/// One run; gives what it was.
async fn simulate(seed: u64) -> u64 {
    let mut rng = StdRng::seed_from_u64(seed);
    let weather = Weather {
        lost: 0.05,
        repeated: 0.1,
        slowest: Duration::from_millis(40),
    };
    let ether = Ether::new(seed, weather);
    let worlds: [World; NODES] = nodes(&ether);
    let run = Rc::new(Run {
        tickets: (0..TICKETS).map(|_| worlds[0].ticket()).collect(),
        worlds,
        outbox: Rc::default(),
        ends_at: Instant::now() + STORM,
        trace: Rc::default(),
    });
    let mut next = || StdRng::seed_from_u64(rng.random());
    for _ in 0..NODES {
        tokio::task::spawn_local(write(Rc::clone(&run), next()));
    }
    tokio::task::spawn_local(relay(Rc::clone(&run), next()));
    tokio::task::spawn_local(break_things(Rc::clone(&run), ether, next()));
    let watchers: Vec<_> = (0..NODES)
        .map(|node| tokio::task::spawn_local(watch(Rc::clone(&run), node)))
        .collect();
    let followers: Vec<_> = (0..PEOPLE)
        .map(|number| tokio::task::spawn_local(follow(Rc::clone(&run), number, next())))
        .collect();

    let mut there: BTreeMap<TicketId, Vec<i64>> = BTreeMap::new();
    let mut last = Vec::new();
    for follower in followers {
        let (client, ticket, screen, role) = follower.await.unwrap();
        let fresh = run.worlds[0].fresh_fetch(ticket, role);
        // The client kept the last hundred of a snapshot.
        let kept = fresh.len() - screen.entries.len();
        assert_eq!(
            screen.entries,
            fresh[kept..],
            "not what a fresh fetch gives"
        );
        there
            .entry(ticket)
            .or_default()
            .push(client.connection.peer().person.id.0);
        last.push((client, ticket));
    }
    for (client, ticket) in &mut last {
        // A newcomer makes everybody be told who is there.
        let late = run.worlds[0].admin(99);
        late.join(*ticket).await;
        sleep(Duration::from_secs(1)).await;
        let mut expected = there[ticket].clone();
        expected.push(99);
        expected.sort_unstable();
        expected.dedup();
        assert_eq!(
            present(&client.received().await),
            Some(expected),
            "not who is there"
        );
        drop(late);
        sleep(Duration::from_secs(1)).await;
    }
    for watcher in watchers {
        let heads = watcher.await.unwrap();
        for &ticket in &run.tickets {
            let head = i64::try_from(run.worlds[0].backlog.entries(ticket).len()).unwrap();
            let told = heads.get(&ticket.0).copied().unwrap_or(1);
            assert_eq!(told, head, "a list is behind");
        }
    }
    drop(last);
    for world in &run.worlds {
        assert_empty(world).await;
    }
    run.trace.borrow().finish()
}

/// Runs a seed on a clock of its own, with one thread.
fn run(seed: u64) -> u64 {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        LocalSet::new().block_on(&runtime, simulate(seed))
    }));
    outcome.unwrap_or_else(|panic| {
        eprintln!("DESKWIRE_SIMULATION_SEED={seed} repeats this run");
        resume_unwind(panic)
    })
}

fn setting(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap())
}

#[test]
fn whatever_happens_everybody_ends_with_what_a_fresh_fetch_gives() {
    if let Some(seed) = setting("DESKWIRE_SIMULATION_SEED") {
        run(seed);
        return;
    }
    for seed in 0..setting("DESKWIRE_SIMULATION_RUNS").unwrap_or(RUNS) {
        run(seed);
    }
}

#[test]
fn a_run_can_be_repeated() {
    assert_eq!(run(7), run(7));
    assert_ne!(run(7), run(8));
}
