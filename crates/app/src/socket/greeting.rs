//! The first frame of a socket: `hello`, in time, with an access token of the cookie's session.

use actix_ws::{AggregatedMessage, AggregatedMessageStream, ProtocolError};
use auth::{AuthError, CookieSession, VerifiedSession};
use contract::ErrorCode;
use contract::decode::{self, FrameReason};
use contract::frames::{Command, ServerFrame};
use contract::socket::CloseCode;
use domain::{Seq, TicketId, User};

use super::Refused;
use crate::http::problem::ApiError;
use crate::http::refusal;
use crate::state::State;

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
    stream: &mut AggregatedMessageStream,
) -> Result<Greeting, Refused> {
    let text = tokio::time::timeout(state.config.sockets.hello_within, first_text(stream))
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
pub(super) fn protocol_close(error: &ProtocolError) -> CloseCode {
    match error {
        ProtocolError::Overflow => CloseCode::TooLarge,
        // The aggregated stream reports its limit this way.
        ProtocolError::Io(error) if error.to_string().contains("size") => CloseCode::TooLarge,
        _ => CloseCode::NotJson,
    }
}

async fn first_text(stream: &mut AggregatedMessageStream) -> Result<String, Refused> {
    loop {
        match stream.recv().await {
            Some(Ok(AggregatedMessage::Text(text))) => return Ok(text.to_string()),
            Some(Ok(AggregatedMessage::Ping(_) | AggregatedMessage::Pong(_))) => {}
            Some(Ok(AggregatedMessage::Binary(_))) => return Err(CloseCode::NotJson.into()),
            Some(Err(error)) => return Err(protocol_close(&error).into()),
            Some(Ok(AggregatedMessage::Close(_))) | None => {
                return Err(CloseCode::NoHello.into());
            }
        }
    }
}

fn refused(code: CloseCode, id: Option<u64>, error: ErrorCode) -> Refused {
    Refused {
        code,
        error: Some(ServerFrame::Error {
            id,
            code: error,
            detail: error.title().to_owned(),
            retry_after_ms: None,
            missed: None,
        }),
    }
}
