//! Redis for tests: its address, keys of one's own, and a gate that breaks the line to it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Open,
    Silent,
    Closed,
}

#[derive(Clone, Copy, Debug)]
struct Setting {
    mode: Mode,
    /// Counts pretended restarts of the server.
    run: u64,
}

/// A line to Redis that a test can cut, still, or make look like the line to another server. Or to any other
/// server that speaks over TCP.
#[derive(Debug)]
pub struct Gate {
    url: String,
    address: SocketAddr,
    setting: Arc<watch::Sender<Setting>>,
    accepting: JoinHandle<()>,
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
        gate.url.push_str(&path);
        Ok(gate)
    }

    /// Opens a line to any server, `host:port`.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn to(server: &str) -> io::Result<Gate> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (sender, receiver) = watch::channel(Setting {
            mode: Mode::Open,
            run: 0,
        });
        Ok(Gate {
            url: format!("redis://{address}"),
            address,
            setting: Arc::new(sender),
            accepting: tokio::spawn(accept(listener, server.to_owned(), receiver)),
        })
    }

    /// Where the line begins.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the line, if it leads to Redis.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends every connection, and every new one at once. Nothing sent from now on is answered.
    pub fn cut(&self) {
        self.setting
            .send_modify(|setting| setting.mode = Mode::Closed);
    }

    /// Keeps connections, and accepts new ones, but passes nothing on.
    pub fn silence(&self) {
        self.setting
            .send_modify(|setting| setting.mode = Mode::Silent);
    }

    /// Passes everything on again.
    pub fn restore(&self) {
        self.setting
            .send_modify(|setting| setting.mode = Mode::Open);
    }

    /// From now on, new connections see a server with another run id. Cut the old ones first.
    pub fn pretend_restart(&self) {
        self.setting.send_modify(|setting| setting.run += 1);
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.cut();
        self.accepting.abort();
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

async fn accept(listener: TcpListener, server: String, setting: watch::Receiver<Setting>) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(carry(client, server.clone(), setting.clone()));
    }
}

/// Carries one connection until one side, or the gate, ends it.
async fn carry(client: TcpStream, server: String, setting: watch::Receiver<Setting>) {
    if setting.borrow().mode == Mode::Closed {
        return;
    }
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let run = setting.borrow().run;
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    tokio::select! {
        _ = pass(&mut from_client, &mut to_server, 0, setting.clone()) => {}
        _ = pass(&mut from_server, &mut to_client, run, setting) => {}
    }
}

async fn pass(
    from: &mut (impl AsyncReadExt + Unpin),
    to: &mut (impl AsyncWriteExt + Unpin),
    run: u64,
    mut setting: watch::Receiver<Setting>,
) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = tokio::select! {
            count = from.read(&mut buffer) => count?,
            _ = closed(&mut setting) => return Ok(()),
        };
        if count == 0 {
            return Ok(());
        }
        // What was read after the gate changed is held back or dropped.
        let open = setting
            .wait_for(|setting| setting.mode != Mode::Silent)
            .await
            .is_ok_and(|setting| setting.mode == Mode::Open);
        if !open {
            return Ok(());
        }
        disguise(&mut buffer[..count], run);
        to.write_all(&buffer[..count]).await?;
    }
}

async fn closed(setting: &mut watch::Receiver<Setting>) {
    // An error says that the gate is gone.
    let _ = setting
        .wait_for(|setting| setting.mode == Mode::Closed)
        .await;
}

/// Writes the number of the run over the end of the server's run id, 40 hexadecimal digits.
fn disguise(reply: &mut [u8], run: u64) {
    const NAME: &[u8] = b"run_id:";
    if run == 0 {
        return;
    }
    if let Some(at) = reply.windows(NAME.len()).position(|part| part == NAME) {
        let end = at + NAME.len() + 40;
        if let Some(digits) = reply.get_mut(end - 16..end) {
            digits.copy_from_slice(format!("{run:016x}").as_bytes());
        }
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
