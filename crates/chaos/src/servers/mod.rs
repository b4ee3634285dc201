//! The servers that Deskwire depends on: of the harness's own, which it can kill, or given by address.

pub(crate) mod database;
pub(crate) mod redis;

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

use crate::process::Process;

/// A server is up within this time.
const UP_WITHIN: Duration = Duration::from_secs(60);
const GLANCE: Duration = Duration::from_millis(10);
const ANSWER_WITHIN: Duration = Duration::from_secs(1);

/// Waits until the server's first bytes after this request are as expected.
async fn until_it_answers(
    process: &mut Process,
    address: SocketAddr,
    request: &[u8],
    expected: impl Fn(&[u8]) -> bool,
) -> Result<()> {
    let deadline = Instant::now() + UP_WITHIN;
    loop {
        if let Ok(Ok(answer)) = timeout(ANSWER_WITHIN, first_answer(address, request)).await
            && expected(&answer)
        {
            return Ok(());
        }
        if let Some(status) = process.end() {
            bail!("ended at once with {status}");
        }
        if Instant::now() > deadline {
            bail!("gave no answer within {UP_WITHIN:?}");
        }
        sleep(GLANCE).await;
    }
}

async fn first_answer(address: SocketAddr, request: &[u8]) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request).await?;
    let mut answer = vec![0; 512];
    let count = stream.read(&mut answer).await?;
    answer.truncate(count);
    Ok(answer)
}

/// The address in `scheme://user:password@host:port/path`.
pub(crate) async fn address_in(url: &str) -> Result<SocketAddr> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let mut found = tokio::net::lookup_host(host)
        .await
        .with_context(|| format!("no address in {host}"))?;
    found
        .next()
        .with_context(|| format!("no address of {host}"))
}
