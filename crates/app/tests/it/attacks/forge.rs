//! Tokens that are not ours, made with our keys: what an attacker could send at the very best.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::{Sha256, Sha384, Sha512};

/// Header and claims of a token, unverified.
pub(super) fn read(token: &str) -> (Value, Value) {
    let mut parts = token.split('.').take(2).map(|part| {
        let bytes = URL_SAFE_NO_PAD.decode(part).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    });
    (parts.next().unwrap(), parts.next().unwrap())
}

/// Header and claims as a token has them before the signature.
pub(super) fn message(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

/// A token with this header and these claims, signed with HMAC-SHA-256 whatever the header says.
pub(super) fn forge(header: &Value, claims: &Value, key: &str) -> String {
    let message = message(header, claims);
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    signed(&message, &mac.finalize().into_bytes())
}

/// The same, signed with HMAC-SHA-384 and with HMAC-SHA-512, and saying so.
pub(super) fn forge_longer(header: &Value, claims: &Value, key: &str) -> [String; 2] {
    let longer = with(header, "alg", "HS384".into());
    let first = message(&longer, claims);
    let mut mac = Hmac::<Sha384>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(first.as_bytes());
    let first = signed(&first, &mac.finalize().into_bytes());

    let longest = with(header, "alg", "HS512".into());
    let second = message(&longest, claims);
    let mut mac = Hmac::<Sha512>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(second.as_bytes());
    [first, signed(&second, &mac.finalize().into_bytes())]
}

fn signed(message: &str, signature: &[u8]) -> String {
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The object with a field set.
pub(super) fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[name] = value;
    object
}

/// The object without a field.
pub(super) fn without(object: &Value, name: &str) -> Value {
    let mut object = object.clone();
    object.as_object_mut().unwrap().remove(name);
    object
}
