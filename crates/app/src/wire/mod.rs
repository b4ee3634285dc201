//! WebSockets as bytes: handshake, frames in, frames out, and the end of the connection. Knows no command.
//!
//! What goes out is pulled: the connection asks for the next piece of a frame once it has room for it, so frames
//! wait in the [`Source`] and nowhere else.

mod inbound;
pub mod line;
mod outlet;

use std::time::Duration;

use actix_http::body::BoxBody;
use actix_http::ws::{CloseReason, HandshakeError, handshake};
use actix_web::http::header::{HeaderValue, SEC_WEBSOCKET_PROTOCOL};
use actix_web::{HttpRequest, HttpResponse, web};

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
/// # Errors
/// What is missing for a handshake.
pub fn open<S: Source + 'static>(
    request: &HttpRequest,
    payload: web::Payload,
    protocol: Option<&'static str>,
    limit: usize,
) -> Result<(HttpResponse, Socket<S>), HandshakeError> {
    let mut response = handshake(request.head())?;
    if let Some(protocol) = protocol {
        let protocol = HeaderValue::from_static(protocol);
        response.insert_header((SEC_WEBSOCKET_PROTOCOL, protocol));
    }
    let (outlet, body) = outlet::pair();
    let socket = Socket {
        inbound: Inbound::new(payload, limit),
        outlet,
        line: request
            .conn_data::<LineHandle>()
            .cloned()
            .unwrap_or_default(),
    };
    let response = response.body(BoxBody::new(body));
    Ok((HttpResponse::from(response).map_into_boxed_body(), socket))
}
