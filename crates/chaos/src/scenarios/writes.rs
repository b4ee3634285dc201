//! Writes whose answer is lost, or that are sent at several places at once: one entry, one answer.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use rand::RngExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::Stage;
use crate::account::Account;
use crate::ledger::{Change, Write};
use crate::wire::Wire;
use crate::writer::{acknowledged, over_rest, persist};

const RACES: usize = 25;
/// How often one write is sent to each node at once.
const AT_ONCE: usize = 3;
const LOSSES: usize = 25;

/// Sends the same write to every node, several times, all at once.
pub(super) async fn race(stage: &mut Stage<'_>) -> Result<()> {
    for _ in 0..RACES {
        let (author, write) = something(stage);
        stage.load.ledger.begin(&write);
        stage.fault();
        let mut attempts = JoinSet::new();
        for node in stage.load.api.nodes().iter().cycle().take(AT_ONCE * 2) {
            let (author, write, node) = (Arc::clone(&author), write.clone(), node.clone());
            attempts.spawn(async move { over_rest(&author, &node, &write).await });
        }
        while let Some(attempt) = attempts.join_next().await {
            if let Ok(Ok(entry)) = attempt {
                acknowledged(&stage.load.ledger, &author.api, &write, entry);
            }
        }
        // Were all refused for the moment, it is still to be accepted.
        persist(&stage.load.ledger, &author, None, &write).await;
    }
    Ok(())
}

/// Loses all answers of a node for a while, then hangs up on single writes, and sends each again at any node.
pub(super) async fn lose_acknowledgements(stage: &mut Stage<'_>) -> Result<()> {
    let (node, deaf) = (stage.any_node(), stage.span(500..1500));
    stage.fault();
    let line = &stage.world.nodes[node].front;
    line.deafen();
    stage.load.work_for(deaf).await;
    line.restore();
    // What lost a part of its answers is of no use any more.
    line.cut();
    for _ in 0..LOSSES {
        let (author, write) = something(stage);
        stage.load.ledger.begin(&write);
        stage.fault();
        let node = stage.any_node();
        let url = stage.load.api.nodes()[node].clone();
        let pause = stage.span(0..12);
        let by_socket: bool = stage.random.random();
        if by_socket {
            send_on_a_socket_and_hang_up(&author, &url, &write, pause).await;
        } else {
            send_and_hang_up(&author, &url, &write, pause).await?;
        }
        persist(&stage.load.ledger, &author, None, &write).await;
    }
    Ok(())
}

/// A new message of somebody in a ticket of theirs.
fn something(stage: &mut Stage<'_>) -> (Arc<Account>, Write) {
    let index = stage.random.random_range(0..stage.load.followers.len());
    let follower = &stage.load.followers[index];
    let text = Change::Message(format!("once {}", Uuid::new_v4()));
    let author = Arc::clone(&follower.account);
    let write = Write::new(follower.ticket, author.id, text);
    (author, write)
}

/// Sends a request, waits a moment that may be too short for an answer, and reads none.
async fn send_and_hang_up(
    author: &Account,
    node: &str,
    write: &Write,
    pause: Duration,
) -> Result<()> {
    let (method, path, body) = write.request();
    let (tokens, body) = (author.tokens(), body.to_string());
    let host = node.trim_start_matches("http://");
    let request = format!(
        "{method} /api/v1{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {}\r\nCookie: {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        tokens.access,
        tokens.cookie,
        body.len(),
    );
    let mut stream = TcpStream::connect(host).await?;
    stream.write_all(request.as_bytes()).await?;
    tokio::time::sleep(pause).await;
    Ok(())
}

/// The same over a socket that has just joined.
async fn send_on_a_socket_and_hang_up(
    author: &Account,
    node: &str,
    write: &Write,
    pause: Duration,
) {
    let Some(mut wire) = Wire::dial(author, node, Some((write.ticket, 0))).await else {
        return;
    };
    let joined = async {
        while let Ok(frame) = wire.next().await {
            if frame.kind() == "joined" {
                return;
            }
        }
    };
    // Without it there is only less to lose.
    let _ = tokio::time::timeout(Duration::from_secs(5), joined).await;
    wire.command(write.command()).await;
    tokio::time::sleep(pause).await;
}
