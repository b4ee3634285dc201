//! The first frame of a socket: `hello`, in time, with an access token of the cookie's session.

use auth::{AuthError, CookieSession, VerifiedSession};
use contract::ErrorCode;
use contract::decode::{self, FrameReason};
use contract::frames::{Command, ServerFrame};
use contract::socket::CloseCode;
use domain::{Seq, TicketId, User};

use super::{Refused, Socket};
use crate::http::problem::ApiError;
use crate::http::refusal;
use crate::state::State;
use crate::wire::{Broken, Received};

/// A socket that has said hello.
pub(super) struct Greeting {
    /// Of the command, for the reply.
    pub(super) id: u64,
    pub(super) user: User,
    pub(super) verified: VerifiedSession,
    /// A ticket to join in the same breath.
    pub(super) join: Option<(TicketId, Option<Seq>)>,
}

/// Waits for the hello and verifies it.
pub(super) async fn receive(
    state: &State,
    cookie: &CookieSession,
    socket: &mut Socket,
) -> Result<Greeting, Refused> {
    let text = tokio::time::timeout(state.config.sockets.hello_within, first_text(socket))
        .await
        .map_err(|_| CloseCode::NoHello)??;
    let frame = decode::frame(&text).map_err(|error| match error.reason {
        FrameReason::NotJson => CloseCode::NotJson.into(),
        FrameReason::Invalid => refused(CloseCode::NoHello, error.id, ErrorCode::Invalid),
    })?;
    let Command::Hello {
        token,
        ticket_id,
        after,
    } = frame.command
    else {
        return Err(refused(
            CloseCode::NoHello,
            frame.id,
            ErrorCode::Unauthenticated,
        ));
    };
    let id = frame
        .id
        .ok_or_else(|| refused(CloseCode::NoHello, None, ErrorCode::Invalid))?;
    let verified = state
        .authenticator
        .authenticate_socket(&token, cookie)
        .await
        .inspect_err(refusal::audit_tokens)
        .map_err(|error| refused(close_code(&error), Some(id), ApiError::from(error).code))?;
    let user = state
        .services
        .accounts
        .me(&verified)
        .await
        .map_err(|error| {
            let code = ApiError::from(error).code;
            let close = match code {
                ErrorCode::Unauthenticated => CloseCode::Revoked,
                _ => CloseCode::CannotValidate,
            };
            refused(close, Some(id), code)
        })?;
    let join = ticket_id.map(|ticket_id| (TicketId(ticket_id), after.map(Seq)));
    Ok(Greeting {
        id,
        user,
        verified,
        join,
    })
}

/// How a socket is closed whose session cannot be verified.
pub(super) fn close_code(error: &AuthError) -> CloseCode {
    match error {
        AuthError::Expired | AuthError::Invalid => CloseCode::Expired,
        AuthError::SessionEnded | AuthError::Reused { .. } => CloseCode::Revoked,
        AuthError::Unavailable => CloseCode::CannotValidate,
    }
}

/// How a socket is closed that broke the protocol.
pub(super) fn protocol_close(broken: Broken) -> CloseCode {
    match broken {
        Broken::TooLarge => CloseCode::TooLarge,
        Broken::Protocol | Broken::NotUtf8 => CloseCode::NotJson,
        // Nobody hears it.
        Broken::Gone => CloseCode::NoHello,
    }
}

async fn first_text(socket: &mut Socket) -> Result<String, Refused> {
    loop {
        match socket.inbound.next().await {
            Ok(Received::Text(text)) => return Ok(text),
            Ok(Received::Ping(payload)) => socket.outlet.pong(payload),
            Ok(Received::Pong) => {}
            Ok(Received::Binary(_)) => return Err(CloseCode::NotJson.into()),
            Ok(Received::Close(reason)) => return Err(Refused::Left(reason)),
            Err(broken) => return Err(protocol_close(broken).into()),
        }
    }
}

fn refused(code: CloseCode, id: Option<u64>, error: ErrorCode) -> Refused {
    let error = ServerFrame::Error {
        id,
        code: error,
        detail: error.title().to_owned(),
        retry_after_ms: None,
        missed: None,
    };
    Refused::Closed(code, Some(Box::new(error)))
}
