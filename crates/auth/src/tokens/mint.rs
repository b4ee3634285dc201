//! One kind of token: its signature and its header, checked before a key is chosen.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::keys::KeyRing;
use super::{TOKEN_MAX_BYTES, TokenError};

/// Who signs: `iss` of every token.
pub(super) const ISSUER: &str = "deskwire";

/// What sets the kinds of token apart.
pub(super) struct Kind {
    pub(super) audience: &'static str,
    /// `typ` of the header (RFC 8725, 3.11); for access tokens as in RFC 9068, 2.1.
    typ: &'static str,
    required: &'static [&'static str],
}

pub(super) const ACCESS: Kind = Kind {
    audience: "deskwire:api",
    typ: "at+jwt",
    required: &["iss", "aud", "sub", "nbf", "exp"],
};
pub(super) const REFRESH: Kind = Kind {
    audience: "deskwire:refresh",
    typ: "rt+jwt",
    required: &["iss", "aud", "sub", "exp"],
};

/// A device on which somebody has signed in; under the refresh key, as it also lives in a cookie.
pub(super) const DEVICE: Kind = Kind {
    audience: "deskwire:device",
    typ: "dt+jwt",
    required: &["iss", "aud", "sub", "exp"],
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StrictHeader {
    alg: String,
    typ: String,
    kid: String,
}

/// Signs and verifies one kind of token, but for its times.
pub(super) struct Mint {
    kind: &'static Kind,
    ring: Arc<KeyRing>,
    validation: Validation,
}

impl Mint {
    pub(super) fn new(kind: &'static Kind, ring: Arc<KeyRing>) -> Mint {
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

    pub(super) fn sign(&self, claims: &impl Serialize) -> Result<String, TokenError> {
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(self.kind.typ.to_owned());
        header.kid = Some(self.ring.kid.clone());
        jsonwebtoken::encode(&header, claims, &self.ring.signing).map_err(|_| TokenError::Invalid)
    }

    pub(super) fn verify<T: DeserializeOwned>(&self, token: &str) -> Result<T, TokenError> {
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
