//! Redis for tests: its address, keys of one's own, and a gate that breaks the line to it.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use crate::gate::Gate;

/// The address of the Redis server for tests, from `TEST_REDIS_URL`.
///
/// # Panics
/// If there is none: a test that needs Redis is never skipped.
#[must_use]
pub fn url() -> String {
    match std::env::var("TEST_REDIS_URL") {
        Ok(url) if !url.is_empty() => url,
        _ => panic!(
            "TEST_REDIS_URL is not set: this test needs a Redis server. \
             `npx -y rust-just test` starts one and runs the tests."
        ),
    }
}

/// A prefix for keys that no other test uses.
#[must_use]
pub fn key_prefix() -> String {
    format!("test:{}:", uuid::Uuid::new_v4().simple())
}

/// An address on which nothing listens.
///
/// # Errors
/// If no port is free.
pub async fn refusing_url() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    Ok(format!("redis://{}", listener.local_addr()?))
}

impl Gate {
    /// Opens a line to the server of [`url`].
    ///
    /// # Errors
    /// If no port is free.
    ///
    /// # Panics
    /// If the address is not of the form `redis://host:port`, perhaps with a path.
    pub async fn open() -> io::Result<Gate> {
        let (server, path) = parts(&url());
        let mut gate = Gate::to(&server).await?;
        gate.extend_url(&path);
        Ok(gate)
    }
}

/// Host and port, and the path after them.
pub(crate) fn parts(url: &str) -> (String, String) {
    let Some(rest) = url
        .strip_prefix("redis://")
        .filter(|rest| !rest.contains('@'))
    else {
        panic!("TEST_REDIS_URL must be of the form redis://host:port");
    };
    match rest.split_once('/') {
        Some((server, path)) => (server.to_owned(), format!("/{path}")),
        None => (rest.to_owned(), String::new()),
    }
}

/// An address that accepts connections and never says anything.
///
/// # Errors
/// If no port is free.
pub async fn silent() -> io::Result<Silent> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let accepting = tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            held.push(stream);
        }
    });
    Ok(Silent { address, accepting })
}

/// See [`silent`]; closed when dropped.
#[derive(Debug)]
pub struct Silent {
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl Silent {
    /// The address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://{}", self.address)
    }
}

impl Drop for Silent {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
