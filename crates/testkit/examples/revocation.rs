//! Says how long a session that was ended at one node keeps its socket at another:
//! `cargo run --release -p testkit --example revocation -- URL_OF_ONE URL_OF_THE_OTHER [TIMES]`
//!
//! Both serve the same database and Redis. Customers sign up at the first node, open a socket at the second, and
//! sign out at the first; timed from the answer to the sign-out until the socket is closed. The nodes should run
//! with `DESKWIRE_LIMIT_AUTH_PER_MINUTE=1000000`.

use std::io::Write as _;
use std::time::Instant;

use testkit::http::Caller;
use testkit::socket::SocketClient;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [one, other, rest @ ..] = arguments.as_slice() else {
        eprintln!("usage: revocation URL URL [TIMES]");
        std::process::exit(2);
    };
    let times: usize = rest
        .first()
        .and_then(|text| text.parse().ok())
        .unwrap_or(100);
    let mut taken = Vec::with_capacity(times);
    for n in 0..times {
        let caller = Caller::register(one, &format!("Customer {n}")).await;
        let mut socket = SocketClient::connect(other, &caller).await;
        let answer = caller.post_empty("/auth/logout").await;
        let answered = Instant::now();
        assert_eq!(answer.status, 204, "{}", answer.text);
        assert_eq!(socket.closed().await, 4403);
        taken.push(answered.elapsed());
    }
    taken.sort();
    let at = |share: f64| taken[((times as f64 * share) as usize).min(times - 1)];
    let _ = writeln!(
        std::io::stdout(),
        "{times} sessions ended at one node, socket at the other closed after: p50 {:?}, p99 {:?}, most {:?}",
        at(0.5),
        at(0.99),
        taken[times - 1],
    );
}
