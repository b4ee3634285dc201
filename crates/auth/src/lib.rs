//! Passwords, tokens, sessions, and the one rule that every authorised request passes.
//!
//! [`Authenticator`] holds the rule: the access token is validated, the refresh token is verified, and
//! their session is looked up in the store. What passes is a [`VerifiedSession`], which nothing else can
//! make. [`Limits`] says who must wait before asking again. Nothing here knows HTTP or SQL.

pub mod authenticator;
pub mod limits;
mod link;
pub mod passwords;
pub mod secrets;
pub mod sessions;
pub mod tokens;

pub use authenticator::{
    AuthError, Authenticator, ClientInfo, CookieSession, Refreshed, SignedIn, VerifiedSession,
};
pub use limits::{InProcessLimits, LimitError, Limits, RedisLimits, Verdict, address_key};
pub use passwords::{PasswordError, PasswordOptions, PasswordSetupError, Passwords};
pub use secrets::{WeakSecret, check_secret};
pub use sessions::in_process::InProcessSessions;
pub use sessions::redis::{RedisOptions, RedisSessions, RedisSetupError};
pub use sessions::{
    NewSession, Revocation, RevocationSource, Rotation, Session, SessionError, SessionStore,
    Verification, VerifiedRecord,
};
pub use tokens::{DeviceToken, KeyError, SignedToken, TokenError, TokenKeys, Tokens};
