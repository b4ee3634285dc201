//! The session store: what it promises, whichever implementation keeps it.
//!
//! Every key of one user has that user's hash tag, so that each call is one script on one node of a
//! Redis Cluster; that is why each call names the user.

mod endings;
pub mod in_process;
pub mod redis;
mod rules;

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Role, SessionId, Timestamp, UserId};
use sha2::{Digest, Sha256};
use thiserror::Error;
use tokio::sync::broadcast;

/// Most sessions of one user; the oldest leaves for a new one.
pub const SESSIONS_PER_USER: usize = 20;
/// How long the previous refresh token still counts after a rotation that the client has seen.
pub const ROTATION_GRACE: Duration = Duration::from_secs(10);
/// `last_seen` is written at most this often.
pub const TOUCH_INTERVAL: Duration = Duration::from_secs(60);
/// The longest session: revocations must be kept this long.
pub const LONGEST_SESSION: Duration = Duration::from_secs(30 * DAY);

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// Longest stored user agent, in characters; the rest is cut off.
const USER_AGENT_MAX: usize = 256;

/// How long a session lasts without being used, and at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// Without a request.
    pub idle: Duration,
    /// Since the sign-in.
    pub absolute: Duration,
}

impl Lifetime {
    /// The lifetime of a role's sessions (ASVS 5.0, 7.3): 7 and 30 days, for admins 12 and 24 hours.
    #[must_use]
    pub const fn of(role: Role) -> Lifetime {
        match role {
            Role::User => Lifetime {
                idle: Duration::from_secs(7 * DAY),
                absolute: LONGEST_SESSION,
            },
            Role::Admin => Lifetime {
                idle: Duration::from_secs(12 * HOUR),
                absolute: Duration::from_secs(24 * HOUR),
            },
        }
    }
}

/// What a new session is made of.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Whose it is.
    pub user_id: UserId,
    /// Their role; a change of it raises the epoch.
    pub role: Role,
    /// The user's session epoch, as read from the database.
    pub epoch: i64,
    /// The client's description of itself, shown to the user.
    pub user_agent: Option<String>,
    /// Where the sign-in came from, shown to the user.
    pub address: Option<IpAddr>,
}

/// A signed-in session, as its user sees it in the list of devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Identifier: a secret, see [`Session::public_id`].
    pub id: SessionId,
    /// Whose it is.
    pub user_id: UserId,
    /// Their role at the sign-in.
    pub role: Role,
    /// The user's session epoch that the session belongs to.
    pub epoch: i64,
    /// The present generation of the refresh token, from 1.
    pub generation: u64,
    /// Whether a request has come with the present generation.
    pub confirmed: bool,
    /// When the present generation was made.
    pub rotated_at: Timestamp,
    /// When it began.
    pub created_at: Timestamp,
    /// When the password was last given.
    pub auth_at: Timestamp,
    /// When it was last used, to a minute.
    pub last_seen_at: Timestamp,
    /// Its end if it is not used again.
    pub idle_expires_at: Timestamp,
    /// Its end in any case.
    pub absolute_expires_at: Timestamp,
    /// The client's description of itself.
    pub user_agent: Option<String>,
    /// Where the sign-in came from.
    pub address: Option<IpAddr>,
}

impl Session {
    /// When it ends if nothing more happens.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.idle_expires_at.min(self.absolute_expires_at)
    }

    /// A name for lists and URLs, from which the identifier cannot be computed.
    #[must_use]
    pub fn public_id(&self) -> String {
        public_id(&self.id)
    }
}

/// The name of a session for lists and URLs: 128 bits of its SHA-256.
#[must_use]
pub fn public_id(id: &SessionId) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(id.as_str().as_bytes())[..16])
}

/// What the store says about a session that a request names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verification {
    /// The session lives and the generation counts.
    Valid(VerifiedRecord),
    /// The session lives, but the generation is not, or no longer, accepted.
    Stale,
    /// There is no such session, or it has ended or expired.
    Gone,
}

