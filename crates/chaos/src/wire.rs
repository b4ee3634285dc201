//! One WebSocket connection, of which nothing is expected but that it may end.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::account::Account;
use crate::api::Counters;

const DIAL_WITHIN: Duration = Duration::from_secs(10);
const SEND_WITHIN: Duration = Duration::from_secs(10);
/// Nothing for this long, where the server pings every 25 s, is a dead line.
const SILENCE: Duration = Duration::from_secs(35);
/// The longest pause before another attempt; the contract's 20 s would be too long for a test.
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// Why a connection ended: the server's code, or none if it broke.
pub(crate) type Ended = Option<u16>;

/// An open socket.
pub(crate) struct Wire {
    stream: WebSocketStream<TcpStream>,
    next_id: u64,
}

/// How to reach a node.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) host: SocketAddr,
    /// Bytes that the kernel takes in for a client that does not read; none: as usual.
    pub(crate) buffer: Option<u32>,
}

impl Line {
    async fn connect(self) -> io::Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        if let Some(bytes) = self.buffer {
            socket.set_recv_buffer_size(bytes)?;
        }
        let stream = socket.connect(self.host).await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }
}

/// A frame from the server.
pub(crate) struct Frame {
    pub(crate) text: Utf8Bytes,
    pub(crate) json: Value,
}

impl Frame {
    /// Its type.
    pub(crate) fn kind(&self) -> &str {
        self.json["type"].as_str().unwrap_or_default()
    }
}

impl Wire {
    /// Opens a socket at a node and says hello, perhaps with a ticket and a position. None: try again later.
    pub(crate) async fn dial(
        account: &Account,
        node: &str,
        place: Option<(i64, i64)>,
    ) -> Option<Wire> {
        let line = Line {
            host: node.trim_start_matches("http://").parse().ok()?,
            buffer: None,
        };
        Wire::dial_over(account, line, place).await
    }

    /// The same over a line of this kind.
    pub(crate) async fn dial_over(
        account: &Account,
        line: Line,
        place: Option<(i64, i64)>,
    ) -> Option<Wire> {
        let tokens = account.tokens();
        let url = format!("ws://{}/api/v1/ws", line.host);
        let mut request = url.into_client_request().ok()?;
        let headers = request.headers_mut();
        headers.insert(
            "sec-websocket-protocol",
            HeaderValue::from_static("deskwire.v1"),
        );
        headers.insert("cookie", HeaderValue::from_str(&tokens.cookie).ok()?);
        let opened = async {
            let stream = line.connect().await?;
            client_async(request, stream).await
        };
        let stream = match timeout(DIAL_WITHIN, opened).await.ok()? {
            Ok((stream, _)) => stream,
            Err(Error::Http(response)) => {
                match response.status().as_u16() {
                    401 => account.signed_out(&tokens).await.ok()?,
                    503 | 429 => account.api.unavailable("a handshake was put off"),
                    status => {
                        let text = format!("a handshake was answered with {status}");
                        account.api.violations.add(text);
                    }
                }
                return None;
            }
            Err(_) => return None,
        };
        let mut wire = Wire { stream, next_id: 1 };
        let mut hello = json!({"type": "hello", "token": tokens.access});
        if let Some((ticket, after)) = place {
            hello["ticket_id"] = ticket.into();
            hello["after"] = after.into();
        }
        wire.command(hello).await?;
        Some(wire)
    }

    /// Sends a command under an id of its own, and gives that.
    pub(crate) async fn command(&mut self, mut command: Value) -> Option<u64> {
        let id = self.next_id;
        self.next_id += 1;
        command["id"] = id.into();
        self.send(&command).await.then_some(id)
    }

    /// Its port on this side.
    pub(crate) fn port(&self) -> io::Result<u16> {
        Ok(self.stream.get_ref().local_addr()?.port())
    }

    /// Answers a ping.
    pub(crate) async fn pong(&mut self) -> bool {
        self.send(&json!({"type": "pong"})).await
    }

    /// The next frame, or how the connection ended.
    pub(crate) async fn next(&mut self) -> Result<Frame, Ended> {
        loop {
            let message = timeout(SILENCE, self.stream.next()).await;
            match message.map_err(|_| None)? {
                Some(Ok(Message::Text(text))) => {
                    let json = serde_json::from_str(&text).unwrap_or_default();
                    return Ok(Frame { text, json });
                }
                Some(Ok(Message::Close(reason))) => {
                    return Err(reason.map(|reason| reason.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(None),
            }
        }
    }

    async fn send(&mut self, frame: &Value) -> bool {
        let text = Utf8Bytes::from(frame.to_string());
        let sent = timeout(SEND_WITHIN, self.stream.send(Message::Text(text))).await;
        matches!(sent, Ok(Ok(())))
    }
}

/// What a client does after an end: renews what is due, notes what should not be, and pauses with full jitter.
pub(crate) async fn recover(account: &Account, ended: Ended, attempt: u32) {
    let tokens = account.tokens();
    // What fails here is tried again with the next connection.
    match ended {
        Some(4401) => drop(account.refresh(&tokens).await),
        Some(4403) => drop(account.signed_out(&tokens).await),
        Some(code @ (4400 | 4408 | 4413 | 4429 | 4500)) => {
            let text = format!("a socket was closed with {code}");
            account.api.violations.add(text);
        }
        _ => {}
    }
    Counters::count(&account.api.counters.reconnects);
    let longest = Duration::from_millis(250).saturating_mul(1 << attempt.min(6));
    sleep(longest.min(LONGEST_PAUSE).mul_f64(rand::random())).await;
}
