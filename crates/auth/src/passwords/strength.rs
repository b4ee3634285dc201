//! Whether a new password is too easy to guess, judged by zxcvbn.

use zxcvbn::{Score, zxcvbn};

/// Least score of a new password: more than 10^8 guesses, as an offline attacker would make them.
const SCORE_MIN: Score = Score::Three;

/// How many characters of a password, and of each word about its owner, are looked at. 28 of anything but
/// repetition score the most. More would cost time that grows with the square of the length times all
/// ways to read digits as letters: 100 characters made for it take a second, 28 a tenth of that. And from
/// 29 on, a walk over the keypad overflows zxcvbn's arithmetic.
const JUDGED_CHARS: usize = 28;

/// Shortest part of a name or an e-mail address that counts by itself; shorter ones are found everywhere.
const PART_MIN_CHARS: usize = 3;

/// Whether somebody who knows `context`, such as the owner's name and e-mail address, guesses it too soon.
pub(super) fn is_weak(password: &str, context: &[String]) -> bool {
    let words: Vec<String> = context
        .iter()
        .flat_map(|text| std::iter::once(text.as_str()).chain(parts(text)))
        .map(head)
        .filter(|word| !word.is_empty())
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    zxcvbn(&head(password), &words).score() < SCORE_MIN
}

fn head(text: &str) -> String {
    text.chars().take(JUDGED_CHARS).collect()
}

/// First name and last name, local part and domain, and what these are made of.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let outer = text.split(|char: char| char.is_whitespace() || char == '@');
    let inner = text.split(|char: char| !char.is_alphanumeric());
    outer
        .chain(inner)
        .filter(|part| part.chars().count() >= PART_MIN_CHARS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn context() -> Vec<String> {
        let context = [
            "anna.lindqvist@example.org",
            "anna.lindqvist",
            "Anna Lindqvist-Öberg",
            "deskwire",
        ];
        context.map(str::to_owned).to_vec()
    }

    #[test]
    fn common_passwords_are_weak() {
        for password in [
            "password123",
            "P@ssw0rd1234",
            "iloveyou1234",
            "1234567890",
            "letmein2024",
            "Welcome2025!",
            "trustno1trustno1",
        ] {
            assert!(is_weak(password, &[]), "{password}");
        }
    }

    #[test]
    fn what_is_known_of_the_owner_is_weak() {
        for password in [
            "anna.lindqvist@example.org",
            "ANNA.LINDQVIST@EXAMPLE.ORG",
            "anna.lindqvist",
            "Anna Lindqvist",
            "annalindqvist",
            "lindqvistanna",
            "tsivqdnilanna",
            "L1ndqv1st2024",
            "Lindqvist-Öberg",
            "öbergöbergöberg",
            "deskwire2024",
            "deskwiredeskwire",
            "anna@deskwire",
        ] {
            assert!(is_weak(password, &context()), "{password}");
        }
        // It is the context that makes the difference.
        assert!(!is_weak("anna.lindqvist@example.org", &[]));
    }

    #[test]
    fn a_long_name_is_known_beyond_the_judged_length() {
        let name = "wolfeschlegelsteinhausenbergerdorff";
        assert!(is_weak(name, &[name.to_owned()]));
    }

    #[test]
    fn walks_and_repetitions_are_weak() {
        for password in [
            "qwertyuiop123",
            "1qaz2wsx3edc",
            "asdfghjkl;'",
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabcabc",
            "abcdefghijklmnop",
            "0101200001012000",
            "7777777777",
            "          ",
        ] {
            assert!(is_weak(password, &[]), "{password}");
        }
        assert!(is_weak(&"a".repeat(128), &[]));
        assert!(is_weak("", &[]));
    }

    #[test]
    fn passphrases_and_random_passwords_pass() {
        for password in [
            "a long enough passphrase",
            "correct horse battery staple",
            "ich gehe gerne im Wald spazieren",
            "лето на старой даче у реки",
            "夏の夜に静かな海を見ていた",
            "xK9#mQ2$vL",
            "f3a9c1e07b52",
            "🦊 lantern 🎺 gravel",
        ] {
            assert!(!is_weak(password, &context()), "{password}");
        }
    }

    #[test]
    fn the_longest_walks_overflow_nothing() {
        for steps in ["qa", "qaws", "14", "1452", "7412369", "/*-+"] {
            for at in 1..=130 {
                let walk: String = steps.chars().cycle().take(at).collect();
                let _ = is_weak(&walk, &context());
            }
        }
        let keypad = "142536475869748596352414253647586974859";
        let keyboard = "qawsedrftgyhujikolp;qawsedrftgyhujikolp;QAWSEDRF";
        for walk in [keypad, keyboard] {
            for at in 1..walk.len() {
                let _ = is_weak(&walk[..at], &[]);
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_panics(password in any::<String>(), context in any::<Vec<String>>()) {
            let _ = is_weak(&password, &context);
        }
    }
}
