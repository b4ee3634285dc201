//! Tokens with forged claims, altered, misused or no tokens at all: each is refused, nothing panics.

use auth::TokenError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
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
    let (header, claims) = read(&mint.device());
    let forged = forge(&header, &claims, REFRESH_KEY);
    assert!(mint.tokens.verify_device(&forged).is_some());
}

#[test]
fn every_claim_of_a_device_token_is_required_and_of_its_own_type() {
    let mint = Mint::new();
    let (header, claims) = read(&mint.device());
    let refused = |claims| {
        let token = forge(&header, &claims, REFRESH_KEY);
        mint.tokens.verify_device(&token).is_none()
    };
    for name in ["iss", "aud", "sub", "iat", "exp", "jti"] {
        assert!(refused(without(claims.clone(), name)), "{name}");
        for value in [
            json!(1.5),
            json!(null),
            json!([claims[name]]),
            json!({}),
            json!(""),
            json!("short"),
            json!("*".repeat(22)),
            json!(u64::MAX),
        ] {
            let claims = with(claims.clone(), name, value.clone());
            assert!(refused(claims), "{name} {value}");
        }
    }
    assert!(refused(with(claims.clone(), "sub", json!("0"))));
    assert!(refused(with(claims.clone(), "exp", json!(0))));
    assert!(refused(with(claims.clone(), "iat", json!(i64::MAX))));
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
fn one_kind_of_token_never_stands_for_another() {
    let mint = Mint::new();
    let accepted = |token: &str| {
        [
            mint.access_is(token).is_ok(),
            mint.refresh_is(token).is_ok(),
            mint.tokens.verify_device(token).is_some(),
        ]
    };
    let tokens = mint.each_kind();
    let parts = tokens.each_ref().map(|token| read(token));
    for (own, token) in tokens.iter().enumerate() {
        let only_own = [0, 1, 2].map(|kind| kind == own);
        assert_eq!(accepted(token), only_own);
    }
    // Header, key, claims and audience of each kind, in every mixture: only whole tokens are accepted.
    let keys = [ACCESS_KEY, REFRESH_KEY, REFRESH_KEY];
    let mixed = |header: usize, claims: usize, audience: usize, key: usize| {
        let claims = with(
            parts[claims].1.clone(),
            "aud",
            parts[audience].1["aud"].clone(),
        );
        accepted(&forge(&parts[header].0, &claims, keys[key]))
    };
    for header in 0..3 {
        for claims in 0..3 {
            for audience in 0..3 {
                for key in 0..3 {
                    let whole = header == claims && claims == audience && keys[key] == keys[header];
                    let expected = [0, 1, 2].map(|kind| whole && kind == header);
                    // Access and refresh tokens say all that a device token says, but for the
                    // refresh token's missing name.
                    let superset = (header, claims, audience) == (2, 0, 2) && key != 0;
                    let expected = if superset {
                        [false, false, true]
                    } else {
                        expected
                    };
                    assert_eq!(
                        mixed(header, claims, audience, key),
                        expected,
                        "{header} {claims} {audience} {key}"
                    );
                }
            }
        }
    }
    // Nor does a key that signs for another kind, under its own name.
    let header = with(parts[0].0.clone(), "kid", parts[1].0["kid"].clone());
    assert!(mint.refuses(&forge(&header, &parts[0].1, REFRESH_KEY)));
}

#[test]
fn every_shortened_token_is_refused() {
    let mint = Mint::new();
    for token in mint.each_kind() {
        for end in 0..token.len() {
            assert!(mint.refuses(&token[..end]));
        }
    }
}

#[test]
fn every_flipped_bit_is_noticed() {
    let mint = Mint::new();
    for token in mint.each_kind() {
        for at in 0..token.len() {
            for bit in 0..7 {
                let mut bytes = token.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let flipped = String::from_utf8(bytes).unwrap();
                assert!(mint.refuses(&flipped), "byte {at}, bit {bit}");
            }
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
        assert!(mint.refuses(&token));
    }
}
