//! Access and refresh tokens: signed here, believed only after every check here.
//!
//! The header is read by hand and may hold `alg`, `typ` and `kid`, nothing else, so that `jku`, `jwk`,
//! `x5u`, `crit` and what comes after them are refused before a key is chosen. Times are compared with
//! the injected clock.

mod keys;
mod provider;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Clock, SessionId, Timestamp, UserId};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use self::keys::KeyRing;
pub use self::keys::{KeyError, TokenKeys};

/// How long an access token is good for.
pub const ACCESS_LIFETIME: Duration = Duration::from_secs(5 * 60);
/// How far the clocks of two nodes may be apart.
pub const LEEWAY: Duration = Duration::from_secs(5);
/// Longest token that is looked at, in bytes; ours have below 500.
pub const TOKEN_MAX_BYTES: usize = 4096;

/// Length of a session identifier: 256 bits in base64url.
pub(crate) const SESSION_ID_CHARS: usize = 43;

const ISSUER: &str = "deskwire";

/// What sets the two kinds of token apart.
struct Kind {
    audience: &'static str,
    /// `typ` of the header (RFC 8725, 3.11); for access tokens as in RFC 9068, 2.1.
    typ: &'static str,
    required: &'static [&'static str],
}

const ACCESS: Kind = Kind {
    audience: "deskwire:api",
    typ: "at+jwt",
    required: &["iss", "aud", "sub", "nbf", "exp"],
};
const REFRESH: Kind = Kind {
    audience: "deskwire:refresh",
    typ: "rt+jwt",
    required: &["iss", "aud", "sub", "exp"],
};

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StrictHeader {
    alg: String,
    typ: String,
    kid: String,
}

#[derive(Serialize, Deserialize)]
struct AccessClaims {
    iss: String,
    aud: String,
    sub: String,
    sid: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: String,
}

#[derive(Serialize, Deserialize)]
struct RefreshClaims {
    iss: String,
    aud: String,
    sub: String,
    sid: String,
    #[serde(rename = "gen")]
    generation: u64,
    iat: i64,
    exp: i64,
}

/// Signs and verifies tokens, HS256 only.
pub struct Tokens {
    access: Mint,
    refresh: Mint,
    clock: Arc<dyn Clock>,
}

/// Signs and verifies one kind of token, but for its times.
struct Mint {
    kind: &'static Kind,
    ring: KeyRing,
    validation: Validation,
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
        Tokens {
            access: Mint::new(&ACCESS, keys.access),
            refresh: Mint::new(&REFRESH, keys.refresh),
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
            jti: URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>()),
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

impl Mint {
    fn new(kind: &'static Kind, ring: KeyRing) -> Mint {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_required_spec_claims(kind.required);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[kind.audience]);
        // The library reads the system clock; `check_times` reads ours.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        Mint {
            kind,
            ring,
            validation,
        }
    }

    fn sign(&self, claims: &impl Serialize) -> Result<String, TokenError> {
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(self.kind.typ.to_owned());
        header.kid = Some(self.ring.kid.clone());
        jsonwebtoken::encode(&header, claims, &self.ring.signing).map_err(|_| TokenError::Invalid)
    }

    fn verify<T: DeserializeOwned>(&self, token: &str) -> Result<T, TokenError> {
        let key = self.key(token).ok_or(TokenError::Invalid)?;
        jsonwebtoken::decode(token, key, &self.validation)
            .map(|token| token.claims)
            .map_err(|_| TokenError::Invalid)
    }

    /// The key that a token of this kind names, if its header is one that we write.
    fn key(&self, token: &str) -> Option<&DecodingKey> {
        if token.len() > TOKEN_MAX_BYTES {
            return None;
        }
        let (header, _) = token.split_once('.')?;
        let header = URL_SAFE_NO_PAD.decode(header).ok()?;
        let header: StrictHeader = serde_json::from_slice(&header).ok()?;
        if header.alg != "HS256" || header.typ != self.kind.typ {
            return None;
        }
        self.ring.find(&header.kid)
    }
}

/// A user's identifier, in the one spelling that we write.
fn user_id(text: &str) -> Result<UserId, TokenError> {
    match text.parse::<i64>() {
        Ok(id) if id > 0 && id.to_string() == text => Ok(UserId(id)),
        _ => Err(TokenError::Invalid),
    }
}

fn session_id(text: String) -> Result<SessionId, TokenError> {
    let base64url = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if text.len() == SESSION_ID_CHARS && text.bytes().all(base64url) {
        Ok(SessionId::new(text))
    } else {
        Err(TokenError::Invalid)
    }
}

fn seconds(secs: i64) -> Timestamp {
    Timestamp(secs.saturating_mul(1_000_000))
}
