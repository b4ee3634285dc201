//! One WebSocket: hello, then a reader of commands, beside the hub's queue that the connection takes frames from.
//!
//! The reader turns frames into use cases and watches the clock. It never sends by itself, so a peer that stops
//! reading cannot hold it up.

mod commands;
pub mod endings;
mod greeting;
mod pace;
mod reader;
pub mod waiting;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_ws::CloseReason;
use auth::CookieSession;
use contract::frames::ServerFrame;
use contract::socket::CloseCode;
use realtime::{ConnectError, Outbound, Outgoing, Peer};
use tracing::{Instrument as _, debug, error_span, info};

use self::reader::End;
use self::waiting::Place;
use crate::state::State;
use crate::wire::{self, CLOSE_WITHIN, Frame, Source};

/// As [`CLOSE_WITHIN`], when the process ends: it must not wait for long for peers that have gone.
const STOP_WITHIN: Duration = Duration::from_secs(2);

/// A socket that takes its frames from the hub.
pub type Socket = wire::Socket<Outbound>;

impl Source for Outbound {
    fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Option<Frame>> {
        self.poll_next(cx).map(|outgoing| {
            Some(match outgoing? {
                Outgoing::Text(bytes) => Frame::Text(bytes),
                Outgoing::Close(code) => {
                    debug!(code = code.code(), "Closing a socket");
                    Frame::Close(Some(code.code()))
                }
            })
        })
    }
}

/// Serves a socket whose handshake has passed, to its end. It keeps its place among those that wait until it
/// has said hello.
pub async fn serve(state: Arc<State>, cookie: CookieSession, place: Option<Place>, socket: Socket) {
    let span = error_span!(
        "socket",
        user.id = %cookie.user_id(),
        client.address = place.as_ref().map(|place| display(place.address()))
    );
    run(state, cookie, place, socket).instrument(span).await;
}

async fn run(state: Arc<State>, cookie: CookieSession, place: Option<Place>, mut socket: Socket) {
    // Boxed, because it is needed once and the socket may stay for days.
    let greeting = Box::pin(greeting::receive(&state, &cookie, &mut socket)).await;
    drop(place);
    let greeting = match greeting {
        Ok(greeting) => greeting,
        Err(refused) => return refuse(&state, socket, refused).await,
    };
    let peer = Peer {
        person: greeting.user.person(),
        session_id: greeting.verified.session_id().clone(),
    };
    let (connection, outbound) = match state.hub.connect(peer) {
        Ok(halves) => halves,
        Err(ConnectError::TooMany) => {
            return refuse(&state, socket, CloseCode::TooMany.into()).await;
        }
        Err(ConnectError::Draining) => {
            return refuse(&state, socket, CloseCode::Draining.into()).await;
        }
    };
    socket.outlet.connect(outbound);
    info!("Connected a socket");
    let reader = reader::Reader::new(Arc::clone(&state), cookie, connection, socket, greeting);
    let (socket, end) = reader.run().await;
    info!("Disconnected a socket");
    match end {
        End::Left(reason) => socket.answer_close(reason),
        End::Close(_) | End::Over => socket.part(close_within(&state)).await,
    }
}

/// Why a socket is closed before it is connected.
enum Refused {
    /// By us, with the error that says more.
    Closed(CloseCode, Option<Box<ServerFrame>>),
    /// By the peer.
    Left(Option<CloseReason>),
}

impl From<CloseCode> for Refused {
    fn from(code: CloseCode) -> Refused {
        Refused::Closed(code, None)
    }
}

async fn refuse(state: &State, socket: Socket, refused: Refused) {
    match refused {
        Refused::Left(reason) => socket.answer_close(reason),
        Refused::Closed(code, error) => {
            let error = error.and_then(|error| serde_json::to_vec(&error).ok());
            let code = Some(code.code());
            socket.outlet.close(error.map(Into::into), code);
            socket.part(close_within(state)).await;
        }
    }
}

fn close_within(state: &State) -> Duration {
    match state.draining.load(Ordering::Relaxed) {
        true => STOP_WITHIN,
        false => CLOSE_WITHIN,
    }
}
