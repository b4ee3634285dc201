//! What a sign-in and a verified request yield.

use std::fmt;
use std::net::IpAddr;

use domain::{Role, SessionId, Timestamp, UserId, Viewer};

use crate::sessions::public_id;

/// What is known of a client that signs in.
#[derive(Clone, Debug, Default)]
pub struct ClientInfo {
    /// Its description of itself; cut off at 256 characters.
    pub user_agent: Option<String>,
    /// Where it connects from.
    pub address: Option<IpAddr>,
}

/// A session that has just begun. The tokens are secrets.
pub struct SignedIn {
    /// For the Authorization header.
    pub access_token: String,
    /// Its end, five minutes from now.
    pub access_expires_at: Timestamp,
    /// For the cookie.
    pub refresh_token: String,
    /// Its end, and the cookie's.
    pub refresh_expires_at: Timestamp,
    /// The session.
    pub session_id: SessionId,
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignedIn(..)")
    }
}

/// A session that goes on. The tokens are secrets.
pub struct Refreshed {
    /// For the Authorization header.
    pub access_token: String,
    /// Its end, five minutes from now.
    pub access_expires_at: Timestamp,
    /// For the cookie.
    pub refresh_token: String,
    /// Its end, and the cookie's.
    pub refresh_expires_at: Timestamp,
    /// The session.
    pub session_id: SessionId,
    /// Whose session.
    pub user_id: UserId,
}

impl fmt::Debug for Refreshed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Refreshed(..)")
    }
}

/// A session that passed every check. Only the authenticator makes one.
#[derive(Clone, Debug)]
pub struct VerifiedSession {
    pub(super) user_id: UserId,
    pub(super) session_id: SessionId,
    pub(super) role: Role,
    pub(super) epoch: i64,
    pub(super) access_expires_at: Timestamp,
    pub(super) auth_at: Timestamp,
    pub(super) session_expires_at: Timestamp,
}

impl VerifiedSession {
    /// Who asks, for decisions about rights.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        Viewer {
            user_id: self.user_id,
            role: self.role,
        }
    }

    /// The session.
    #[must_use]
    pub fn session_id(&self) -> &SessionId {
        &self.session_id
    }

    /// The session's name for lists and URLs.
    #[must_use]
    pub fn public_id(&self) -> String {
        public_id(&self.session_id)
    }

    /// Whose session.
    #[must_use]
    pub fn user_id(&self) -> UserId {
        self.user_id
    }

    /// The user's role.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The user's session epoch that the session belongs to. An account with a later one has voided it, though
    /// the session store may not have heard of it yet.
    #[must_use]
    pub fn epoch(&self) -> i64 {
        self.epoch
    }

    /// When the access token runs out; a socket wants a fresh one before.
    #[must_use]
    pub fn access_expires_at(&self) -> Timestamp {
        self.access_expires_at
    }

    /// When the password was last given.
    #[must_use]
    pub fn auth_at(&self) -> Timestamp {
        self.auth_at
    }

    /// When the session ends if nothing more happens.
    #[must_use]
    pub fn session_expires_at(&self) -> Timestamp {
        self.session_expires_at
    }
}

/// A session whose cookie passed every check: enough to open a socket, not to use it. Only the
/// authenticator makes one.
#[derive(Clone, Debug)]
pub struct CookieSession {
    pub(super) user_id: UserId,
    pub(super) session_id: SessionId,
    pub(super) role: Role,
}

impl CookieSession {
    /// Whose session.
    #[must_use]
    pub fn user_id(&self) -> UserId {
        self.user_id
    }

    /// The session.
    #[must_use]
    pub fn session_id(&self) -> &SessionId {
        &self.session_id
    }

    /// The user's role.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }
}
