//! Opens idle sockets at a running server and says what each costs it in memory (Linux):
//! `cargo run --release -p testkit --example idle_sockets -- http://127.0.0.1:8080 PID SOCKETS`
//!
//! Each customer holds at most 20 sockets, so the server should run with `DESKWIRE_PASSWORD_COST=10`: one customer is
//! registered for every 20 sockets.

use std::io::Write as _;
use std::time::Duration;

use testkit::http::Caller;
use testkit::socket::SocketClient;

/// As many as one user may have.
const PER_USER: usize = 20;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [base, pid, count] = arguments.as_slice() else {
        eprintln!("usage: idle_sockets URL PID SOCKETS");
        std::process::exit(2);
    };
    let count: usize = match count.parse() {
        Ok(count) => count,
        Err(error) => panic!("SOCKETS: {error}"),
    };
    let mut callers = Vec::new();
    for n in 0..count.div_ceil(PER_USER) {
        callers.push(Caller::register(base, &format!("Customer {n}")).await);
    }
    // What the first sockets and requests make for good is no cost of the others.
    let warm = SocketClient::connect(base, &callers[0]).await;
    let before = settled(pid).await;
    let mut sockets = Vec::with_capacity(count);
    for n in 1..count {
        sockets.push(SocketClient::connect(base, &callers[n / PER_USER]).await);
    }
    let after = settled(pid).await;
    let each = (after as f64 - before as f64) / sockets.len() as f64;
    let (opened, mut out) = (sockets.len(), std::io::stdout());
    let _ = writeln!(
        out,
        "{opened} sockets: {before} kB before, {after} kB after, {each:.2} kB each"
    );
    drop((warm, sockets));
}

/// Resident memory of the process in kB, once it has come to rest.
async fn settled(pid: &str) -> u64 {
    tokio::time::sleep(Duration::from_secs(3)).await;
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.unwrap_or_else(|| panic!("no process {pid}"))
}
