//! A line between two processes that can be cut, slowed, stilled, half-closed, or lose what is published over it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Result;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::resp;

/// What a line does to what passes over it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Setting {
    /// Connections are refused, and those that are there end.
    closed: bool,
    /// Nothing is passed on, nothing is lost: what was held back follows later.
    still: bool,
    /// Answers of the server vanish; a connection that lost some is dead from then on.
    deaf: bool,
    /// Each piece is held up this long, and up to half as long again.
    delay: Duration,
    /// What Redis publishes to subscribers vanishes, while everything else passes.
    loses_publishes: bool,
    /// Counts the cuts: connections of an earlier count end.
    cuts: u64,
    /// Counts the half-closes: connections of an earlier count lose their way to the server.
    half_closes: u64,
}

/// A line to a server.
pub(crate) struct Proxy {
    address: SocketAddr,
    setting: watch::Sender<Setting>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// Opens a line to this address.
    pub(crate) async fn to(server: SocketAddr) -> Result<Proxy> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (sender, receiver) = watch::channel(Setting::default());
        Ok(Proxy {
            address,
            setting: sender,
            accepting: tokio::spawn(accept(listener, server, receiver)),
        })
    }

    /// Where the line begins.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends every connection; new ones pass.
    pub(crate) fn cut(&self) {
        self.setting.send_modify(|setting| setting.cuts += 1);
    }

    /// Ends every connection, and each new one at once.
    pub(crate) fn close(&self) {
        self.setting.send_modify(|setting| setting.closed = true);
    }

    /// Passes nothing on, until it is restored.
    pub(crate) fn still(&self) {
        self.setting.send_modify(|setting| setting.still = true);
    }

    /// Loses the server's answers, until it is restored.
    pub(crate) fn deafen(&self) {
        self.setting.send_modify(|setting| setting.deaf = true);
    }

    /// Holds everything up.
    pub(crate) fn delay(&self, delay: Duration) {
        self.setting.send_modify(|setting| setting.delay = delay);
    }

    /// Loses what Redis publishes.
    pub(crate) fn lose_publishes(&self) {
        self.setting
            .send_modify(|setting| setting.loses_publishes = true);
    }

    /// Ends the way to the server of every connection, and leaves the way back open.
    pub(crate) fn half_close(&self) {
        self.setting.send_modify(|setting| setting.half_closes += 1);
    }

    /// Passes everything on again.
    pub(crate) fn restore(&self) {
        self.setting.send_modify(|setting| {
            *setting = Setting {
                cuts: setting.cuts,
                half_closes: setting.half_closes,
                ..Setting::default()
            };
        });
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.close();
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, server: SocketAddr, setting: watch::Receiver<Setting>) {
    loop {
        match listener.accept().await {
            Ok((client, _)) => {
                tokio::spawn(carry(client, server, setting.clone()));
            }
            // Out of descriptors, for example: it passes.
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Carries one connection until a side or the line ends it.
async fn carry(client: TcpStream, server: SocketAddr, setting: watch::Receiver<Setting>) {
    let begun = *setting.borrow();
    if begun.closed {
        return;
    }
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let subscribes = Arc::new(AtomicBool::new(false));
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let up = Way {
        setting: setting.clone(),
        half_closes: Some(begun.half_closes),
        subscribes: Arc::clone(&subscribes),
    };
    let down = Way {
        setting: setting.clone(),
        half_closes: None,
        subscribes,
    };
    let both = async {
        tokio::join!(
            up.carry(from_client, to_server),
            down.carry(from_server, to_client)
        )
    };
    tokio::select! {
        _ = both => {}
        () = ended(setting, begun.cuts) => {}
    }
}

/// Resolves when the line ends the connections of this count.
async fn ended(mut setting: watch::Receiver<Setting>, cuts: u64) {
    let over = setting.wait_for(|setting| setting.closed || setting.cuts != cuts);
    let _ = over.await;
}

/// One direction of a connection.
struct Way {
    setting: watch::Receiver<Setting>,
    /// The count at its beginning, on the way to the server.
    half_closes: Option<u64>,
    /// Whether its client has subscribed to anything.
    subscribes: Arc<AtomicBool>,
}

impl Way {
    async fn carry(mut self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
        let mut piece = vec![0; 64 * 1024];
        let mut frames = resp::Splitter::default();
        let mut dead = false;
        loop {
            let count = tokio::select! {
                count = from.read(&mut piece) => count.unwrap_or(0),
                () = half_closed(self.setting.clone(), self.half_closes) => 0,
            };
            if count == 0 {
                let _ = to.shutdown().await;
                return;
            }
            let setting = *self.setting.borrow();
            if setting.delay > Duration::ZERO {
                sleep(setting.delay.mul_f64(1.0 + rand::random::<f64>() / 2.0)).await;
            }
            if self
                .setting
                .wait_for(|setting| !setting.still)
                .await
                .is_err()
            {
                return;
            }
            let going_up = self.half_closes.is_some();
            if going_up && resp::subscribes(&piece[..count]) {
                self.subscribes.store(true, Ordering::SeqCst);
            }
            dead |= setting.deaf && !going_up;
            if dead {
                continue;
            }
            let written = if !going_up && self.subscribes.load(Ordering::SeqCst) {
                let passing = frames.split(&piece[..count], setting.loses_publishes);
                to.write_all(&passing).await
            } else {
                to.write_all(&piece[..count]).await
            };
            if written.is_err() {
                return;
            }
        }
    }
}

/// Resolves when the way to the server of a connection of this count is ended.
async fn half_closed(mut setting: watch::Receiver<Setting>, count: Option<u64>) {
    let Some(count) = count else {
        return std::future::pending().await;
    };
    let _ = setting
        .wait_for(|setting| setting.half_closes != count)
        .await;
}
