//! Tokens whose header asks for another algorithm, key or treatment: each is refused.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::{Sha384, Sha512};

use crate::tokens::{ACCESS_KEY, INVALID, Mint, forge, message, read, with, without};

#[test]
fn no_algorithm_is_refused_in_every_spelling() {
    let mint = Mint::new();
    let (header, claims) = read(&mint.access());
    for alg in [
        "none", "None", "NONE", "nOnE", "", "null", "HS256 ", "hs256",
    ] {
        let header = with(header.clone(), "alg", json!(alg));
        assert_eq!(
            mint.access_is(&forge(&header, &claims, ACCESS_KEY)),
            INVALID
        );
        let unsigned = message(&header, &claims);
        for token in [
            unsigned.clone(),
            format!("{unsigned}."),
            format!("{unsigned}.AA"),
        ] {
            assert_eq!(mint.access_is(&token), INVALID, "{alg}");
        }
    }
    for alg in [json!(null), json!(["HS256"]), json!(256), json!({})] {
        let header = with(header.clone(), "alg", alg);
        assert_eq!(
            mint.access_is(&forge(&header, &claims, ACCESS_KEY)),
            INVALID
        );
    }
    let unsigned = message(&header, &claims);
    for token in [unsigned.clone(), format!("{unsigned}.")] {
        assert_eq!(mint.access_is(&token), INVALID);
    }
}

#[test]
fn other_algorithms_with_the_right_key_are_refused() {
    let mint = Mint::new();
    let (header, claims) = read(&mint.access());
    for alg in [
        "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
        "EdDSA",
    ] {
        let header = with(header.clone(), "alg", json!(alg));
        assert_eq!(
            mint.access_is(&forge(&header, &claims, ACCESS_KEY)),
            INVALID
        );
    }
    let signed_as = |alg: &str, mac: &dyn Fn(&[u8]) -> Vec<u8>| {
        let message = message(&with(header.clone(), "alg", json!(alg)), &claims);
        let signature = URL_SAFE_NO_PAD.encode(mac(message.as_bytes()));
        format!("{message}.{signature}")
    };
    let sha384 = |text: &[u8]| {
        let mut mac = Hmac::<Sha384>::new_from_slice(ACCESS_KEY.as_bytes()).unwrap();
        mac.update(text);
        mac.finalize().into_bytes().to_vec()
    };
    let sha512 = |text: &[u8]| {
        let mut mac = Hmac::<Sha512>::new_from_slice(ACCESS_KEY.as_bytes()).unwrap();
        mac.update(text);
        mac.finalize().into_bytes().to_vec()
    };
    assert_eq!(mint.access_is(&signed_as("HS384", &sha384)), INVALID);
    assert_eq!(mint.access_is(&signed_as("HS512", &sha512)), INVALID);
    assert_eq!(mint.access_is(&signed_as("HS256", &sha384)), INVALID);
}

#[test]
fn keys_come_from_memory_whatever_kid_says() {
    let mint = Mint::new();
    let (header, claims) = read(&mint.access());
    for kid in [
        "",
        "unknown",
        "../../../../dev/null",
        "/proc/self/environ",
        "' OR '1'='1",
        "x' UNION SELECT 'AAAA'; --",
        "|whoami",
        "\u{0}",
    ] {
        let header = with(header.clone(), "kid", json!(kid));
        assert_eq!(
            mint.access_is(&forge(&header, &claims, ACCESS_KEY)),
            INVALID
        );
        assert_eq!(mint.access_is(&forge(&header, &claims, "")), INVALID);
    }
    for kid in [json!(1), json!(null), json!([header["kid"]])] {
        let header = with(header.clone(), "kid", kid);
        assert_eq!(
            mint.access_is(&forge(&header, &claims, ACCESS_KEY)),
            INVALID
        );
    }
    let header = without(header, "kid");
    assert_eq!(
        mint.access_is(&forge(&header, &claims, ACCESS_KEY)),
        INVALID
    );
}

#[test]
fn headers_that_bring_a_key_or_an_extension_are_refused() {
    let mint = Mint::new();
    let (header, claims) = read(&mint.access());
    let key = URL_SAFE_NO_PAD.encode(ACCESS_KEY);
    for (name, value) in [
        ("jku", json!("https://example.org/keys.json")),
        ("x5u", json!("https://example.org/cert.pem")),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("AAAA")),
        ("jwk", json!({"kty": "oct", "k": key, "alg": "HS256"})),
        ("jwk", json!({"kty": "OKP", "crv": "Ed25519", "x": "AA"})),
        ("jwk", json!({"kty": "RSA", "n": "AQAB", "e": "AQAB"})),
        ("crit", json!(["exp"])),
        ("crit", json!([])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("enc", json!("A128GCM")),
        ("cty", json!("JWT")),
        ("anything", json!(1)),
    ] {
        let header = with(header.clone(), name, value);
        assert_eq!(
            mint.access_is(&forge(&header, &claims, ACCESS_KEY)),
            INVALID,
            "{name}"
        );
    }
}

#[test]
fn the_type_of_the_header_is_checked() {
    let mint = Mint::new();
    let (header, claims) = read(&mint.access());
    for typ in [
        json!("JWT"),
        json!("rt+jwt"),
        json!("AT+JWT"),
        json!(null),
        json!(1),
    ] {
        let header = with(header.clone(), "typ", typ);
        assert_eq!(
            mint.access_is(&forge(&header, &claims, ACCESS_KEY)),
            INVALID
        );
    }
    let header = without(header, "typ");
    assert_eq!(
        mint.access_is(&forge(&header, &claims, ACCESS_KEY)),
        INVALID
    );
}

#[test]
fn a_header_that_names_a_field_twice_is_refused() {
    let mint = Mint::new();
    let token = mint.access();
    let (header, claims) = read(&token);
    let doubled = header.to_string().replacen('{', r#"{"alg":"none","#, 1);
    let rest = message(&header, &claims);
    let rest = rest.split_once('.').unwrap().1;
    let signature = token.rsplit_once('.').unwrap().1;
    let token = format!("{}.{rest}.{signature}", URL_SAFE_NO_PAD.encode(doubled));
    assert_eq!(mint.access_is(&token), INVALID);
}
