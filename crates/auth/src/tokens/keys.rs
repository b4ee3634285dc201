//! The keys that sign tokens, chosen by `kid` from memory and never from a token.

use std::collections::HashMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{DecodingKey, EncodingKey};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use thiserror::Error;

use crate::secrets::SECRET_MIN_BYTES;

/// Why key material was refused. It never holds the material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// A key below 32 bytes (RFC 7518, 3.2).
    #[error("a token key must be at least 32 bytes")]
    TooShort,
    /// One secret for both purposes would let one kind of token stand for another.
    #[error("the access and the refresh key must differ")]
    Same,
}

/// The keys of all tokens. The refresh key also signs device tokens, which live beside it in a cookie.
pub struct TokenKeys {
    pub(super) access: KeyRing,
    pub(super) refresh: KeyRing,
}

impl TokenKeys {
    /// Takes the current keys, each at least 32 bytes.
    ///
    /// # Errors
    /// A key that is too short, or the same key twice.
    pub fn new(access: &SecretString, refresh: &SecretString) -> Result<TokenKeys, KeyError> {
        let keys = TokenKeys {
            access: KeyRing::new(access)?,
            refresh: KeyRing::new(refresh)?,
        };
        if keys.access.kid == keys.refresh.kid {
            return Err(KeyError::Same);
        }
        Ok(keys)
    }

    /// Also accepts access tokens signed by a retired key; new ones are never signed by it.
    ///
    /// # Errors
    /// A key that is too short or in use for the other kind of token.
    pub fn with_retired_access(mut self, key: &SecretString) -> Result<TokenKeys, KeyError> {
        let kid = self.access.accept(key)?;
        self.distinct(&kid)
    }

    /// Also accepts refresh tokens signed by a retired key; new ones are never signed by it.
    ///
    /// # Errors
    /// A key that is too short or in use for the other kind of token.
    pub fn with_retired_refresh(mut self, key: &SecretString) -> Result<TokenKeys, KeyError> {
        let kid = self.refresh.accept(key)?;
        self.distinct(&kid)
    }

    fn distinct(self, kid: &str) -> Result<TokenKeys, KeyError> {
        if self.access.find(kid).is_some() && self.refresh.find(kid).is_some() {
            return Err(KeyError::Same);
        }
        Ok(self)
    }
}

impl fmt::Debug for TokenKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKeys(..)")
    }
}

/// The keys of one kind of token: one that signs, and all that verify.
pub(super) struct KeyRing {
    pub(super) kid: String,
    pub(super) signing: EncodingKey,
    verifying: HashMap<String, DecodingKey>,
}

impl KeyRing {
    fn new(key: &SecretString) -> Result<KeyRing, KeyError> {
        let bytes = key.expose_secret().as_bytes();
        let mut ring = KeyRing {
            kid: String::new(),
            signing: EncodingKey::from_secret(bytes),
            verifying: HashMap::new(),
        };
        ring.kid = ring.accept(key)?;
        Ok(ring)
    }

    fn accept(&mut self, key: &SecretString) -> Result<String, KeyError> {
        let bytes = key.expose_secret().as_bytes();
        if bytes.len() < SECRET_MIN_BYTES {
            return Err(KeyError::TooShort);
        }
        let kid = kid(bytes)?;
        self.verifying
            .insert(kid.clone(), DecodingKey::from_secret(bytes));
        Ok(kid)
    }

    /// The key with this name, if it is one of ours.
    pub(super) fn find(&self, kid: &str) -> Option<&DecodingKey> {
        self.verifying.get(kid)
    }
}

/// A key's public name: 64 bits of a MAC under the key itself, so that every node derives the same one.
fn kid(key: &[u8]) -> Result<String, KeyError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| KeyError::TooShort)?;
    mac.update(b"deskwire:kid");
    Ok(URL_SAFE_NO_PAD.encode(&mac.finalize().into_bytes()[..8]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(byte: char, len: usize) -> SecretString {
        SecretString::from(byte.to_string().repeat(len))
    }

    #[test]
    fn short_keys_are_refused() {
        let good = secret('a', 32);
        assert_eq!(
            TokenKeys::new(&secret('b', 31), &good).unwrap_err(),
            KeyError::TooShort
        );
        assert_eq!(
            TokenKeys::new(&good, &secret('b', 31)).unwrap_err(),
            KeyError::TooShort
        );
    }

    #[test]
    fn one_key_cannot_serve_both_kinds() {
        let (a, b) = (secret('a', 32), secret('b', 32));
        assert_eq!(TokenKeys::new(&a, &a).unwrap_err(), KeyError::Same);
        let keys = TokenKeys::new(&a, &b).unwrap();
        assert_eq!(keys.with_retired_access(&b).unwrap_err(), KeyError::Same);
        let keys = TokenKeys::new(&a, &b).unwrap();
        assert_eq!(keys.with_retired_refresh(&a).unwrap_err(), KeyError::Same);
    }

    #[test]
    fn keys_stay_out_of_debug_output() {
        let keys = TokenKeys::new(&secret('a', 32), &secret('b', 32)).unwrap();
        assert_eq!(format!("{keys:?}"), "TokenKeys(..)");
    }
}
