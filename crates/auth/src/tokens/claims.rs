//! The claims of each kind of token, all required and of their own types, and the text forms within.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{SessionId, UserId};
use serde::{Deserialize, Serialize};

use super::TokenError;

/// Length of a session identifier: 256 bits in base64url.
const SESSION_ID_CHARS: usize = 43;

/// Length of a token's own name: 128 bits in base64url.
const TOKEN_ID_CHARS: usize = 22;

/// Of an access token (RFC 9068, without its scopes).
#[derive(Serialize, Deserialize)]
pub(super) struct AccessClaims {
    pub(super) iss: String,
    pub(super) aud: String,
    pub(super) sub: String,
    pub(super) sid: String,
    pub(super) iat: i64,
    pub(super) nbf: i64,
    pub(super) exp: i64,
    pub(super) jti: String,
}

/// Of a refresh token.
#[derive(Serialize, Deserialize)]
pub(super) struct RefreshClaims {
    pub(super) iss: String,
    pub(super) aud: String,
    pub(super) sub: String,
    pub(super) sid: String,
    #[serde(rename = "gen")]
    pub(super) generation: u64,
    pub(super) iat: i64,
    pub(super) exp: i64,
}

/// Of a device token.
#[derive(Serialize, Deserialize)]
pub(super) struct DeviceClaims {
    pub(super) iss: String,
    pub(super) aud: String,
    pub(super) sub: String,
    pub(super) iat: i64,
    pub(super) exp: i64,
    pub(super) jti: String,
}

/// A name for a new token.
pub(super) fn new_token_id() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>())
}

/// A token's name, if it is one that we write.
pub(super) fn token_id(text: String) -> Result<String, TokenError> {
    if is_base64url(&text, TOKEN_ID_CHARS) {
        Ok(text)
    } else {
        Err(TokenError::Invalid)
    }
}

/// A user's identifier, in the one spelling that we write.
pub(super) fn user_id(text: &str) -> Result<UserId, TokenError> {
    match text.parse::<i64>() {
        Ok(id) if id > 0 && id.to_string() == text => Ok(UserId(id)),
        _ => Err(TokenError::Invalid),
    }
}

/// A session's identifier, if it is one that we write.
pub(super) fn session_id(text: String) -> Result<SessionId, TokenError> {
    if is_base64url(&text, SESSION_ID_CHARS) {
        Ok(SessionId::new(text))
    } else {
        Err(TokenError::Invalid)
    }
}

fn is_base64url(text: &str, chars: usize) -> bool {
    let base64url = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    text.len() == chars && text.bytes().all(base64url)
}
