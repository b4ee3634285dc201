//! Whatever a client sends as a token: there is an answer, and it is no.
//!
//! 256 cases each; `PROPTEST_CASES=100000 cargo test -p auth --test it token_properties` runs more.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::tokens::{ACCESS_KEY, Mint, REFRESH_KEY, forge, read, with};

/// What the clock of a [`Mint`] shows, in seconds.
const START: i64 = 1_767_225_600;

/// Any JSON, not too deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            btree_map(".{0,8}", inner, 0..6).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// An object of some of these fields, with values that are right, nearly right, or anything.
fn object_of(fields: &'static [(&'static str, &'static [&'static str])]) -> BoxedStrategy<Value> {
    let fields = fields.iter().map(|&(name, values)| {
        let value = prop_oneof![
            select(values).prop_map(Value::from),
            (START - 400..START + 400).prop_map(Value::from),
            any_json(),
        ];
        proptest::option::weighted(0.9, value).prop_map(move |value| (name, value))
    });
    let fields: Vec<_> = fields.collect();
    fields
        .prop_map(|fields| {
            let given = fields.into_iter();
            given
                .filter_map(|(name, value)| Some((name.to_owned(), value?)))
                .collect()
        })
        .boxed()
}

fn any_header() -> BoxedStrategy<Value> {
    prop_oneof![
        any_json(),
        object_of(&[
            ("alg", &["HS256", "none", "RS256", "HS512"]),
            ("typ", &["at+jwt", "rt+jwt", "dt+jwt", "JWT"]),
            ("kid", &["", "AAAAAAAAAAA"]),
        ]),
        object_of(&[("alg", &["HS256"]), ("jwk", &[""]), ("crit", &["exp"])]),
    ]
    .boxed()
}

fn any_claims() -> BoxedStrategy<Value> {
    prop_oneof![
        any_json(),
        object_of(&[
            ("iss", &["deskwire", "Deskwire"]),
            (
                "aud",
                &["deskwire:api", "deskwire:refresh", "deskwire:device"]
            ),
            ("sub", &["7", "0", "+7", "9223372036854775807"]),
            ("sid", &["SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"]),
            ("gen", &["3"]),
            ("iat", &["1"]),
            ("nbf", &["1"]),
            ("exp", &["1"]),
            ("jti", &["AAAAAAAAAAAAAAAAAAAAAA"]),
        ]),
    ]
    .boxed()
}

proptest! {
    #[test]
    fn no_text_is_a_token(text in any::<String>()) {
        prop_assert!(Mint::new().refuses(&text));
    }

    #[test]
    fn no_bytes_in_three_parts_are_a_token(
        header in any::<Vec<u8>>(),
        claims in any::<Vec<u8>>(),
        signature in any::<Vec<u8>>(),
    ) {
        let token = [header, claims, signature].map(|part| URL_SAFE_NO_PAD.encode(part));
        prop_assert!(Mint::new().refuses(&token.join(".")));
    }

    #[test]
    fn no_json_in_three_parts_is_a_token(
        header in any_header(),
        claims in any_claims(),
        signature in vec(any::<u8>(), 32),
        own_header in any::<bool>(),
        kind in 0..3_usize,
    ) {
        let mint = Mint::new();
        let genuine = read(&mint.each_kind()[kind]).0;
        let header = if own_header { genuine } else { header };
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(&header), part(&claims));
        let signed = format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature));
        let unsigned = format!("{message}.");
        for token in [signed, unsigned, message] {
            prop_assert!(mint.refuses(&token));
        }
    }

    #[test]
    fn no_signature_of_ours_makes_another_header_good(header in any_header(), kind in 0..3_usize) {
        let mint = Mint::new();
        let (genuine, claims) = read(&mint.each_kind()[kind]);
        for key in [ACCESS_KEY, REFRESH_KEY] {
            prop_assert!(header == genuine || mint.refuses(&forge(&header, &claims, key)));
        }
    }

    #[test]
    fn claims_that_we_never_sign_have_an_answer(
        claims in any_claims(),
        kind in 0..3_usize,
        name in select(&["iss", "aud", "sub", "sid", "gen", "iat", "nbf", "exp", "jti"][..]),
        value in any_json(),
    ) {
        // Under our own keys; some are valid, and none panics.
        let mint = Mint::new();
        let (header, genuine) = read(&mint.each_kind()[kind]);
        for claims in [claims, with(genuine, name, value)] {
            for key in [ACCESS_KEY, REFRESH_KEY] {
                let _ = mint.refuses(&forge(&header, &claims, key));
            }
        }
    }

    #[test]
    fn one_other_character_is_noticed(kind in 0..3_usize, at in any::<Index>(), other in any::<char>()) {
        let mint = Mint::new();
        let token = mint.each_kind()[kind].clone();
        let at = at.index(token.len());
        let altered = format!("{}{other}{}", &token[..at], &token[at + 1..]);
        prop_assert!(altered == token || mint.refuses(&altered), "{altered}");
    }

    #[test]
    fn one_character_of_base64_more_or_less_is_noticed(
        kind in 0..3_usize,
        at in any::<Index>(),
        other in "[A-Za-z0-9_.=-]",
    ) {
        let mint = Mint::new();
        let token = mint.each_kind()[kind].clone();
        let at = at.index(token.len());
        let longer = format!("{}{other}{}", &token[..at], &token[at..]);
        let longest = format!("{token}{other}");
        let shorter = format!("{}{}", &token[..at], &token[at + 1..]);
        for altered in [longer, longest, shorter] {
            prop_assert!(mint.refuses(&altered), "{altered}");
        }
    }

    #[test]
    fn pieces_of_tokens_are_no_token(
        kinds in (0..3_usize, 0..3_usize),
        ends in (any::<Index>(), any::<Index>()),
    ) {
        let mint = Mint::new();
        // Two tokens are never the same: each access and device token has a name of its own.
        let (one, other) = (mint.each_kind()[kinds.0].clone(), mint.each_kind()[kinds.1].clone());
        let spliced = format!("{}{}", &one[..ends.0.index(one.len())], &other[ends.1.index(other.len())..]);
        let whole = spliced == one || spliced == other;
        prop_assert!(whole || mint.refuses(&spliced), "{spliced}");
        prop_assert!(mint.refuses(&one[..ends.0.index(one.len())]));
        prop_assert!(mint.refuses(&one[ends.0.index(one.len() - 1) + 1..]));
    }

    #[test]
    fn parts_of_two_tokens_are_no_token(kinds in (0..3_usize, 0..3_usize), from_other in 1..7_u8) {
        let mint = Mint::new();
        let (one, other) = (mint.each_kind()[kinds.0].clone(), mint.each_kind()[kinds.1].clone());
        let parts: Vec<&str> = one
            .split('.')
            .zip(other.split('.'))
            .enumerate()
            .map(|(at, (one, other))| if from_other & (1 << at) == 0 { one } else { other })
            .collect();
        let mixed = parts.join(".");
        let whole = mixed == one || mixed == other;
        prop_assert!(whole || mint.refuses(&mixed), "{mixed}");
    }
}

#[test]
fn the_generated_claims_come_close() {
    // Or else the properties would only ever see what is refused at a glance.
    let mint = Mint::new();
    let (header, claims) = read(&mint.access());
    let claims = with(claims, "iat", json!(START - 100));
    assert!(!mint.refuses(&forge(&header, &claims, ACCESS_KEY)));
}
