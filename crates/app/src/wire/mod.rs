//! WebSockets as bytes: handshake, frames in, frames out, and the end of the connection. Knows no command.
//!
//! What goes out is pulled: the connection asks for the next piece of a frame once it has room for it, so frames
//! wait in the [`Source`] and nowhere else.

mod inbound;
pub mod line;
mod outlet;

use std::time::Duration;

use actix_http::body::BoxBody;
use actix_web::dev::Payload;
use actix_web::{Error, FromRequest as _, HttpRequest, HttpResponse, web};
use actix_ws::CloseReason;

pub use self::inbound::{Broken, Inbound, Received};
use self::line::LineHandle;
pub use self::outlet::{Frame, Outlet, Source};

/// A socket is cut off this long after it was closed, if its peer has not taken what was left to send.
pub const CLOSE_WITHIN: Duration = Duration::from_secs(10);

/// An open WebSocket.
pub struct Socket<S: Source> {
    /// What the peer sends.
    pub inbound: Inbound,
    /// What it is sent.
    pub outlet: Outlet<S>,
    /// Its connection.
    pub line: LineHandle,
}

impl<S: Source> Socket<S> {
    /// Lets a socket end that was closed, by its source or by its outlet: the peer's close is waited for, and its end,
    /// but no longer than this.
    pub async fn part(mut self, within: Duration) {
        self.line.end_within(within);
        while !matches!(self.inbound.next().await, Ok(Received::Close(_)) | Err(_)) {}
        self.line.finish();
    }

    /// Answers the peer's close with its own code (RFC 6455, 5.5.1), and lets the socket end.
    pub fn answer_close(self, reason: Option<CloseReason>) {
        self.outlet
            .close(None, reason.map(|reason| reason.code.into()));
        self.line.end_within(CLOSE_WITHIN);
        self.line.finish();
    }
}

/// Answers a handshake: the response to give, and the socket that it opens. Messages of more than `limit` bytes
/// are refused.
///
/// actix-ws negotiates. Its stream and its session are not used: the stream buffers a frame of whatever announced
/// size, and the session's channel keeps 32 frames that no queue knows of.
///
/// # Errors
/// What is missing for a handshake.
pub fn open<S: Source + 'static>(
    request: &HttpRequest,
    payload: web::Payload,
    protocols: &[&str],
    limit: usize,
) -> Result<(HttpResponse, Socket<S>), Error> {
    let nothing = web::Payload::from_request(request, &mut Payload::None).into_inner()?;
    let (response, _, _) = actix_ws::handle_with_protocols(request, nothing, protocols)?;
    let (outlet, body) = outlet::pair();
    let socket = Socket {
        inbound: Inbound::new(payload, limit),
        outlet,
        line: request
            .conn_data::<LineHandle>()
            .cloned()
            .unwrap_or_default(),
    };
    Ok((response.set_body(BoxBody::new(body)), socket))
}