/// The part of a session that a request needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifiedRecord {
    /// The user's role.
    pub role: Role,
    /// The user's session epoch that the session belongs to.
    pub epoch: i64,
    /// When the password was last given.
    pub auth_at: Timestamp,
    /// When the session ends if nothing more happens.
    pub expires_at: Timestamp,
}

/// What a refresh did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// A new generation was made.
    Rotated {
        /// The new generation.
        generation: u64,
        /// When the session ends if nothing more happens.
        expires_at: Timestamp,
    },
    /// The rotation had happened already and still counts; this is the generation that it made.
    Same {
        /// The present generation.
        generation: u64,
        /// When the session ends if nothing more happens.
        expires_at: Timestamp,
    },
    /// An old token came back: somebody has a copy. The session is ended now; said once.
    Reused,
    /// There is no such session, or it has ended or expired.
    Gone,
}

/// What ended sessions before their time, as kept in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// One session was ended.
    Session {
        /// Whose it was.
        user_id: UserId,
        /// Which.
        session_id: SessionId,
    },
    /// All sessions of a lower epoch are void.
    Epoch {
        /// Whose.
        user_id: UserId,
        /// The user's epoch since then.
        epoch: i64,
    },
}

/// Where revocations are kept for good.
#[async_trait]
pub trait RevocationSource: Send + Sync + 'static {
    /// All that are younger than [`LONGEST_SESSION`].
    ///
    /// # Errors
    /// [`SessionError::Unavailable`] if they cannot be read now.
    async fn revocations(&self) -> Result<Vec<Revocation>, SessionError>;
}

/// Why the store gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SessionError {
    /// It cannot be reached now. Nobody is signed out by that: 503, never 401.
    #[error("the session store is unavailable")]
    Unavailable,
}

/// Keeps sessions. Every call is atomic, and safe to repeat when its outcome is unknown.
#[async_trait]
pub trait SessionStore: Send + Sync + fmt::Debug + 'static {
    /// Starts a session, which ends those that its epoch voids and the oldest of too many. Born of an
    /// epoch that is no longer the user's, it is void from the start.
    ///
    /// # Errors
    /// [`SessionError::Unavailable`].
    async fn create(&self, new: NewSession) -> Result<Session, SessionError>;

    /// Checks a session, its expiry, its epoch and, if given, the generation; notes that it was used.
    ///
    /// # Errors
    /// [`SessionError::Unavailable`].
    async fn verify(
        &self,
        user_id: UserId,
        session_id: &SessionId,
        generation: Option<u64>,
    ) -> Result<Verification, SessionError>;

    /// Makes the next generation of the refresh token, or finds out that the given one was copied.
    ///
    /// # Errors
    /// [`SessionError::Unavailable`].
    async fn rotate(
        &self,
        user_id: UserId,
        session_id: &SessionId,
        generation: u64,
    ) -> Result<Rotation, SessionError>;

    /// Ends one session; whether there was one.
    ///
    /// # Errors
    /// [`SessionError::Unavailable`].
    async fn end(&self, user_id: UserId, session_id: &SessionId) -> Result<bool, SessionError>;

    /// The user's living sessions, the newest first.
    ///
    /// # Errors
    /// [`SessionError::Unavailable`].
    async fn list(&self, user_id: UserId) -> Result<Vec<Session>, SessionError>;

    /// Voids all sessions of a lower epoch, but for one if given, which gets the new epoch; which ones.
    /// The epoch only rises, so a repeated or late call does no harm.
    ///
    /// # Errors
    /// [`SessionError::Unavailable`].
    async fn raise_epoch(
        &self,
        user_id: UserId,
        epoch: i64,
        except: Option<&SessionId>,
    ) -> Result<Vec<SessionId>, SessionError>;

    /// The sessions that are ended before their time, on whichever node, as they end; not those that run
    /// out. One may be told twice. A receiver that lags, and a node whose line to the others is down,
    /// miss some: whoever must know asks again now and then. Must be called within a Tokio runtime, which
    /// carries the line for all later receivers too.
    fn endings(&self) -> broadcast::Receiver<SessionId>;

    /// Asks the store for nothing, for readiness checks.
    ///
    /// # Errors
    /// [`SessionError::Unavailable`].
    async fn ping(&self) -> Result<(), SessionError>;
}
