//! The TCP connection under every request: bounds what a peer costs that does not take what it is sent.
//!
//! actix's dispatcher owns the connection, and while it cannot write it asks nobody else. So the bounds are here,
//! where every read and write passes.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::TcpListener;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use actix_http::error::DispatchError;
use actix_http::{HttpService, Request, Response, body::BoxBody, body::MessageBody};
use actix_service::{
    IntoServiceFactory, ServiceFactory, ServiceFactoryExt as _, fn_service, map_config,
};
use actix_web::dev::{AppConfig, Server};
use actix_web::rt::net::TcpStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};
use tracing::debug;

/// A peer that takes nothing for this long while more waits is cut off.
pub const STALLED_AFTER: Duration = Duration::from_secs(20);
/// Bytes that the kernel is asked to hold for a peer that does not read.
const SEND_BUFFER: usize = 64 * 1024;
/// The dispatcher asks a body for more while fewer bytes than this wait to be written. Together with one piece they
/// fit the 8 KiB that a connection has anyway, so that no socket grows by what it once sent.
const WRITE_BUFFER: usize = 4 * 1024;
/// The most that a socket's body gives at once.
pub(super) const PIECE: usize = 4 * 1024;
/// An idle connection without a request is closed after this time.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// The first request's head must come within this time.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// A connection that we end waits this long for the peer's end.
const LINGER: Duration = Duration::from_secs(1);

#[derive(Default)]
struct Shared {
    /// It is cut off at this time, whatever is under way.
    ends_at: Cell<Option<Instant>>,
    /// Nothing more is read: the peer has said its last.
    heard_all: Cell<bool>,
    /// Of the dispatcher.
    waker: RefCell<Option<Waker>>,
}

/// Ends a connection from outside of the dispatcher that owns it.
#[derive(Clone, Default)]
pub struct LineHandle(Rc<Shared>);

impl LineHandle {
    /// Cuts the connection off after this time, if it still stands.
    pub fn end_within(&self, time: Duration) {
        self.0.ends_at.set(Some(Instant::now() + time));
        self.wake();
    }

    /// Reads nothing more: what is to be sent is sent, then our side ends.
    pub fn finish(&self) {
        self.0.heard_all.set(true);
        self.wake();
    }

    fn wake(&self) {
        if let Some(waker) = self.0.waker.take() {
            waker.wake();
        }
    }
}

/// A connection.
pub(super) struct Line {
    stream: TcpStream,
    shared: Rc<Shared>,
    /// Runs while the kernel takes nothing.
    stalled: Option<Pin<Box<Sleep>>>,
    ending: Option<Pin<Box<Sleep>>>,
}

impl Line {
    fn new(stream: TcpStream) -> Line {
        Line {
            stream,
            shared: Rc::default(),
            stalled: None,
            ending: None,
        }
    }

    fn handle(&self) -> LineHandle {
        LineHandle(Rc::clone(&self.shared))
    }

    /// Makes the kernel forget what it holds for the peer once the connection is dropped, which follows the error.
    fn cut(&self, why: &'static str) -> io::Error {
        debug!(why, "Cut a connection off");
        // Without it the kernel would try on its own for as long as the peer acknowledges.
        let _ = socket2::SockRef::from(&self.stream).set_linger(Some(Duration::ZERO));
        io::Error::new(io::ErrorKind::TimedOut, why)
    }

    /// An error once the connection's time is up.
    fn check(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        let Some(ends_at) = self.shared.ends_at.get() else {
            return Ok(());
        };
        let ending = self
            .ending
            .get_or_insert_with(|| Box::pin(sleep_until(ends_at)));
        if ending.as_mut().poll(cx).is_ready() {
            return Err(self.cut("it did not end in time"));
        }
        Ok(())
    }

    fn remember(&self, cx: &Context<'_>) {
        let mut waker = self.shared.waker.borrow_mut();
        if !waker.as_ref().is_some_and(|w| w.will_wake(cx.waker())) {
            *waker = Some(cx.waker().clone());
        }
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check(cx)?;
        if self.shared.heard_all.get() {
            return Poll::Ready(Ok(()));
        }
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if read.is_pending() {
            self.remember(cx);
        }
        read
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check(cx)?;
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        self.remember(cx);
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + STALLED_AFTER)));
        if stalled.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(self.cut("its peer does not read")));
        }
        Poll::Pending
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    /// Ends our side. A connection whose end is timed is held until the peer has ended its side too, which shows that
    /// it has taken everything: after that the kernel would be on its own with what is left.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
        if self.shared.ends_at.get().is_none() {
            return Poll::Ready(Ok(()));
        }
        loop {
            self.check(cx)?;
            let mut scratch = [0; 512];
            let mut buffer = ReadBuf::new(&mut scratch);
            ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buffer))?;
            if buffer.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

/// Serves the connections of a listener with an application, made once for each thread. At the end, requests under way
/// may finish within `shutdown_within_s` seconds.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve<F, I, S, B>(
    listener: TcpListener,
    shutdown_within_s: u64,
    factory: F,
) -> io::Result<Server>
where
    F: Fn() -> I + Send + Clone + 'static,
    I: IntoServiceFactory<S, Request>,
    S: ServiceFactory<Request, Config = AppConfig> + 'static,
    S::Error: Into<Response<BoxBody>> + 'static,
    S::InitError: std::fmt::Debug,
    S::Response: Into<Response<B>> + 'static,
    S::Service: 'static,
    B: MessageBody + 'static,
{
    let builder = Server::build();
    let stopping = builder.graceful_shutdown_signal();
    let server = builder
        .shutdown_timeout(shutdown_within_s)
        .disable_signals()
        .listen("http", listener, move || {
            let stopping = stopping.clone();
            let http = HttpService::build()
                .graceful_shutdown_signal(move || {
                    let stopping = stopping.clone();
                    async move { stopping.notified().await }
                })
                .keep_alive(KEEP_ALIVE)
                .client_request_timeout(HEAD_WITHIN)
                .client_disconnect_timeout(LINGER)
                .h1_write_buffer_size(WRITE_BUFFER)
                .on_connect_ext(|line: &Line, data| {
                    data.insert(line.handle());
                })
                .h1(map_config(factory(), |()| AppConfig::default()));
            fn_service(|stream: TcpStream| async move {
                tune(&stream);
                let peer = stream.peer_addr().ok();
                Ok::<_, DispatchError>((Line::new(stream), peer))
            })
            .and_then(http)
        })?;
    Ok(server.run())
}

/// Bounds what the kernel keeps for a peer that does not read, and how long.
fn tune(stream: &TcpStream) {
    let socket = socket2::SockRef::from(stream);
    // A socket that refuses an option works without it.
    let _ = socket.set_tcp_nodelay(true);
    let _ = socket.set_send_buffer_size(SEND_BUFFER);
    #[cfg(target_os = "linux")]
    let _ = socket.set_tcp_user_timeout(Some(STALLED_AFTER));
}
