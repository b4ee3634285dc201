//! Tokens that are ours: what they say, how long they count, and how a test forges others.

use std::sync::Arc;
use std::time::Duration;

use auth::tokens::{ACCESS_LIFETIME, DEVICE_LIFETIME, TokenKeys};
use auth::{TokenError, Tokens};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Clock, SessionId, UserId};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use testkit::clock::{ManualClock, START};

pub(crate) const ACCESS_KEY: &str = "access-key-access-key-access-key";
pub(crate) const REFRESH_KEY: &str = "refresh-key-refresh-key-refresh-";
pub(crate) const INVALID: Result<(), TokenError> = Err(TokenError::Invalid);
pub(crate) const ANNA: UserId = UserId(7);
const SECOND: Duration = Duration::from_secs(1);
const MICRO: Duration = Duration::from_micros(1);

pub(crate) fn keys() -> TokenKeys {
    TokenKeys::new(&ACCESS_KEY.into(), &REFRESH_KEY.into()).unwrap()
}

/// Tokens, their clock and one session.
pub(crate) struct Mint {
    pub(crate) tokens: Tokens,
    pub(crate) clock: ManualClock,
    pub(crate) sid: SessionId,
}

impl Mint {
    pub(crate) fn new() -> Mint {
        let clock = ManualClock::new();
        Mint {
            tokens: Tokens::new(keys(), Arc::new(clock.clone())),
            clock,
            sid: SessionId::new("S".repeat(43)),
        }
    }

    pub(crate) fn access(&self) -> String {
        self.tokens.sign_access(ANNA, &self.sid).unwrap().text
    }

    pub(crate) fn refresh(&self) -> String {
        let ends = self.clock.now().plus(3600 * SECOND);
        self.tokens
            .sign_refresh(ANNA, &self.sid, 3, ends)
            .unwrap()
            .text
    }

    pub(crate) fn device(&self) -> String {
        self.tokens.sign_device(ANNA).unwrap().text
    }

    /// The tokens of all kinds.
    pub(crate) fn each_kind(&self) -> [String; 3] {
        [self.access(), self.refresh(), self.device()]
    }

    /// Whether a text is refused as every kind of token.
    pub(crate) fn refuses(&self, token: &str) -> bool {
        self.access_is(token) == INVALID
            && self.refresh_is(token) == INVALID
            && self.tokens.verify_device(token).is_none()
    }

    pub(crate) fn access_is(&self, token: &str) -> Result<(), TokenError> {
        self.tokens.verify_access(token).map(|_| ())
    }

    pub(crate) fn refresh_is(&self, token: &str) -> Result<(), TokenError> {
        self.tokens.verify_refresh(token).map(|_| ())
    }
}

/// Header and claims of a token, unverified.
pub(crate) fn read(token: &str) -> (Value, Value) {
    let mut parts = token.split('.').map(|part| {
        let bytes = URL_SAFE_NO_PAD.decode(part).unwrap();
        serde_json::from_slice(&bytes).unwrap_or(Value::Null)
    });
    (parts.next().unwrap(), parts.next().unwrap())
}

/// Header and claims as a token has them before the signature.
pub(crate) fn message(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

/// A token with this header and these claims, signed with HMAC-SHA-256.
pub(crate) fn forge(header: &Value, claims: &Value, key: &str) -> String {
    let message = message(header, claims);
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    format!("{message}.{signature}")
}

/// The object with a field set.
pub(crate) fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}

/// The object without a field.
pub(crate) fn without(mut object: Value, name: &str) -> Value {
    object.as_object_mut().unwrap().remove(name);
    object
}

#[test]
fn an_access_token_says_who_and_which_session_and_no_role() {
    let mint = Mint::new();
    let (header, claims) = read(&mint.access());
    assert_eq!(header["alg"], "HS256");
    assert_eq!(header["typ"], "at+jwt");
    assert_eq!(header.as_object().unwrap().len(), 3);
    let now = START.as_secs();
    assert_eq!(claims["iss"], "deskwire");
    assert_eq!(claims["aud"], "deskwire:api");
    assert_eq!(claims["sub"], "7");
    assert_eq!(claims["sid"], mint.sid.as_str());
    assert_eq!((&claims["iat"], &claims["nbf"]), (&json!(now), &json!(now)));
    assert_eq!(claims["exp"], now + 300);
    assert_eq!(claims["jti"].as_str().unwrap().len(), 22);
    assert_eq!(claims.as_object().unwrap().len(), 8);
    assert_ne!(mint.access(), mint.access());
}

#[test]
fn a_refresh_token_says_which_generation() {
    let mint = Mint::new();
    let token = mint.refresh();
    let (header, claims) = read(&token);
    assert_eq!(header["typ"], "rt+jwt");
    assert_eq!(claims["aud"], "deskwire:refresh");
    assert_eq!(claims["gen"], 3);
    let read = mint.tokens.verify_refresh(&token).unwrap();
    assert_eq!((read.user_id, read.generation), (ANNA, 3));
    assert_eq!(read.session_id, mint.sid);
    assert_eq!(read.expires_at, START.plus(3600 * SECOND));
}

