//! Tokens with forged claims, altered, misused or no tokens at all: each is refused, nothing panics.

use auth::TokenError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::json;
use testkit::clock::START;

use crate::tokens::{ACCESS_KEY, INVALID, Mint, REFRESH_KEY, forge, read, with, without};

#[test]
fn a_forgery_with_the_right_key_and_claims_is_accepted() {
    // Or else the other tests of this file would prove nothing.
    let mint = Mint::new();
    let (header, claims) = read(&mint.access());
    assert_eq!(mint.access_is(&forge(&header, &claims, ACCESS_KEY)), Ok(()));
    let (header, claims) = read(&mint.refresh());
    assert_eq!(
        mint.refresh_is(&forge(&header, &claims, REFRESH_KEY)),
        Ok(())
    );
}

#[test]
fn every_claim_is_required_and_of_its_own_type() {
    let mint = Mint::new();
    let now = START.as_secs();
    let (header, claims) = read(&mint.access());
    for name in ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti"] {
        let claims = without(claims.clone(), name);
        assert_eq!(
            mint.access_is(&forge(&header, &claims, ACCESS_KEY)),
            INVALID,
            "{name}"
        );
    }
    for name in ["iat", "nbf", "exp"] {
        let time = if name == "exp" { now + 60 } else { now };
        for value in [
            json!(time as f64),
            json!(time.to_string()),
            json!(true),
            json!(null),
            json!([time]),
            json!({"at": time}),
            json!(u64::MAX),
            json!(1e300),
        ] {
            let claims = with(claims.clone(), name, value.clone());
            let token = forge(&header, &claims, ACCESS_KEY);
            assert_eq!(mint.access_is(&token), INVALID, "{name} {value}");
        }
    }
    for name in ["iss", "aud", "sub", "sid", "jti"] {
        for value in [
            json!(7),
            json!(null),
            json!([claims[name]]),
            json!({}),
            json!(""),
        ] {
            let claims = with(claims.clone(), name, value.clone());
            let token = forge(&header, &claims, ACCESS_KEY);
            assert_eq!(mint.access_is(&token), INVALID, "{name} {value}");
        }
    }
    let (header, claims) = read(&mint.refresh());
    for name in ["iss", "aud", "sub", "sid", "gen", "iat", "exp"] {
        let claims = without(claims.clone(), name);
        assert_eq!(
            mint.refresh_is(&forge(&header, &claims, REFRESH_KEY)),
            INVALID,
            "{name}"
        );
    }
    for generation in [
        json!(0),
        json!(-1),
        json!(1.0),
        json!("1"),
        json!(u64::MAX),
        json!(null),
    ] {
        let claims = with(claims.clone(), "gen", generation);
        assert_eq!(
            mint.refresh_is(&forge(&header, &claims, REFRESH_KEY)),
            INVALID
        );
    }
}

#[test]
fn extreme_times_overflow_nothing() {
    let mint = Mint::new();
    let (header, claims) = read(&mint.access());
    for (name, value, expected) in [
        ("exp", i64::MIN, INVALID),
        ("exp", -1, INVALID),
        ("exp", 0, Err(TokenError::Expired)),
        ("exp", i64::MAX, Ok(())),
        ("nbf", i64::MAX, INVALID),
        ("nbf", i64::MIN, INVALID),
        ("nbf", 0, Ok(())),
        ("iat", i64::MAX, INVALID),
    ] {
        let claims = with(claims.clone(), name, json!(value));
        let token = forge(&header, &claims, ACCESS_KEY);
        assert_eq!(mint.access_is(&token), expected, "{name} {value}");
    }
}

#[test]
fn wrong_issuers_audiences_subjects_and_sessions_are_refused() {
    let mint = Mint::new();
    let (header, claims) = read(&mint.access());
    for (name, value) in [
        ("iss", "deskwire2"),
        ("iss", "DESKWIRE"),
        ("aud", "deskwire:refresh"),
        ("aud", "deskwire:api "),
        ("sub", "0"),
        ("sub", "-7"),
        ("sub", "+7"),
        ("sub", "007"),
        ("sub", "7 "),
        ("sub", "9223372036854775808"),
        ("sid", "short"),
        ("sid", "*******************************************"),
        ("sid", "S:S{SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"),
    ] {
        let claims = with(claims.clone(), name, json!(value));
        let token = forge(&header, &claims, ACCESS_KEY);
        assert_eq!(mint.access_is(&token), INVALID, "{name} {value}");
    }
}

