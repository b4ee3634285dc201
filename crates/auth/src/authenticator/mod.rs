//! The rule of the product: both tokens and their session, on every authorised request.

mod session;

use std::fmt;
use std::sync::Arc;

use domain::{Clock, SessionId, Timestamp, User, UserId};
use thiserror::Error;

pub use self::session::{ClientInfo, CookieSession, Refreshed, SignedIn, VerifiedSession};
use crate::sessions::{
    NewSession, Rotation, SessionError, SessionStore, Verification, VerifiedRecord,
};
use crate::tokens::{AccessToken, DeviceToken, RefreshToken, SignedToken, TokenError, Tokens};

/// Why somebody is not signed in. It never holds a token.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AuthError {
    /// The access token ran out: 401, and the client refreshes.
    #[error("the access token has expired")]
    Expired,
    /// A token is malformed, forged, of another session, or a rotated cookie: 401.
    #[error("the tokens are not valid")]
    Invalid,
    /// The session ended, was revoked, or ran out: 401, and the client signs in again.
    #[error("the session has ended")]
    SessionEnded,
    /// A refresh token came back after its rotation, and its session was ended: 401, close the session's
    /// sockets, leave a notification. Said once per session, by [`Authenticator::refresh`] only.
    #[error("the refresh token was used before; the session has ended")]
    Reused {
        /// Whose session it was.
        user_id: UserId,
        /// Which.
        session_id: SessionId,
    },
    /// The session store cannot be asked: 503 with Retry-After, never 401.
    #[error("sessions cannot be verified now")]
    Unavailable,
}

impl From<SessionError> for AuthError {
    fn from(error: SessionError) -> AuthError {
        match error {
            SessionError::Unavailable => AuthError::Unavailable,
        }
    }
}

/// Starts, checks, continues and ends sessions.
#[derive(Clone, Debug)]
pub struct Authenticator {
    tokens: Arc<Tokens>,
    sessions: Arc<dyn SessionStore>,
    clock: ClockRef,
}

#[derive(Clone)]
struct ClockRef(Arc<dyn Clock>);

impl fmt::Debug for ClockRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

impl Authenticator {
    /// Joins tokens and sessions; all three read the same clock.
    #[must_use]
    pub fn new(
        tokens: Tokens,
        sessions: Arc<dyn SessionStore>,
        clock: Arc<dyn Clock>,
    ) -> Authenticator {
        Authenticator {
            tokens: Arc::new(tokens),
            sessions,
            clock: ClockRef(clock),
        }
    }

    /// The store, for lists of devices and revocations.
    #[must_use]
    pub fn sessions(&self) -> &Arc<dyn SessionStore> {
        &self.sessions
    }

    /// Signs a user in, whose password the caller has verified.
    ///
    /// # Errors
    /// [`AuthError::Unavailable`]; [`AuthError::Invalid`] for a disabled account.
    pub async fn start(&self, user: &User, client: ClientInfo) -> Result<SignedIn, AuthError> {
        if user.disabled_at.is_some() {
            return Err(AuthError::Invalid);
        }
        let session = self
            .sessions
            .create(NewSession {
                user_id: user.id,
                role: user.role,
                epoch: user.session_epoch,
                user_agent: client.user_agent,
                address: client.address,
            })
            .await?;
        let (access, refresh) = self.sign(
            user.id,
            &session.id,
            session.generation,
            session.expires_at(),
        )?;
        Ok(SignedIn {
            access_token: access.text,
            access_expires_at: access.expires_at,
            refresh_token: refresh.text,
            refresh_expires_at: refresh.expires_at,
            session_id: session.id,
        })
    }

    /// The rule: a valid access token, a valid refresh token, both of one session, which lives.
    ///
    /// # Errors
    /// Any but [`AuthError::Reused`].
    pub async fn authenticate(
        &self,
        access_token: &str,
        refresh_token: &str,
    ) -> Result<VerifiedSession, AuthError> {
        let cookie = self.read_cookie(refresh_token)?;
        let access = self.read_access(access_token, cookie.user_id, &cookie.session_id)?;
        let record = self
            .look_up(cookie.user_id, &cookie.session_id, Some(cookie.generation))
            .await?;
        Ok(verified(access, record))
    }

    /// The cookie's half of the rule, for the handshake of a socket.
    ///
    /// # Errors
    /// [`AuthError::Invalid`], [`AuthError::SessionEnded`] or [`AuthError::Unavailable`].
    pub async fn check_refresh(&self, refresh_token: &str) -> Result<CookieSession, AuthError> {
        let cookie = self.read_cookie(refresh_token)?;
        let record = self
            .look_up(cookie.user_id, &cookie.session_id, Some(cookie.generation))
            .await?;
        Ok(CookieSession {
            user_id: cookie.user_id,
            session_id: cookie.session_id,
            role: record.role,
        })
    }

    /// The other half, for a socket's `hello` and for every later `auth`: an access token of the session
    /// that the handshake's cookie named, and the session once more. The cookie may have been rotated
    /// since by another tab, so its generation is not asked again.
    ///
    /// # Errors
    /// Any but [`AuthError::Reused`].
    pub async fn authenticate_socket(
        &self,
        access_token: &str,
        cookie: &CookieSession,
    ) -> Result<VerifiedSession, AuthError> {
        let access = self.read_access(access_token, cookie.user_id, &cookie.session_id)?;
        let record = self
            .look_up(cookie.user_id, &cookie.session_id, None)
            .await?;
        Ok(verified(access, record))
    }

