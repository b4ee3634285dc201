//! A balancer as an operator would put before the nodes: TCP, to any node that says it is ready.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};

/// How often each node is asked.
const ASKED_EVERY: Duration = Duration::from_millis(100);
const ANSWER_WITHIN: Duration = Duration::from_secs(1);
const ALL_SERVE_WITHIN: Duration = Duration::from_secs(10);

/// A balancer that runs until it is dropped.
pub(crate) struct Balancer {
    address: SocketAddr,
    ready: watch::Receiver<Vec<bool>>,
    _tasks: JoinSet<()>,
}

impl Balancer {
    /// Balances over nodes at these addresses.
    pub(crate) async fn start(nodes: Vec<SocketAddr>) -> Result<Balancer> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (states, ready) = watch::channel(vec![false; nodes.len()]);
        let mut tasks = JoinSet::new();
        for (index, node) in nodes.iter().enumerate() {
            tasks.spawn(ask(index, *node, states.clone()));
        }
        tasks.spawn(accept(listener, nodes, ready.clone()));
        Ok(Balancer {
            address,
            ready,
            _tasks: tasks,
        })
    }

    /// Where clients find it.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until it sends connections to every node.
    pub(crate) async fn until_all_serve(&self) -> Result<()> {
        let mut ready = self.ready.clone();
        let all = ready.wait_for(|ready| ready.iter().all(|ready| *ready));
        timeout(ALL_SERVE_WITHIN, all)
            .await
            .context("not every node is ready")??;
        Ok(())
    }
}

/// Keeps asking a node whether it is ready.
async fn ask(index: usize, node: SocketAddr, states: watch::Sender<Vec<bool>>) {
    let client = reqwest::Client::builder()
        .timeout(ANSWER_WITHIN)
        .pool_max_idle_per_host(0)
        .build()
        .unwrap_or_default();
    let mut ticks = interval(ASKED_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let answered = client.get(format!("http://{node}/readyz")).send().await;
        let ready = answered.is_ok_and(|answer| answer.status().is_success());
        states.send_if_modified(|states| std::mem::replace(&mut states[index], ready) != ready);
    }
}

async fn accept(listener: TcpListener, nodes: Vec<SocketAddr>, ready: watch::Receiver<Vec<bool>>) {
    // Ends the connections when it is dropped itself.
    let mut connections = JoinSet::new();
    let mut turn = 0;
    while let Ok((client, _)) = listener.accept().await {
        turn += 1;
        let ready = ready.borrow().clone();
        let count = nodes.len();
        let in_turn = (0..count).map(|step| (turn + step) % count);
        let choice: Vec<SocketAddr> = in_turn
            .filter(|index| ready[*index])
            .map(|index| nodes[index])
            .collect();
        connections.spawn(carry(client, choice));
        while connections.try_join_next().is_some() {}
    }
}

/// Carries a connection to the first node that accepts it.
async fn carry(mut client: TcpStream, choice: Vec<SocketAddr>) {
    for node in choice {
        if let Ok(mut server) = TcpStream::connect(node).await {
            let _ = (client.set_nodelay(true), server.set_nodelay(true));
            // However it ends, both sides are closed.
            let _ = copy_bidirectional(&mut client, &mut server).await;
            return;
        }
    }
}
