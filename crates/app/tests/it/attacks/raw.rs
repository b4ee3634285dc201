//! Bytes on a line, for what no client library would send.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::desk::Desk;

/// The server's own time-outs are shorter.
const PATIENCE: Duration = Duration::from_secs(40);

/// Sends the bytes, ends its side, and gives everything that comes back.
pub(super) async fn exchange(desk: &Desk, bytes: &[u8]) -> String {
    let address = desk.base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.unwrap();
    // A server that has refused may have closed already.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut answer)).await;
    // A reset after the answer is an end too.
    let _ = read.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// The statuses of the answers in it.
pub(super) fn statuses(answers: &str) -> Vec<u16> {
    let begins = answers.split("HTTP/1.1 ").skip(1);
    begins.map(|answer| answer[..3].parse().unwrap()).collect()
}
