//! Which secrets are too weak to start a production server with.

use thiserror::Error;

/// Shortest secret, in bytes: as long as the output of HMAC-SHA-256 (RFC 7518, 3.2).
pub const SECRET_MIN_BYTES: usize = 32;

/// Least number of different bytes in a secret; 32 random hexadecimal digits have fewer once in 10^6.
const DIFFERENT_MIN: usize = 8;

/// Values that documentation and examples print, in lower case. A secret that contains one is no secret.
const EXAMPLES: &[&str] = &[
    "changeme",
    "change-me",
    "change_me",
    "change this",
    "change-this",
    "example",
    "insecure",
    "password",
    "placeholder",
    "replace-me",
    "replace_me",
    "replaceme",
    "your-256-bit-secret",
    "your-secret",
    "your_secret",
    "yoursecret",
    "secretsecret",
    "supersecret",
    "super-secret",
    "super_secret",
    "0123456789abcdef",
    "abcdefghijklmnop",
    "12345678901234567890",
];

/// Why a secret was refused. It never holds the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WeakSecret {
    /// Fewer than [`SECRET_MIN_BYTES`].
    #[error("must be at least 32 bytes")]
    TooShort,
    /// One character, or a handful of them, over and over.
    #[error("must be random, not a repetition of a few characters")]
    Repeated,
    /// It contains a value known from examples.
    #[error("must not be, or contain, an example value")]
    Example,
}

/// Refuses secrets that are short, repeated or known from examples (ASVS 5.0, 13.3).
///
/// # Errors
/// The first rule that the secret breaks.
pub fn check_secret(secret: &str) -> Result<(), WeakSecret> {
    if secret.trim().len() < SECRET_MIN_BYTES {
        return Err(WeakSecret::TooShort);
    }
    let mut seen = [false; 256];
    for byte in secret.bytes() {
        seen[usize::from(byte)] = true;
    }
    if seen.iter().filter(|seen| **seen).count() < DIFFERENT_MIN {
        return Err(WeakSecret::Repeated);
    }
    let lower = secret.to_lowercase();
    if EXAMPLES.iter().any(|example| lower.contains(example)) {
        return Err(WeakSecret::Example);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_random_secret_is_accepted() {
        for secret in [
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
            "Qm3xv8J2nR5tYw7zKc1LdP4sGh6aBf9eVuTiOoXy",
        ] {
            assert_eq!(check_secret(secret), Ok(()));
        }
    }

    #[test]
    fn thirty_one_bytes_are_too_short() {
        assert_eq!(
            check_secret("Qm3xv8J2nR5tYw7zKc1LdP4sGh6aBf9"),
            Err(WeakSecret::TooShort)
        );
        assert_eq!(check_secret(&" ".repeat(64)), Err(WeakSecret::TooShort));
    }

    #[test]
    fn repetition_is_refused() {
        assert_eq!(check_secret(&"a".repeat(64)), Err(WeakSecret::Repeated));
        assert_eq!(check_secret(&"abc1".repeat(16)), Err(WeakSecret::Repeated));
    }

    #[test]
    fn example_values_are_refused() {
        for secret in [
            "Your-256-bit-secret-of-many-letters-1",
            "changeme-changeme-changeme-changeme",
            "0123456789ABCDEF0123456789abcdef",
            "My-Super-Secret-Key-for-deskwire-42",
        ] {
            assert_eq!(check_secret(secret), Err(WeakSecret::Example), "{secret}");
        }
    }
}
