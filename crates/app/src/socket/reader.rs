//! The reader's half of a socket: frames in, one after the other, and the clock.

use std::sync::Arc;
use std::time::Duration;

use actix_ws::CloseReason;
use auth::{AuthError, CookieSession, VerifiedSession};
use contract::decode::{self, FrameReason};
use contract::frames::{ClientFrame, Command, ServerFrame};
use contract::socket::{CloseCode, EXPIRING_BEFORE, PING_EVERY, PONG_WITHIN};
use contract::{ErrorCode, Time};
use realtime::Connection;
use tokio::time::Instant;
use tracing::{Instrument as _, error_span};
use uuid::Uuid;

use super::Socket;
use super::greeting::{self, Greeting};
use super::pace::{Pace, Verdict};
use crate::http::problem::ApiError;
use crate::http::refusal;
use crate::metrics::Protocol;
use crate::state::State;
use crate::wire::{Broken, Received};

/// A pong that came during a command is read within this time after it.
const AFTER_COMMAND: Duration = Duration::from_secs(1);

/// Whether the socket goes on.
type Flow = std::ops::ControlFlow<End>;

/// Why it does not.
pub(super) enum End {
    /// We close it.
    Close(CloseCode),
    /// The peer has closed it, with what is to be answered.
    Left(Option<CloseReason>),
    /// The connection is gone, or the hub closes it.
    Over,
}

impl From<CloseCode> for End {
    fn from(code: CloseCode) -> End {
        End::Close(code)
    }
}

fn close(code: impl Into<End>) -> Flow {
    Flow::Break(code.into())
}

pub(super) struct Reader {
    pub(super) state: Arc<State>,
    pub(super) cookie: CookieSession,
    pub(super) connection: Connection,
    pub(super) verified: VerifiedSession,
    socket: Socket,
    validated: Instant,
    /// When the next of ours is due, so that one timer serves a socket.
    ping_at: Instant,
    check_at: Instant,
    expiring_told: bool,
    /// When the peer must have answered our ping.
    pong_due: Option<Instant>,
    pace: Pace,
    greeting: Option<Box<Greeting>>,
}

impl Reader {
    pub(super) fn new(
        state: Arc<State>,
        cookie: CookieSession,
        connection: Connection,
        socket: Socket,
        greeting: Greeting,
    ) -> Reader {
        let now = Instant::now();
        Reader {
            pace: Pace::new(state.config.limits.commands_per_minute, now.into_std()),
            verified: greeting.verified.clone(),
            ping_at: now + PING_EVERY,
            check_at: now + state.config.sockets.revalidate_every,
            state,
            cookie,
            connection,
            socket,
            validated: now,
            expiring_told: false,
            pong_due: None,
            greeting: Some(Box::new(greeting)),
        }
    }

    /// Reads until the peer goes, the hub closes, or something asks for the end. The hub then has let go of the
    /// connection, but for what is still to be sent.
    ///
    /// What a command needs is boxed: most sockets are idle most of the time, and should be small.
    pub(super) async fn run(mut self) -> (Socket, End) {
        let mut flow = Box::pin(self.welcome()).await;
        let end = loop {
            if let Flow::Break(end) = flow {
                break end;
            }
            // In this order, so that neither a busy peer nor a slow session store puts a deadline off.
            flow = tokio::select! {
                biased;
                () = self.connection.ended() => Flow::Break(End::Over),
                () = tokio::time::sleep_until(self.next_deadline()) => Box::pin(self.on_time()).await,
                received = self.socket.inbound.next() => Box::pin(self.received(received)).await,
            };
        };
        match end {
            // Nothing more may reach somebody who is not, or not known to be, entitled to it.
            End::Close(code @ (CloseCode::Revoked | CloseCode::CannotValidate)) => {
                self.state
                    .hub
                    .close_session(self.verified.session_id(), code);
            }
            End::Close(code) => self.connection.close(code),
            End::Left(_) | End::Over => {}
        }
        (self.socket, end)
    }

