//! A WebSocket by hand: any bytes out, frames in, and a peer that reads only when it is told to.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use crate::http::Caller;

/// What does not come within this time does not come.
const PATIENCE: Duration = Duration::from_secs(20);
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// The first byte of a frame that is a message's last, or only, one.
pub const FINAL: u8 = 0x80;
/// Part of a message that has begun.
pub const CONTINUE: u8 = 0;
/// A text.
pub const TEXT: u8 = 1;
/// A binary message.
pub const BINARY: u8 = 2;
/// The end.
pub const CLOSE: u8 = 8;
/// To be answered with a pong.
pub const PING: u8 = 9;
/// The answer to a ping.
pub const PONG: u8 = 10;

/// A frame of the server: its first byte and its payload.
pub type Frame = (u8, Vec<u8>);

/// An open socket.
pub struct RawSocket {
    stream: TcpStream,
    unread: Vec<u8>,
}

impl RawSocket {
    /// Opens `path` at a server such as `http://127.0.0.1:8080`, with these headers besides those of every handshake.
    /// The kernel holds about `receive_buffer` bytes for it.
    ///
    /// # Panics
    /// If the server does not switch protocols.
    pub async fn open(
        base: &str,
        path: &str,
        headers: &[(&str, &str)],
        receive_buffer: Option<u32>,
    ) -> RawSocket {
        let host = base.trim_start_matches("http://");
        let opened = async {
            let socket = TcpSocket::new_v4()?;
            if let Some(size) = receive_buffer {
                socket.set_recv_buffer_size(size)?;
            }
            let address: SocketAddr = host.parse().map_err(std::io::Error::other)?;
            socket.connect(address).await
        };
        let stream = match opened.await {
            Ok(stream) => stream,
            Err(error) => panic!("no connection to {host}: {error}"),
        };
        let mut socket = RawSocket {
            stream,
            unread: Vec::new(),
        };
        let mut request = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n"
        );
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        socket.bytes(request.as_bytes()).await;
        let head = loop {
            if let Some(end) = find(&socket.unread, b"\r\n\r\n") {
                break socket.unread.drain(..end + 4).collect::<Vec<_>>();
            }
            assert!(socket.more().await, "no answer to the handshake");
        };
        let head = String::from_utf8_lossy(&head).into_owned();
        assert!(head.starts_with("HTTP/1.1 101"), "{head}");
        socket
    }

    /// Opens the socket of Deskwire for this caller, without a hello.
    pub async fn connect(base: &str, caller: &Caller, receive_buffer: Option<u32>) -> RawSocket {
        let cookie = caller.cookie.clone().unwrap_or_default();
        let headers = [
            ("Sec-WebSocket-Protocol", "deskwire.v1"),
            ("Cookie", &cookie),
        ];
        RawSocket::open(base, "/api/v1/ws", &headers, receive_buffer).await
    }

    /// This end's address.
    ///
    /// # Panics
    /// If the connection is gone.
    #[must_use]
    pub fn local_address(&self) -> SocketAddr {
        match self.stream.local_addr() {
            Ok(address) => address,
            Err(error) => panic!("no address: {error}"),
        }
    }

    /// Sends any bytes. A connection that is closed already loses them, as it would on a network.
    pub async fn bytes(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes).await;
    }

    /// Sends a frame of this first byte, masked as a client's must be.
    pub async fn frame(&mut self, first: u8, payload: &[u8]) {
        self.bytes(&frame(first, payload)).await;
    }

    /// The next frame; `None` at the end of the connection, however it ends.
    ///
    /// # Panics
    /// If nothing comes.
    pub async fn next(&mut self) -> Option<Frame> {
        loop {
            if let Some((size, frame)) = parse(&self.unread) {
                self.unread.drain(..size);
                return Some(frame);
            }
            if !self.more().await {
                return None;
            }
        }
    }

    /// Reads what has come; false at the end.
    async fn more(&mut self) -> bool {
        let mut chunk = vec![0; 16 * 1024];
        match tokio::time::timeout(PATIENCE, self.stream.read(&mut chunk)).await {
            Ok(Ok(0) | Err(_)) => false,
            Ok(Ok(size)) => {
                self.unread.extend_from_slice(&chunk[..size]);
                true
            }
            Err(_) => panic!("nothing came"),
        }
    }
}

/// The bytes of a masked frame.
#[must_use]
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = head(first, payload.len() as u64);
    let masked = payload.iter().zip(MASK.iter().cycle());
    bytes.extend(masked.map(|(byte, mask)| byte ^ mask));
    bytes
}

/// The bytes before the payload of a masked frame, in the shortest form of its size.
#[must_use]
pub fn head(first: u8, size: u64) -> Vec<u8> {
    let mut bytes = vec![first];
    match size {
        0..=125 => bytes.push(0x80 | size as u8),
        126..=0xffff => {
            bytes.push(0x80 | 126);
            bytes.extend((size as u16).to_be_bytes());
        }
        _ => {
            bytes.push(0x80 | 127);
            bytes.extend(size.to_be_bytes());
        }
    }
    bytes.extend(MASK);
    bytes
}

/// A whole frame at the beginning of these bytes, with the bytes that it takes.
fn parse(bytes: &[u8]) -> Option<(usize, Frame)> {
    let (&first, &second) = (bytes.first()?, bytes.get(1)?);
    assert_eq!(second & 0x80, 0, "a server masks nothing");
    let (begin, size) = match second {
        126 => (
            4,
            u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?).into(),
        ),
        127 => (10, u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)),
        short => (2, short.into()),
    };
    let end = begin + usize::try_from(size).ok()?;
    Some((end, (first, bytes.get(begin..end)?.to_vec())))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
