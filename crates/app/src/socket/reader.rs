//! The reader's half of a socket: frames in, one after the other, and the clock.

use std::sync::Arc;
use std::time::Duration;

use actix_web::rt::task::JoinHandle;
use actix_ws::{AggregatedMessage, AggregatedMessageStream, Session};
use auth::{AuthError, CookieSession, VerifiedSession};
use contract::decode::{self, FrameReason};
use contract::frames::{ClientFrame, Command, ServerFrame};
use contract::socket::{CloseCode, EXPIRING_BEFORE, PING_EVERY, PONG_WITHIN};
use contract::{ErrorCode, Time};
use realtime::Connection;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

use super::greeting::{self, Greeting};
use super::pace::{Pace, Verdict};
use super::writer::WRITE_WITHIN;
use crate::http::problem::ApiError;
use crate::http::refusal;
use crate::state::State;

/// A pong that came during a command is read within this time after it.
const AFTER_COMMAND: Duration = Duration::from_secs(1);
/// What is queued for a socket that ends, and its close frame, are sent within this time.
const CLOSE_WITHIN: Duration = Duration::from_secs(15);

/// Whether the socket goes on.
type Flow = std::ops::ControlFlow<CloseCode>;

pub(super) struct Reader {
    pub(super) state: Arc<State>,
    pub(super) cookie: CookieSession,
    pub(super) connection: Connection,
    pub(super) verified: VerifiedSession,
    /// Answers pings of the WebSocket protocol itself.
    pongs: Session,
    validated: Instant,
    expiring_told: bool,
    /// When the peer must have answered our ping.
    pong_due: Option<Instant>,
    pace: Pace,
    greeting: Option<Greeting>,
}

impl Reader {
    pub(super) fn new(
        state: Arc<State>,
        cookie: CookieSession,
        connection: Connection,
        pongs: Session,
        greeting: Greeting,
    ) -> Reader {
        let now = Instant::now();
        Reader {
            pace: Pace::new(state.config.limits.commands_per_minute, now.into_std()),
            verified: greeting.verified.clone(),
            state,
            cookie,
            connection,
            pongs,
            validated: now,
            expiring_told: false,
            pong_due: None,
            greeting: Some(greeting),
        }
    }

    /// Reads until the peer goes, the writer ends, or something asks for the end.
    ///
    /// What a command needs is boxed: most sockets are idle most of the time, and should be small.
    pub(super) async fn run(mut self, mut stream: AggregatedMessageStream, writer: JoinHandle<()>) {
        let mut flow = Box::pin(self.welcome()).await;
        let mut pings = every(PING_EVERY);
        let mut checks = every(self.state.config.sockets.revalidate_every);
        tokio::pin!(writer);
        let code = loop {
            if let Flow::Break(code) = flow {
                break code;
            }
            // In this order, so that neither a busy peer nor a slow session store puts a deadline off.
            flow = tokio::select! {
                biased;
                _ = &mut writer => return,
                () = tokio::time::sleep_until(self.next_deadline()) => self.watch_clock(),
                _ = checks.tick() => Box::pin(self.check()).await,
                _ = pings.tick() => self.ping(),
                message = stream.recv() => match message {
                    // The peer's own close is answered by the writer, which ends with the connection.
                    None | Some(Ok(AggregatedMessage::Close(_))) => return,
                    Some(Ok(message)) => Box::pin(self.message(message)).await,
                    Some(Err(error)) => Flow::Break(greeting::protocol_close(&error)),
                },
            };
        };
        match code {
            // Nothing more may reach somebody who is not, or not known to be, entitled to it.
            CloseCode::Revoked | CloseCode::CannotValidate => {
                self.state
                    .hub
                    .close_session(self.verified.session_id(), code);
            }
            _ => self.connection.close(code),
        }
        if tokio::time::timeout(CLOSE_WITHIN, &mut writer)
            .await
            .is_err()
        {
            writer.abort();
        }
    }

    async fn welcome(&mut self) -> Flow {
        // Once more, now that the hub knows the connection: a revocation in between found nobody to close.
        match self.state.authenticator.revalidate(&self.verified).await {
            Ok(verified) => self.validated(verified),
            Err(error) => return Flow::Break(greeting::close_code(&error)),
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

    async fn message(&mut self, message: AggregatedMessage) -> Flow {
        match message {
            AggregatedMessage::Text(text) => self.text(&text).await,
            AggregatedMessage::Binary(_) => Flow::Break(CloseCode::NotJson),
            AggregatedMessage::Ping(payload) => {
                let pong = self.pongs.pong(&payload);
                match tokio::time::timeout(WRITE_WITHIN, pong).await {
                    Ok(Ok(())) => Flow::Continue(()),
                    _ => Flow::Break(CloseCode::TooSlow),
                }
            }
            AggregatedMessage::Pong(_) => Flow::Continue(()),
            AggregatedMessage::Close(_) => Flow::Continue(()),
        }
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
                return Flow::Break(CloseCode::TooMany);
            }
            Verdict::Wait(pause) => {
                let id = frame.map_or_else(|error| error.id, |frame| frame.id);
                self.refuse_for_now(id, pause);
                return Flow::Continue(());
            }
        }
        match frame {
            Ok(frame) => self.command(frame).await,
            Err(error) if error.reason == FrameReason::NotJson => Flow::Break(CloseCode::NotJson),
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
            Err(error) => return Flow::Break(greeting::close_code(&error)),
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
            Err(AuthError::SessionEnded) => Flow::Break(CloseCode::Revoked),
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

    fn ping(&mut self) -> Flow {
        self.connection.ping();
        self.pong_due.get_or_insert(Instant::now() + PONG_WITHIN);
        Flow::Continue(())
    }

    /// Looks the session up again, in case the word of its end was lost.
    async fn check(&mut self) -> Flow {
        match self.state.authenticator.revalidate(&self.verified).await {
            Ok(verified) => self.validated(verified),
            // Endured until the deadline of the last look-up that succeeded.
            Err(AuthError::Unavailable) => {}
            Err(error) => return Flow::Break(greeting::close_code(&error)),
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
        let deadlines = [Some(by_token), Some(by_session), self.pong_due];
        deadlines.into_iter().flatten().min().unwrap_or(by_token)
    }

    fn watch_clock(&mut self) -> Flow {
        if self.pong_due.is_some_and(|due| due <= Instant::now()) {
            return Flow::Break(CloseCode::NoPong);
        }
        if self.validated.elapsed() >= self.state.config.sockets.valid_for {
            return Flow::Break(CloseCode::CannotValidate);
        }
        let (now, expires_at) = (self.state.clock.now(), self.verified.access_expires_at());
        if now >= expires_at.plus(auth::tokens::LEEWAY) {
            return Flow::Break(CloseCode::Expired);
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
        self.connection.reply(&ServerFrame::Error {
            id,
            code: problem.code,
            detail: problem.detail.unwrap_or(problem.title),
            retry_after_ms: (problem.code == ErrorCode::Unavailable).then_some(2_000),
            missed: problem.missed,
        });
    }

    fn refuse_for_now(&self, id: Option<u64>, pause: Duration) {
        self.connection.reply(&ServerFrame::Error {
            id,
            code: ErrorCode::RateLimited,
            detail: ErrorCode::RateLimited.title().to_owned(),
            retry_after_ms: u64::try_from(pause.as_millis()).ok(),
            missed: None,
        });
    }
}

fn every(period: Duration) -> Interval {
    let mut ticks = interval_at(Instant::now() + period, period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}
