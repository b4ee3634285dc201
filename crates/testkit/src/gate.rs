//! A line to a server that a test can break, and see what those at its ends make of it.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

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

/// What is lost when a connection breaks at one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The request: the server never hears of it.
    Request,
    /// The answer: the server has done what it was asked.
    Answer,
}

#[derive(Clone, Copy, Debug)]
struct Trap {
    request: &'static [u8],
    lost: Lost,
}

/// Whether a connection goes on.
type Flow = std::ops::ControlFlow<()>;
type Traps = Arc<Mutex<Vec<Trap>>>;

/// A line to Redis that a test can cut, still, or make look like the line to another server. Or to any other
/// server that speaks over TCP.
#[derive(Debug)]
pub struct Gate {
    url: String,
    address: SocketAddr,
    setting: Arc<watch::Sender<Setting>>,
    traps: Traps,
    accepting: JoinHandle<()>,
}

impl Gate {
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
        let traps = Traps::default();
        let line = Line {
            server: server.to_owned(),
            setting: receiver,
            traps: Arc::clone(&traps),
        };
        Ok(Gate {
            url: format!("redis://{address}"),
            address,
            setting: Arc::new(sender),
            traps,
            accepting: tokio::spawn(accept(listener, line)),
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

    pub(crate) fn extend_url(&mut self, path: &str) {
        self.url.push_str(path);
    }

    /// Breaks the connection over which these bytes come next, and loses them or their answer. As often as it is
    /// called, each time once.
    pub fn break_at(&self, request: &'static [u8], lost: Lost) {
        lock(&self.traps).push(Trap { request, lost });
    }

    /// Whether every break has happened.
    #[must_use]
    pub fn is_done_breaking(&self) -> bool {
        lock(&self.traps).is_empty()
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

/// What each connection needs.
#[derive(Clone)]
struct Line {
    server: String,
    setting: watch::Receiver<Setting>,
    traps: Traps,
}

fn lock(traps: &Traps) -> std::sync::MutexGuard<'_, Vec<Trap>> {
    traps.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is to be lost at this request.
fn trapped(traps: &Traps, request: &[u8]) -> Option<Lost> {
    let mut traps = lock(traps);
    let fits = |trap: &Trap| {
        let mut places = request.windows(trap.request.len());
        places.any(|place| place == trap.request)
    };
    let place = traps.iter().position(fits)?;
    Some(traps.remove(place).lost)
}

async fn accept(listener: TcpListener, line: Line) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(carry(client, line.clone()));
    }
}

/// Carries one connection until one side, or the gate, ends it.
async fn carry(client: TcpStream, line: Line) {
    let Line {
        server,
        setting,
        traps,
    } = line;
    if setting.borrow().mode == Mode::Closed {
        return;
    }
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let run = setting.borrow().run;
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let answer_lost = AtomicBool::new(false);
    let asked = |request: &mut [u8]| match trapped(&traps, request) {
        Some(Lost::Request) => Flow::Break(()),
        Some(Lost::Answer) => {
            answer_lost.store(true, Ordering::SeqCst);
            Flow::Continue(())
        }
        None => Flow::Continue(()),
    };
    let answered = |reply: &mut [u8]| {
        if answer_lost.load(Ordering::SeqCst) {
            return Flow::Break(());
        }
        disguise(reply, run);
        Flow::Continue(())
    };
    tokio::select! {
        _ = pass(&mut from_client, &mut to_server, asked, setting.clone()) => {}
        _ = pass(&mut from_server, &mut to_client, answered, setting) => {}
    }
}

async fn pass(
    from: &mut (impl AsyncReadExt + Unpin),
    to: &mut (impl AsyncWriteExt + Unpin),
    look: impl Fn(&mut [u8]) -> Flow,
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
        if look(&mut buffer[..count]).is_break() {
            return Ok(());
        }
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