#[test]
fn a_device_token_says_who_signed_in_and_names_the_device() {
    let mint = Mint::new();
    let signed = mint.tokens.sign_device(ANNA).unwrap();
    let (header, claims) = read(&signed.text);
    assert_eq!(header["typ"], "dt+jwt");
    assert_eq!(header["kid"], read(&mint.refresh()).0["kid"]);
    assert_eq!(claims["aud"], "deskwire:device");
    assert_eq!(claims.as_object().unwrap().len(), 6);
    assert_eq!(signed.expires_at, START.plus(180 * 86_400 * SECOND));
    let read = mint.tokens.verify_device(&signed.text).unwrap();
    assert_eq!(read.user_id, ANNA);
    assert_eq!(read.id, claims["jti"]);
    let other = mint.tokens.verify_device(&mint.device()).unwrap();
    assert_ne!(read.id, other.id);
}

#[test]
fn a_device_token_counts_for_180_days() {
    let mint = Mint::new();
    let token = mint.device();
    let counts = || mint.tokens.verify_device(&token).is_some();
    mint.clock.set(START.minus(5 * SECOND));
    assert!(counts());
    mint.clock.set(START.minus(5 * SECOND).minus(MICRO));
    assert!(!counts());
    let ends = START.plus(DEVICE_LIFETIME + 5 * SECOND);
    mint.clock.set(ends.minus(MICRO));
    assert!(counts());
    mint.clock.set(ends);
    assert!(!counts());
}

#[test]
fn a_token_counts_until_the_leeway_after_its_end() {
    let mint = Mint::new();
    let (access, refresh) = (mint.access(), mint.refresh());
    for (token, lifetime, is) in [
        (
            &access,
            ACCESS_LIFETIME,
            Mint::access_is as fn(&Mint, &str) -> _,
        ),
        (&refresh, 3600 * SECOND, Mint::refresh_is),
    ] {
        mint.clock
            .set(START.plus(lifetime + 5 * SECOND).minus(MICRO));
        assert_eq!(is(&mint, token), Ok(()));
        mint.clock.advance(MICRO);
        assert_eq!(is(&mint, token), Err(TokenError::Expired));
        mint.clock.advance(SECOND);
        assert_eq!(is(&mint, token), Err(TokenError::Expired));
    }
}

#[test]
fn a_token_counts_from_the_leeway_before_its_beginning() {
    let mint = Mint::new();
    let (access, refresh) = (mint.access(), mint.refresh());
    mint.clock.set(START.minus(5 * SECOND));
    assert_eq!(mint.access_is(&access), Ok(()));
    assert_eq!(mint.refresh_is(&refresh), Ok(()));
    mint.clock.set(START.minus(5 * SECOND).minus(MICRO));
    assert_eq!(mint.access_is(&access), Err(TokenError::Invalid));
    assert_eq!(mint.refresh_is(&refresh), Err(TokenError::Invalid));
}

#[test]
fn a_retired_key_verifies_and_signs_nothing() {
    let mint = Mint::new();
    let [access, refresh, device] = mint.each_kind();
    let renewed = || {
        TokenKeys::new(
            &"new-access-key-new-access-key-new".into(),
            &"new-refresh-key-new-refresh-key-n".into(),
        )
        .unwrap()
    };
    let clock = Arc::new(mint.clock.clone());
    let strangers = Tokens::new(renewed(), clock.clone());
    assert_eq!(
        strangers.verify_access(&access).err(),
        Some(TokenError::Invalid)
    );
    let keys = renewed()
        .with_retired_access(&ACCESS_KEY.into())
        .unwrap()
        .with_retired_refresh(&REFRESH_KEY.into())
        .unwrap();
    let heirs = Tokens::new(keys, clock);
    assert!(heirs.verify_access(&access).is_ok());
    assert!(heirs.verify_refresh(&refresh).is_ok());
    assert!(strangers.verify_device(&device).is_none());
    assert!(heirs.verify_device(&device).is_some());
    let new = heirs.sign_access(ANNA, &mint.sid).unwrap().text;
    assert_ne!(read(&new).0["kid"], read(&access).0["kid"]);
    assert_eq!(mint.access_is(&new), Err(TokenError::Invalid));
}

#[test]
fn tokens_stay_out_of_debug_output() {
    let mint = Mint::new();
    let token = mint.tokens.sign_access(ANNA, &mint.sid).unwrap();
    assert!(!format!("{token:?}").contains(&token.text));
    assert!(!format!("{:?}", mint.tokens).contains("key-"));
    let read = mint.tokens.verify_access(&token.text).unwrap();
    assert!(!format!("{read:?}").contains("SSSS"));
}