    async fn welcome(&mut self) -> Flow {
        // Once more, now that the hub knows the connection: a revocation in between found nobody to close.
        match self.state.authenticator.revalidate(&self.verified).await {
            Ok(verified) => self.validated(verified),
            Err(error) => return close(greeting::close_code(&error)),
        }
        let Some(greeting) = self.greeting.take() else {
            return Flow::Continue(());
        };
        self.connection.reply(&ServerFrame::Welcome {
            id: greeting.id,
            user: greeting.user.into(),
            expires_at: Time(self.verified.access_expires_at()),
            heartbeat_s: PING_EVERY.as_secs(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        });
        if let Some((ticket_id, after)) = greeting.join {
            self.join(greeting.id, ticket_id, after).await;
        }
        Flow::Continue(())
    }

    async fn received(&mut self, received: Result<Received, Broken>) -> Flow {
        match received {
            Ok(Received::Text(text)) => return self.text(&text).await,
            Ok(Received::Binary(_)) => return close(CloseCode::NotJson),
            Ok(Received::Ping(payload)) => self.socket.outlet.pong(payload),
            Ok(Received::Pong) => {}
            Ok(Received::Close(reason)) => return Flow::Break(End::Left(reason)),
            Err(Broken::Gone) => return Flow::Break(End::Over),
            Err(broken) => return close(greeting::protocol_close(broken)),
        }
        Flow::Continue(())
    }

    async fn text(&mut self, text: &str) -> Flow {
        let frame = match decode::frame(text) {
            Ok(ClientFrame {
                command: Command::Pong {},
                ..
            }) => {
                self.pong_due = None;
                return Flow::Continue(());
            }
            frame => frame,
        };
        match self.pace.command(Instant::now().into_std()) {
            Verdict::Go => {}
            Verdict::Close => {
                refusal::audit(ErrorCode::RateLimited);
                self.count_refusal(ErrorCode::RateLimited);
                return close(CloseCode::TooMany);
            }
            Verdict::Wait(pause) => {
                let id = frame.map_or_else(|error| error.id, |frame| frame.id);
                self.refuse_for_now(id, pause);
                return Flow::Continue(());
            }
        }
        match frame {
            Ok(frame) => {
                // What a command leads to is found by an id of our own, as with requests.
                let span = error_span!("command", id = %Uuid::now_v7());
                self.command(frame).instrument(span).await
            }
            Err(error) if error.reason == FrameReason::NotJson => close(CloseCode::NotJson),
            Err(error) => {
                self.refuse(error.id, ApiError::new(ErrorCode::Invalid));
                Flow::Continue(())
            }
        }
    }

    async fn command(&mut self, frame: ClientFrame) -> Flow {
        let needs_id = !matches!(frame.command, Command::Typing {});
        if needs_id && frame.id.is_none() {
            self.refuse(
                None,
                ApiError::new(ErrorCode::Invalid).detail("The command has no id"),
            );
            return Flow::Continue(());
        }
        if let Command::Auth { token } = &frame.command {
            return self.renew(frame.id, token).await;
        }
        // The rule of the product holds for every command: the session must live now.
        match self.state.authenticator.revalidate(&self.verified).await {
            Ok(verified) => self.validated(verified),
            Err(AuthError::Unavailable) => {
                self.refuse(frame.id, ApiError::new(ErrorCode::Unavailable));
                return Flow::Continue(());
            }
            Err(error) => return close(greeting::close_code(&error)),
        }
        self.dispatch(frame).await;
        // While a command is served, pongs wait to be read: that is not the peer's fault.
        let soon = Instant::now() + AFTER_COMMAND;
        self.pong_due = self.pong_due.map(|due| due.max(soon));
        Flow::Continue(())
    }

    /// Takes a fresh access token.
    async fn renew(&mut self, id: Option<u64>, token: &str) -> Flow {
        match self
            .state
            .authenticator
            .authenticate_socket(token, &self.cookie)
            .await
            .inspect_err(refusal::audit_tokens)
        {
            Ok(verified) => {
                self.validated(verified);
                self.expiring_told = false;
                self.done(id);
                Flow::Continue(())
            }
            Err(AuthError::SessionEnded) => close(CloseCode::Revoked),
            Err(error) => {
                self.refuse(id, error.into());
                Flow::Continue(())
            }
        }
    }

    fn validated(&mut self, verified: VerifiedSession) {
        self.verified = verified;
        self.validated = Instant::now();
    }

    /// Does what is due.
    async fn on_time(&mut self) -> Flow {
        self.watch_clock()?;
        let now = Instant::now();
        if self.check_at <= now {
            self.check().await?;
            self.check_at = Instant::now() + self.state.config.sockets.revalidate_every;
        }
        if self.ping_at <= now {
            self.connection.ping();
            self.pong_due.get_or_insert(now + PONG_WITHIN);
            self.ping_at = now + PING_EVERY;
        }
        Flow::Continue(())
    }

    /// Looks the session up again, in case the word of its end was lost.
    async fn check(&mut self) -> Flow {
        match self.state.authenticator.revalidate(&self.verified).await {
            Ok(verified) => self.validated(verified),
            // Endured until the deadline of the last look-up that succeeded.
            Err(AuthError::Unavailable) => {}
            Err(error) => return close(greeting::close_code(&error)),
        }
        Flow::Continue(())
    }

    /// When the clock has to be looked at again.
    fn next_deadline(&self) -> Instant {
        let expires_at = self.verified.access_expires_at();
        let moment = if self.expiring_told {
            expires_at.plus(auth::tokens::LEEWAY)
        } else {
            expires_at.minus(EXPIRING_BEFORE)
        };
        let micros = moment.0.saturating_sub(self.state.clock.now().0);
        let by_token = Instant::now() + Duration::from_micros(micros.try_into().unwrap_or(0));
        let by_session = self.validated + self.state.config.sockets.valid_for;
        let ours = self.check_at.min(self.ping_at);
        let deadlines = [Some(by_token), Some(by_session), Some(ours), self.pong_due];
        deadlines.into_iter().flatten().min().unwrap_or(by_token)
    }

    fn watch_clock(&mut self) -> Flow {
        if self.pong_due.is_some_and(|due| due <= Instant::now()) {
            return close(CloseCode::NoPong);
        }
        if self.validated.elapsed() >= self.state.config.sockets.valid_for {
            return close(CloseCode::CannotValidate);
        }
        let (now, expires_at) = (self.state.clock.now(), self.verified.access_expires_at());
        if now >= expires_at.plus(auth::tokens::LEEWAY) {
            return close(CloseCode::Expired);
        }
        if !self.expiring_told && now.plus(EXPIRING_BEFORE) >= expires_at {
            self.expiring_told = true;
            self.connection.reply(&ServerFrame::AuthExpiring {
                expires_at: Time(expires_at),
            });
        }
        Flow::Continue(())
    }

    /// Answers a command that failed.
    pub(super) fn refuse(&self, id: Option<u64>, error: ApiError) {
        let error = error.for_audience(self.verified.role().audience());
        let problem = error.problem();
        refusal::audit(problem.code);
        self.count_refusal(problem.code);
        self.connection.reply(&ServerFrame::Error {
            id,
            code: problem.code,
            detail: problem.detail.unwrap_or(problem.title),
            retry_after_ms: (problem.code == ErrorCode::Unavailable).then_some(2_000),
            missed: problem.missed,
        });
    }

    fn count_refusal(&self, code: ErrorCode) {
        let requests = &self.state.metrics.requests;
        requests.refused(Protocol::Socket, code);
    }

    fn refuse_for_now(&self, id: Option<u64>, pause: Duration) {
        self.count_refusal(ErrorCode::RateLimited);
        self.connection.reply(&ServerFrame::Error {
            id,
            code: ErrorCode::RateLimited,
            detail: ErrorCode::RateLimited.title().to_owned(),
            retry_after_ms: u64::try_from(pause.as_millis()).ok(),
            missed: None,
        });
    }
}