    /// Looks the session of a socket up again.
    ///
    /// # Errors
    /// [`AuthError::Expired`] once the access token ran out, else [`AuthError::SessionEnded`] or
    /// [`AuthError::Unavailable`].
    pub async fn revalidate(
        &self,
        session: &VerifiedSession,
    ) -> Result<VerifiedSession, AuthError> {
        if self.clock.0.now() >= session.access_expires_at.plus(crate::tokens::LEEWAY) {
            return Err(AuthError::Expired);
        }
        self.look_up_again(session).await
    }

    /// Looks up the session of a request again whose answer takes long: its access token may run out meanwhile.
    ///
    /// # Errors
    /// [`AuthError::SessionEnded`] or [`AuthError::Unavailable`].
    pub async fn look_up_again(
        &self,
        session: &VerifiedSession,
    ) -> Result<VerifiedSession, AuthError> {
        let record = self
            .look_up(session.user_id, &session.session_id, None)
            .await?;
        Ok(VerifiedSession {
            role: record.role,
            epoch: record.epoch,
            auth_at: record.auth_at,
            session_expires_at: record.expires_at,
            ..session.clone()
        })
    }

    /// Continues a session with new tokens. The only judge of reuse.
    ///
    /// # Errors
    /// Any but [`AuthError::Expired`]: a cookie that ran out is a session that ended.
    pub async fn refresh(&self, refresh_token: &str) -> Result<Refreshed, AuthError> {
        let cookie = self.read_cookie(refresh_token)?;
        let rotation = self
            .sessions
            .rotate(cookie.user_id, &cookie.session_id, cookie.generation)
            .await?;
        let (generation, ends) = match rotation {
            Rotation::Rotated {
                generation,
                expires_at,
            }
            | Rotation::Same {
                generation,
                expires_at,
            } => (generation, expires_at),
            Rotation::Gone => return Err(AuthError::SessionEnded),
            Rotation::Reused => {
                return Err(AuthError::Reused {
                    user_id: cookie.user_id,
                    session_id: cookie.session_id,
                });
            }
        };
        let (access, refresh) = self.sign(cookie.user_id, &cookie.session_id, generation, ends)?;
        Ok(Refreshed {
            access_token: access.text,
            access_expires_at: access.expires_at,
            refresh_token: refresh.text,
            refresh_expires_at: refresh.expires_at,
            session_id: cookie.session_id,
            user_id: cookie.user_id,
        })
    }

    /// Whose session a cookie names, by its signature alone: who signs out may have a rotated one, and
    /// the revocation can be written before the store is asked.
    #[must_use]
    pub fn owner(&self, refresh_token: &str) -> Option<(UserId, SessionId)> {
        let cookie = self.tokens.verify_refresh(refresh_token).ok()?;
        Some((cookie.user_id, cookie.session_id))
    }

    /// A token for the cookie of a device on which the user has just signed in.
    ///
    /// # Errors
    /// [`AuthError::Invalid`] if signing fails, which no input causes.
    pub fn device_token(&self, user_id: UserId) -> Result<SignedToken, AuthError> {
        self.tokens
            .sign_device(user_id)
            .map_err(|_| AuthError::Invalid)
    }

    /// Who has signed in on the device that sends this token, and its name. It proves nothing else.
    #[must_use]
    pub fn known_device(&self, token: &str) -> Option<DeviceToken> {
        self.tokens.verify_device(token)
    }

    fn read_cookie(&self, token: &str) -> Result<RefreshToken, AuthError> {
        self.tokens
            .verify_refresh(token)
            .map_err(|error| match error {
                TokenError::Expired => AuthError::SessionEnded,
                TokenError::Invalid => AuthError::Invalid,
            })
    }

    fn read_access(
        &self,
        token: &str,
        user_id: UserId,
        session_id: &SessionId,
    ) -> Result<AccessToken, AuthError> {
        let access = self
            .tokens
            .verify_access(token)
            .map_err(|error| match error {
                TokenError::Expired => AuthError::Expired,
                TokenError::Invalid => AuthError::Invalid,
            })?;
        if access.user_id != user_id || access.session_id != *session_id {
            return Err(AuthError::Invalid);
        }
        Ok(access)
    }

    async fn look_up(
        &self,
        user_id: UserId,
        session_id: &SessionId,
        generation: Option<u64>,
    ) -> Result<VerifiedRecord, AuthError> {
        match self
            .sessions
            .verify(user_id, session_id, generation)
            .await?
        {
            Verification::Valid(record) => Ok(record),
            Verification::Stale => Err(AuthError::Invalid),
            Verification::Gone => Err(AuthError::SessionEnded),
        }
    }

    fn sign(
        &self,
        user_id: UserId,
        session_id: &SessionId,
        generation: u64,
        ends: Timestamp,
    ) -> Result<(SignedToken, SignedToken), AuthError> {
        let access = self.tokens.sign_access(user_id, session_id);
        let refresh = self
            .tokens
            .sign_refresh(user_id, session_id, generation, ends);
        match (access, refresh) {
            (Ok(access), Ok(refresh)) => Ok((access, refresh)),
            _ => Err(AuthError::Invalid),
        }
    }
}

fn verified(access: AccessToken, record: VerifiedRecord) -> VerifiedSession {
    VerifiedSession {
        user_id: access.user_id,
        session_id: access.session_id,
        role: record.role,
        epoch: record.epoch,
        access_expires_at: access.expires_at,
        auth_at: record.auth_at,
        session_expires_at: record.expires_at,
    }
}