#[test]
fn one_kind_of_token_never_stands_for_the_other() {
    let mint = Mint::new();
    let (access, refresh) = (mint.access(), mint.refresh());
    assert_eq!(mint.refresh_is(&access), INVALID);
    assert_eq!(mint.access_is(&refresh), INVALID);
    // Nor do the claims of one under the header and key of the other.
    let ((access_header, access), (refresh_header, refresh)) = (read(&access), read(&refresh));
    let claims = with(access.clone(), "gen", json!(3));
    assert_eq!(
        mint.refresh_is(&forge(&refresh_header, &claims, REFRESH_KEY)),
        INVALID
    );
    let claims = with(access, "aud", refresh["aud"].clone());
    assert_eq!(
        mint.access_is(&forge(&access_header, &claims, ACCESS_KEY)),
        INVALID
    );
    // Nor does a key that signs for the other kind.
    let (header, claims) = read(&mint.access());
    assert_eq!(
        mint.access_is(&forge(&header, &claims, REFRESH_KEY)),
        INVALID
    );
    let header = with(header, "kid", refresh_header["kid"].clone());
    assert_eq!(
        mint.access_is(&forge(&header, &claims, REFRESH_KEY)),
        INVALID
    );
}

#[test]
fn every_shortened_token_is_refused() {
    let mint = Mint::new();
    for token in [mint.access(), mint.refresh()] {
        for end in 0..token.len() {
            assert_eq!(mint.access_is(&token[..end]), INVALID);
            assert_eq!(mint.refresh_is(&token[..end]), INVALID);
        }
    }
}

#[test]
fn every_flipped_bit_is_noticed() {
    let mint = Mint::new();
    let token = mint.access();
    for at in 0..token.len() {
        for bit in 0..7 {
            let mut bytes = token.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let flipped = String::from_utf8(bytes).unwrap();
            assert_eq!(mint.access_is(&flipped), INVALID, "byte {at}, bit {bit}");
        }
    }
}

#[test]
fn long_tokens_are_refused_unread() {
    let mint = Mint::new();
    let (header, claims) = read(&mint.access());
    let claims = with(claims, "padding", json!("x".repeat(64 * 1024)));
    assert_eq!(
        mint.access_is(&forge(&header, &claims, ACCESS_KEY)),
        INVALID
    );
    let deep = URL_SAFE_NO_PAD.encode("[".repeat(48 * 1024));
    for token in [
        "A".repeat(64 * 1024),
        ".".repeat(64 * 1024),
        format!("{deep}.{deep}."),
        URL_SAFE_NO_PAD.encode("[".repeat(2000)) + "..",
    ] {
        assert_eq!(mint.access_is(&token), INVALID);
        assert_eq!(mint.refresh_is(&token), INVALID);
    }
}

proptest! {
    #[test]
    fn no_text_is_a_token_and_none_panics(text in any::<String>()) {
        let mint = Mint::new();
        prop_assert_eq!(mint.access_is(&text), INVALID);
        prop_assert_eq!(mint.refresh_is(&text), INVALID);
    }

    #[test]
    fn nothing_in_three_parts_panics(
        header in r#"\{("(alg|typ|kid|jwk|crit)":("[A-Za-z0-9+]{0,8}"|\{\}|\[\]|1|null),?){0,4}\}"#,
        claims in any::<Vec<u8>>(),
        signature in any::<Vec<u8>>(),
    ) {
        let mint = Mint::new();
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let token = [part(header.as_bytes()), part(&claims), part(&signature)].join(".");
        prop_assert_eq!(mint.access_is(&token), INVALID);
        prop_assert_eq!(mint.refresh_is(&token), INVALID);
    }

    #[test]
    fn nothing_signed_panics(claims in any::<Vec<u8>>(), text in any::<String>(), number in any::<i64>()) {
        let mint = Mint::new();
        let (header, good) = read(&mint.access());
        for claims in [
            json!(claims),
            json!(text),
            json!({ text.as_str(): number }),
            with(good.clone(), "sub", json!(text)),
            with(good.clone(), "sid", json!(text)),
            with(good.clone(), "exp", json!(number)),
            with(good.clone(), "nbf", json!(number)),
        ] {
            // Some are valid; all have an answer.
            let _ = mint.access_is(&forge(&header, &claims, ACCESS_KEY));
        }
    }
}
