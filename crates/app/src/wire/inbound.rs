//! Frames in: actix's parser, with the bounds that it leaves to others.
//!
//! The parser looks at a frame's size only once all of it is there, and what it gives keeps the buffer that it came
//! in. So sizes are judged here as soon as they are announced, and what may wait is copied.

use actix_http::ws::{OpCode, Parser};
use actix_web::web::{Bytes, BytesMut, Payload};
use actix_ws::{CloseReason, ProtocolError};
use futures_util::StreamExt as _;

/// The longest payload of a control frame (RFC 6455, 5.5).
pub(super) const CONTROL_MAX: usize = 125;

/// A message or control frame of the peer.
#[derive(Debug, PartialEq, Eq)]
pub enum Received {
    /// A text, of however many frames.
    Text(String),
    /// A binary message.
    Binary(Bytes),
    /// To be answered with a pong of the same payload.
    Ping(Bytes),
    /// The answer to a ping of the protocol, or nothing of interest.
    Pong,
    /// To be answered with a close; nothing follows.
    Close(Option<CloseReason>),
}

/// Why there is nothing more to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The peer broke RFC 6455.
    Protocol,
    /// A text is not UTF-8.
    NotUtf8,
    /// A message is larger than allowed.
    TooLarge,
    /// The connection is gone.
    Gone,
}

impl Broken {
    /// The code to close with (RFC 6455, 7.4.1); none when nobody is there to read it.
    #[must_use]
    pub fn code(self) -> Option<u16> {
        match self {
            Broken::Protocol => Some(1002),
            Broken::NotUtf8 => Some(1007),
            Broken::TooLarge => Some(1009),
            Broken::Gone => None,
        }
    }
}

impl From<ProtocolError> for Broken {
    fn from(error: ProtocolError) -> Broken {
        match error {
            ProtocolError::Overflow => Broken::TooLarge,
            _ => Broken::Protocol,
        }
    }
}

/// A message of which fragments have come.
struct Partial {
    is_text: bool,
    bytes: Vec<u8>,
    /// So many of them are known to be UTF-8.
    valid: usize,
}

/// What the peer sends.
pub struct Inbound {
    payload: Payload,
    buffer: BytesMut,
    partial: Option<Box<Partial>>,
    limit: usize,
    broken: Option<Broken>,
}

impl Inbound {
    pub(super) fn new(payload: Payload, limit: usize) -> Inbound {
        Inbound {
            payload,
            buffer: BytesMut::new(),
            partial: None,
            limit,
            broken: None,
        }
    }

    /// The next message or control frame. Dropping the future loses nothing.
    ///
    /// # Errors
    /// When nothing more can be read, now and from then on.
    pub async fn next(&mut self) -> Result<Received, Broken> {
        if let Some(broken) = self.broken {
            return Err(broken);
        }
        let next = self.try_next().await;
        self.broken = next.as_ref().err().copied();
        next
    }

    async fn try_next(&mut self) -> Result<Received, Broken> {
        loop {
            if let Some(received) = self.received()? {
                return Ok(received);
            }
            match self.payload.next().await {
                Some(Ok(bytes)) => self.buffer.extend_from_slice(&bytes),
                Some(Err(_)) | None => return Err(Broken::Gone),
            }
        }
    }

    /// Takes in what has come; `None` when there is no whole message of it.
    fn received(&mut self) -> Result<Option<Received>, Broken> {
        loop {
            self.check_head()?;
            let Some((is_final, opcode, payload)) =
                Parser::parse(&mut self.buffer, true, self.limit)?
            else {
                return Ok(None);
            };
            if self.buffer.is_empty() {
                // An idle socket keeps no buffer.
                self.buffer = BytesMut::new();
            }
            let received = self.frame(is_final, opcode, &payload.unwrap_or_default())?;
            if received.is_some() {
                return Ok(received);
            }
        }
    }

    /// Refuses a frame by its announced size, before it is waited for.
    fn check_head(&self) -> Result<(), Broken> {
        let &[first, second, ref rest @ ..] = &self.buffer[..] else {
            return Ok(());
        };
        let (is_final, is_control) = (first & 0x80 != 0, first & 0x08 != 0);
        let announced = match (second & 0x7f, rest) {
            (126, &[a, b, ..]) => u16::from_be_bytes([a, b]).into(),
            (127, &[a, b, c, d, e, f, g, h, ..]) => u64::from_be_bytes([a, b, c, d, e, f, g, h]),
            (126 | 127, _) if is_control => return Err(Broken::Protocol),
            (126 | 127, _) => return Ok(()),
            (short, _) => short.into(),
        };
        if is_control {
            let fits = usize::try_from(announced).is_ok_and(|size| size <= CONTROL_MAX);
            return if fits && is_final {
                Ok(())
            } else {
                Err(Broken::Protocol)
            };
        }
        if announced > i64::MAX.unsigned_abs() {
            return Err(Broken::Protocol);
        }
        let before = self.partial.as_ref().map_or(0, |p| p.bytes.len());
        match usize::try_from(announced) {
            Ok(size) if size <= self.limit.saturating_sub(before) => Ok(()),
            _ => Err(Broken::TooLarge),
        }
    }

    fn frame(
        &mut self,
        is_final: bool,
        opcode: OpCode,
        payload: &[u8],
    ) -> Result<Option<Received>, Broken> {
        Ok(Some(match opcode {
            OpCode::Ping => Received::Ping(Bytes::copy_from_slice(payload)),
            OpCode::Pong => Received::Pong,
            OpCode::Close => {
                let reason = payload.get(2..).unwrap_or_default();
                std::str::from_utf8(reason).map_err(|_| Broken::NotUtf8)?;
                Received::Close(Parser::try_parse_close_payload(payload)?)
            }
            OpCode::Text | OpCode::Binary if self.partial.is_some() => {
                return Err(Broken::Protocol);
            }
            OpCode::Text if is_final => Received::Text(text(payload.to_vec())?),
            OpCode::Binary if is_final => Received::Binary(Bytes::copy_from_slice(payload)),
            OpCode::Text | OpCode::Binary => {
                let partial = self.partial.insert(Box::new(Partial {
                    is_text: opcode == OpCode::Text,
                    bytes: Vec::new(),
                    valid: 0,
                }));
                partial.extend(payload)?;
                return Ok(None);
            }
            OpCode::Continue => {
                let mut partial = self.partial.take().ok_or(Broken::Protocol)?;
                partial.extend(payload)?;
                if !is_final {
                    self.partial = Some(partial);
                    return Ok(None);
                }
                if partial.is_text {
                    Received::Text(text(partial.bytes)?)
                } else {
                    Received::Binary(partial.bytes.into())
                }
            }
            OpCode::Bad => return Err(Broken::Protocol),
        }))
    }
}

impl Partial {
    /// Adds a fragment; refuses what no further one can make UTF-8.
    fn extend(&mut self, fragment: &[u8]) -> Result<(), Broken> {
        self.bytes.extend_from_slice(fragment);
        if !self.is_text {
            return Ok(());
        }
        match std::str::from_utf8(&self.bytes[self.valid..]) {
            Ok(_) => self.valid = self.bytes.len(),
            Err(error) if error.error_len().is_none() => self.valid += error.valid_up_to(),
            Err(_) => return Err(Broken::NotUtf8),
        }
        Ok(())
    }
}

fn text(bytes: Vec<u8>) -> Result<String, Broken> {
    String::from_utf8(bytes).map_err(|_| Broken::NotUtf8)
}
