//! Access, refresh and device tokens: signed here, believed only after every check here.
//!
//! The header is read by hand and may hold `alg`, `typ` and `kid`, nothing else, so that `jku`, `jwk`,
//! `x5u`, `crit` and what comes after them are refused before a key is chosen. Times are compared with
//! the injected clock.

mod claims;
mod keys;
mod mint;
mod provider;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, SessionId, Timestamp, UserId};
use thiserror::Error;

use self::claims::{
    AccessClaims, DeviceClaims, RefreshClaims, new_token_id, session_id, token_id, user_id,
};
pub use self::keys::{KeyError, TokenKeys};
use self::mint::{ACCESS, DEVICE, ISSUER, Mint, REFRESH};

/// How long an access token is good for.
pub const ACCESS_LIFETIME: Duration = Duration::from_secs(5 * 60);
/// How long a device is known after a sign-in.
pub const DEVICE_LIFETIME: Duration = Duration::from_secs(180 * 24 * 3600);
/// How far the clocks of two nodes may be apart.
pub const LEEWAY: Duration = Duration::from_secs(5);
/// Longest token that is looked at, in bytes; ours have below 500.
pub const TOKEN_MAX_BYTES: usize = 4096;

/// Why a token was refused. It never holds the token, nor says which check failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TokenError {
    /// Genuine, but its time is over.
    #[error("the token has expired")]
    Expired,
    /// Not a token of ours, or not for this purpose.
    #[error("the token is not valid")]
    Invalid,
}

/// A signed token and its end.
#[derive(Clone)]
pub struct SignedToken {
    /// The token: a secret.
    pub text: String,
    /// From this moment it is refused, leeway aside.
    pub expires_at: Timestamp,
}

impl fmt::Debug for SignedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedToken")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// What a valid access token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessToken {
    /// Whose it is.
    pub user_id: UserId,
    /// Of which session.
    pub session_id: SessionId,
    /// Its end.
    pub expires_at: Timestamp,
}

/// What a valid refresh token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// Whose it is.
    pub user_id: UserId,
    /// Of which session.
    pub session_id: SessionId,
    /// Counts the rotations of the session, from 1.
    pub generation: u64,
    /// Its end.
    pub expires_at: Timestamp,
}

/// What a valid device token says: this user has signed in on this device. It signs nobody in; it only
/// spares them the waits that strangers cause (the device cookie of OWASP).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceToken {
    /// Who signed in.
    pub user_id: UserId,
    /// The device's random name, new at each sign-in.
    pub id: String,
}

/// Signs and verifies tokens, HS256 only.
pub struct Tokens {
    access: Mint,
    refresh: Mint,
    device: Mint,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens(..)")
    }
}

impl Tokens {
    /// Takes the keys and the clock that times are compared with.
    #[must_use]
    pub fn new(keys: TokenKeys, clock: Arc<dyn Clock>) -> Tokens {
        provider::install();
        let refresh = Arc::new(keys.refresh);
        Tokens {
            access: Mint::new(&ACCESS, Arc::new(keys.access)),
            refresh: Mint::new(&REFRESH, Arc::clone(&refresh)),
            device: Mint::new(&DEVICE, refresh),
            clock,
        }
    }

    /// Signs an access token of five minutes.
    ///
    /// # Errors
    /// [`TokenError::Invalid`] if signing fails, which no input causes.
    pub fn sign_access(&self, user: UserId, sid: &SessionId) -> Result<SignedToken, TokenError> {
        let now = self.clock.now().as_secs();
        let exp = now.saturating_add_unsigned(ACCESS_LIFETIME.as_secs());
        let claims = AccessClaims {
            iss: ISSUER.to_owned(),
            aud: ACCESS.audience.to_owned(),
            sub: user.to_string(),
            sid: sid.as_str().to_owned(),
            iat: now,
            nbf: now,
            exp,
            jti: new_token_id(),
        };
        Ok(SignedToken {
            text: self.access.sign(&claims)?,
            expires_at: seconds(exp),
        })
    }

