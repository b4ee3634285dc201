//! One WebSocket: hello, then a reader and a writer apart from each other.
//!
//! The reader turns frames into use cases and watches the clock; the writer sends what the hub queues. The
//! reader never sends by itself, so a peer that stops reading cannot hold it up.

mod commands;
pub mod endings;
mod greeting;
mod pace;
mod reader;
pub mod waiting;
mod writer;

use std::sync::Arc;

use actix_ws::{AggregatedMessageStream, CloseCode as Code, CloseReason, Session};
use auth::CookieSession;
use contract::frames::ServerFrame;
use contract::socket::CloseCode;
use realtime::{ConnectError, Peer};
use tracing::{Instrument as _, error_span, info};

use self::waiting::Place;
use crate::state::State;

/// Serves a socket whose handshake has passed, to its end. It keeps its place among those that wait until it
/// has said hello.
pub async fn serve(
    state: Arc<State>,
    cookie: CookieSession,
    place: Option<Place>,
    session: Session,
    stream: AggregatedMessageStream,
) {
    let span = error_span!(
        "socket",
        user.id = %cookie.user_id(),
        client.address = place.as_ref().map(|place| display(place.address()))
    );
    run(state, cookie, place, session, stream)
        .instrument(span)
        .await;
}

async fn run(
    state: Arc<State>,
    cookie: CookieSession,
    place: Option<Place>,
    session: Session,
    mut stream: AggregatedMessageStream,
) {
    // Boxed, because it is needed once and the socket may stay for days.
    let greeting = Box::pin(greeting::receive(&state, &cookie, &mut stream)).await;
    drop(place);
    let greeting = match greeting {
        Ok(greeting) => greeting,
        Err(refused) => return Box::pin(refuse(session, refused)).await,
    };
    let peer = Peer {
        person: greeting.user.person(),
        session_id: greeting.verified.session_id().clone(),
    };
    let (connection, outbound) = match state.hub.connect(peer) {
        Ok(halves) => halves,
        Err(ConnectError::TooMany) => return refuse(session, CloseCode::TooMany.into()).await,
        Err(ConnectError::Draining) => return refuse(session, CloseCode::Draining.into()).await,
    };
    info!("Connected a socket");
    let pongs = session.clone();
    let writer = actix_web::rt::spawn(writer::run(session, outbound));
    let reader = reader::Reader::new(state, cookie, connection, pongs, greeting);
    reader.run(stream, writer).await;
    info!("Disconnected a socket");
}

/// Why a socket is closed before it is connected, with the error that says more.
struct Refused {
    code: CloseCode,
    error: Option<ServerFrame>,
}

impl From<CloseCode> for Refused {
    fn from(code: CloseCode) -> Refused {
        Refused { code, error: None }
    }
}

async fn refuse(mut session: Session, refused: Refused) {
    let sent = async {
        if let Some(error) = refused.error
            && let Ok(text) = serde_json::to_string(&error)
        {
            session.text(text).await?;
        }
        session.close(Some(reason(refused.code))).await
    };
    // The peer may be gone already; then there is nobody to tell.
    let _ = tokio::time::timeout(writer::WRITE_WITHIN, sent).await;
}

fn reason(code: CloseCode) -> CloseReason {
    CloseReason {
        code: Code::Other(code.code()),
        description: None,
    }
}
