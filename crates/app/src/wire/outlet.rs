//! Frames out: the body of the upgrade's response, which takes from its source as the connection has room.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use actix_http::body::{BodySize, MessageBody};
use actix_web::web::Bytes;

use super::inbound::CONTROL_MAX;
use super::line::PIECE;

const TEXT: u8 = 1;
const BINARY: u8 = 2;
const CLOSE: u8 = 8;
const PONG: u8 = 10;

/// Pongs that wait for a connection that has no room.
const PONGS: usize = 16;

/// A frame to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// A text: UTF-8.
    Text(Bytes),
    /// A binary message.
    Binary(Bytes),
    /// The end, with a code.
    Close(Option<u16>),
}

/// Where frames wait.
pub trait Source {
    /// The next frame; `None` ends the socket.
    fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Option<Frame>>;
}

enum Stage<S> {
    /// There is no source yet.
    Waiting,
    Open(S),
    /// Says a last word, then closes.
    Closing(Option<Bytes>, Option<u16>),
    /// The close is sent or under way. The response ends with the reader, which waits for the peer's close: what came
    /// after the response would be thrown away unread.
    Closed,
    Ended,
}

struct Shared<S> {
    stage: Stage<S>,
    /// The payloads of the last pings that are not answered.
    pongs: VecDeque<Bytes>,
    has_reader: bool,
    body: Option<Waker>,
}

/// The reader's side of what is sent.
pub struct Outlet<S>(Rc<RefCell<Shared<S>>>);

/// The response's body.
pub(super) struct Body<S> {
    shared: Rc<RefCell<Shared<S>>>,
    /// What is left of the frame under way.
    head: Bytes,
    payload: Bytes,
}

/// An outlet and the body that it ends in.
pub(super) fn pair<S: Source>() -> (Outlet<S>, Body<S>) {
    let shared = Rc::new(RefCell::new(Shared {
        stage: Stage::Waiting,
        pongs: VecDeque::new(),
        has_reader: true,
        body: None,
    }));
    let body = Body {
        shared: Rc::clone(&shared),
        head: Bytes::new(),
        payload: Bytes::new(),
    };
    (Outlet(shared), body)
}

impl<S> Outlet<S> {
    fn change(&self, change: impl FnOnce(&mut Shared<S>)) {
        let mut shared = self.0.borrow_mut();
        if matches!(shared.stage, Stage::Closed | Stage::Ended) {
            return;
        }
        change(&mut shared);
        if let Some(body) = shared.body.take() {
            body.wake();
        }
    }

    /// Sends what the source has from here on.
    pub fn connect(&self, source: S) {
        self.change(|shared| shared.stage = Stage::Open(source));
    }

    /// Answers a ping, before the frames that wait. Of more than 16 pings the first are not answered, nor need
    /// they be (RFC 6455, 5.5.3).
    pub fn pong(&self, payload: Bytes) {
        self.change(|shared| {
            if shared.pongs.len() == PONGS {
                shared.pongs.pop_front();
            }
            shared.pongs.push_back(payload);
        });
    }

    /// Closes instead of sending what the source has, after a last text.
    pub fn close(&self, last: Option<Bytes>, code: Option<u16>) {
        self.change(|shared| shared.stage = Stage::Closing(last, code));
    }
}

impl<S> Drop for Outlet<S> {
    fn drop(&mut self) {
        let mut shared = self.0.borrow_mut();
        match shared.stage {
            Stage::Waiting => shared.stage = Stage::Closing(None, None),
            Stage::Closed => shared.stage = Stage::Ended,
            Stage::Open(_) | Stage::Closing(..) | Stage::Ended => {}
        }
        shared.has_reader = false;
        if let Some(body) = shared.body.take() {
            body.wake();
        }
    }
}

impl<S: Source> Body<S> {
    fn begin(&mut self, opcode: u8, payload: Bytes) {
        self.head = head(opcode, payload.len());
        self.payload = payload;
    }

    /// The next piece of the frame under way.
    fn piece(&mut self) -> Option<Bytes> {
        if !self.head.is_empty() {
            return Some(std::mem::take(&mut self.head));
        }
        let size = self.payload.len().min(PIECE);
        (size > 0).then(|| self.payload.split_to(size))
    }

    /// Takes up the next frame; false at the end.
    fn poll_begin(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        let shared = Rc::clone(&self.shared);
        let mut shared = shared.borrow_mut();
        if !matches!(shared.stage, Stage::Closed | Stage::Ended)
            && let Some(payload) = shared.pongs.pop_front()
        {
            self.begin(PONG, payload);
            return Poll::Ready(true);
        }
        let next = match &mut shared.stage {
            Stage::Waiting | Stage::Closed => Poll::Pending,
            Stage::Open(source) => source.poll_frame(cx),
            Stage::Closing(last, code) => Poll::Ready(Some(match last.take() {
                Some(last) => Frame::Text(last),
                None => Frame::Close(*code),
            })),
            Stage::Ended => return Poll::Ready(false),
        };
        let code = match next {
            Poll::Pending => {
                shared.body = Some(cx.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(Some(Frame::Text(text))) => {
                self.begin(TEXT, text);
                return Poll::Ready(true);
            }
            Poll::Ready(Some(Frame::Binary(bytes))) => {
                self.begin(BINARY, bytes);
                return Poll::Ready(true);
            }
            Poll::Ready(Some(Frame::Close(code))) => code,
            Poll::Ready(None) => None,
        };
        shared.stage = if shared.has_reader {
            Stage::Closed
        } else {
            Stage::Ended
        };
        let code = code.map(u16::to_be_bytes);
        self.begin(
            CLOSE,
            code.map_or_else(Bytes::new, |code| code.to_vec().into()),
        );
        Poll::Ready(true)
    }
}

impl<S: Source> MessageBody for Body<S> {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Infallible>>> {
        let this = self.get_mut();
        loop {
            if let Some(piece) = this.piece() {
                return Poll::Ready(Some(Ok(piece)));
            }
            match this.poll_begin(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(true) => {}
                Poll::Ready(false) => return Poll::Ready(None),
            }
        }
    }
}

impl<S> Unpin for Body<S> {}

impl<S> Drop for Body<S> {
    /// The connection is gone: so is the source, which tells its other end.
    fn drop(&mut self) {
        let stage = {
            let mut shared = self.shared.borrow_mut();
            shared.pongs = VecDeque::new();
            shared.body = None;
            std::mem::replace(&mut shared.stage, Stage::Ended)
        };
        drop(stage);
    }
}

/// The head of an unmasked final frame (RFC 6455, 5.2). Written here rather than by the codec, which would copy the
/// payload: one frame goes to everybody in a room.
fn head(opcode: u8, size: usize) -> Bytes {
    let first = 0x80 | opcode;
    let mut head = Vec::with_capacity(10);
    head.push(first);
    if let Ok(short) = u8::try_from(size)
        && size <= CONTROL_MAX
    {
        head.push(short);
    } else if let Ok(medium) = u16::try_from(size) {
        head.push(126);
        head.extend(medium.to_be_bytes());
    } else {
        head.push(127);
        head.extend((size as u64).to_be_bytes());
    }
    head.into()
}