    /// Signs a refresh token that ends with the session, in whole seconds rounded down.
    ///
    /// # Errors
    /// [`TokenError::Invalid`] if signing fails, which no input causes.
    pub fn sign_refresh(
        &self,
        user: UserId,
        sid: &SessionId,
        generation: u64,
        ends: Timestamp,
    ) -> Result<SignedToken, TokenError> {
        let claims = RefreshClaims {
            iss: ISSUER.to_owned(),
            aud: REFRESH.audience.to_owned(),
            sub: user.to_string(),
            sid: sid.as_str().to_owned(),
            generation,
            iat: self.clock.now().as_secs(),
            exp: ends.as_secs(),
        };
        Ok(SignedToken {
            text: self.refresh.sign(&claims)?,
            expires_at: seconds(claims.exp),
        })
    }

    /// Signs a token of [`DEVICE_LIFETIME`] that names a device on which the user has signed in.
    ///
    /// # Errors
    /// [`TokenError::Invalid`] if signing fails, which no input causes.
    pub fn sign_device(&self, user: UserId) -> Result<SignedToken, TokenError> {
        let now = self.clock.now().as_secs();
        let claims = DeviceClaims {
            iss: ISSUER.to_owned(),
            aud: DEVICE.audience.to_owned(),
            sub: user.to_string(),
            iat: now,
            exp: now.saturating_add_unsigned(DEVICE_LIFETIME.as_secs()),
            jti: new_token_id(),
        };
        Ok(SignedToken {
            text: self.device.sign(&claims)?,
            expires_at: seconds(claims.exp),
        })
    }

    /// Believes an access token, or not.
    ///
    /// # Errors
    /// Expired, or anything else that is wrong with it.
    pub fn verify_access(&self, token: &str) -> Result<AccessToken, TokenError> {
        let claims: AccessClaims = self.access.verify(token)?;
        let verified = AccessToken {
            user_id: user_id(&claims.sub)?,
            session_id: session_id(claims.sid)?,
            expires_at: seconds(claims.exp),
        };
        if claims.iss != ISSUER || claims.aud != ACCESS.audience || claims.jti.is_empty() {
            return Err(TokenError::Invalid);
        }
        self.check_times(&[claims.iat, claims.nbf], claims.exp)?;
        Ok(verified)
    }

    /// Believes a refresh token, or not. Whether its generation is the present one, the store knows.
    ///
    /// # Errors
    /// Expired, or anything else that is wrong with it.
    pub fn verify_refresh(&self, token: &str) -> Result<RefreshToken, TokenError> {
        let claims: RefreshClaims = self.refresh.verify(token)?;
        let verified = RefreshToken {
            user_id: user_id(&claims.sub)?,
            session_id: session_id(claims.sid)?,
            generation: claims.generation,
            expires_at: seconds(claims.exp),
        };
        if claims.iss != ISSUER || claims.aud != REFRESH.audience {
            return Err(TokenError::Invalid);
        }
        if claims.generation == 0 || i64::try_from(claims.generation).is_err() {
            return Err(TokenError::Invalid);
        }
        self.check_times(&[claims.iat], claims.exp)?;
        Ok(verified)
    }

    /// Believes a device token, or not. Nobody is told why: the device is then not known, no more.
    #[must_use]
    pub fn verify_device(&self, token: &str) -> Option<DeviceToken> {
        let claims: DeviceClaims = self.device.verify(token).ok()?;
        let verified = DeviceToken {
            user_id: user_id(&claims.sub).ok()?,
            id: token_id(claims.jti).ok()?,
        };
        if claims.iss != ISSUER || claims.aud != DEVICE.audience {
            return None;
        }
        self.check_times(&[claims.iat], claims.exp).ok()?;
        Some(verified)
    }

    /// RFC 7519, 4.1.4 and 4.1.5: refused from `exp` on and before the others, give or take the leeway.
    fn check_times(&self, not_before: &[i64], exp: i64) -> Result<(), TokenError> {
        let now = self.clock.now();
        if not_before
            .iter()
            .any(|start| now < seconds(*start).minus(LEEWAY))
        {
            return Err(TokenError::Invalid);
        }
        if now >= seconds(exp).plus(LEEWAY) {
            return Err(TokenError::Expired);
        }
        Ok(())
    }
}

fn seconds(secs: i64) -> Timestamp {
    Timestamp(secs.saturating_mul(1_000_000))
}
