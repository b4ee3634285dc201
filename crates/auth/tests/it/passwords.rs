//! Passwords: their scheme, and a pool that stays bounded whoever goes away.

use std::sync::Arc;

use auth::{PasswordError, PasswordOptions, PasswordSetupError, Passwords};
use secrecy::SecretString;

const PEPPER: &str = "pepper-pepper-pepper-pepper-pepper";
const OPTIONS: PasswordOptions = PasswordOptions {
    cost: 4,
    workers: 1,
    queue: 100,
};

fn passwords(options: PasswordOptions) -> Passwords {
    Passwords::new(PEPPER.into(), options).unwrap()
}

fn secret(text: &str) -> SecretString {
    text.into()
}

#[tokio::test]
async fn a_hash_verifies_its_password_only() {
    let passwords = passwords(OPTIONS);
    let stored = passwords.hash(&secret("correct horse")).await.unwrap();
    assert!(stored.starts_with("v1$$2b$04$"), "{stored}");
    let is = async |text: &str| passwords.verify(&secret(text), Some(&stored)).await;
    assert_eq!(is("correct horse").await, Ok(true));
    assert_eq!(is("correct horsf").await, Ok(false));
    assert_eq!(is("").await, Ok(false));
    assert_ne!(
        stored,
        passwords.hash(&secret("correct horse")).await.unwrap()
    );
}

#[tokio::test]
async fn a_new_password_is_judged_with_what_is_known_of_its_owner() {
    let passwords = passwords(OPTIONS);
    let context = || vec!["anna.lindqvist@example.org".to_owned(), "Anna".to_owned()];
    let new = async |text: &str| passwords.hash_new(&secret(text), context()).await;
    assert_eq!(new("password1234").await, Err(PasswordError::Weak));
    assert_eq!(new("AnnaLindqvist").await, Err(PasswordError::Weak));
    let stored = new("a long enough passphrase").await.unwrap();
    let verified = passwords
        .verify(&secret("a long enough passphrase"), Some(&stored))
        .await;
    assert_eq!(verified, Ok(true));
    // A password of before is hashed anew as it is.
    assert!(passwords.hash(&secret("password1234")).await.is_ok());
}

#[tokio::test]
async fn judging_a_password_takes_a_place_too() {
    let passwords = passwords(PasswordOptions {
        queue: 0,
        ..OPTIONS
    });
    let (one, other) = (secret("password1234"), secret("a long enough passphrase"));
    let (one, other) = tokio::join!(
        passwords.hash_new(&one, Vec::new()),
        passwords.hash_new(&other, Vec::new()),
    );
    assert_eq!(one, Err(PasswordError::Weak));
    assert_eq!(other, Err(PasswordError::Busy));
    assert!(passwords.hash(&secret("correct horse")).await.is_ok());
}

#[tokio::test]
async fn nothing_of_a_long_password_is_cut_off() {
    let passwords = passwords(OPTIONS);
    let long = "ü".repeat(128);
    let stored = passwords.hash(&secret(&long)).await.unwrap();
    let longer = format!("{long}x");
    let is = async |text: &str| passwords.verify(&secret(text), Some(&stored)).await;
    assert_eq!(is(&long).await, Ok(true));
    assert_eq!(is(&longer).await, Ok(false));
    let with_nul = passwords.hash(&secret("before\0after!")).await.unwrap();
    let other = secret("before\0behind");
    let verified = passwords.verify(&other, Some(&with_nul)).await;
    assert_eq!(verified, Ok(false));
}

#[tokio::test]
async fn another_pepper_verifies_nothing() {
    let stored = passwords(OPTIONS)
        .hash(&secret("correct horse"))
        .await
        .unwrap();
    let other = Passwords::new("salted-salted-salted-salted-salted".into(), OPTIONS).unwrap();
    let verified = other.verify(&secret("correct horse"), Some(&stored)).await;
    assert_eq!(verified, Ok(false));
}

#[tokio::test]
async fn no_account_and_no_readable_hash_are_a_no() {
    let passwords = passwords(OPTIONS);
    let bare = bcrypt::hash("correct horse", 4).unwrap();
    for stored in [
        None,
        Some(""),
        Some("v1$"),
        Some("v2$x"),
        Some("v1$$2b$04$short"),
        Some(bare.as_str()),
    ] {
        let verified = passwords.verify(&secret("correct horse"), stored).await;
        assert_eq!(verified, Ok(false), "{stored:?}");
    }
}

#[tokio::test]
async fn hashes_of_another_cost_or_scheme_are_replaced() {
    let stored = passwords(OPTIONS)
        .hash(&secret("correct horse"))
        .await
        .unwrap();
    let stronger = passwords(PasswordOptions { cost: 5, ..OPTIONS });
    assert!(!passwords(OPTIONS).needs_rehash(&stored));
    assert!(stronger.needs_rehash(&stored));
    assert!(stronger.needs_rehash("$2b$05$bare"));
    // Until then it still verifies.
    let verified = stronger
        .verify(&secret("correct horse"), Some(&stored))
        .await;
    assert_eq!(verified, Ok(true));
}

#[tokio::test]
async fn more_than_the_queue_holds_is_busy_at_once() {
    // Held up, the one worker keeps the place of the hash that it works on.
    let passwords = Arc::new(passwords(PasswordOptions {
        cost: 12,
        workers: 1,
        queue: 1,
    }));
    let password = secret("correct horse");
    let (one, two, three, four) = tokio::join!(
        passwords.hash(&password),
        passwords.verify(&password, None),
        passwords.hash(&password),
        passwords.verify(&password, None),
    );
    assert!(one.is_ok());
    assert_eq!(two, Ok(false));
    assert_eq!(three, Err(PasswordError::Busy));
    assert_eq!(four, Err(PasswordError::Busy));
    assert!(passwords.hash(&password).await.is_ok());
}

#[tokio::test]
async fn callers_that_go_away_free_their_places() {
    let passwords = Arc::new(passwords(PasswordOptions {
        cost: 4,
        workers: 1,
        queue: 1,
    }));
    for _ in 0..20 {
        let asking = {
            let passwords = Arc::clone(&passwords);
            tokio::spawn(async move { passwords.hash(&secret("correct horse")).await })
        };
        tokio::task::yield_now().await;
        asking.abort();
        let _ = asking.await;
        // The abandoned hash may hold the worker, never both places.
        assert!(passwords.hash(&secret("correct horse")).await.is_ok());
    }
}

#[test]
fn options_that_cannot_work_are_refused() {
    let with = |options| Passwords::new(PEPPER.into(), options).err();
    for cost in [0, 3, 32] {
        let refused = with(PasswordOptions { cost, ..OPTIONS });
        assert_eq!(refused, Some(PasswordSetupError::Cost));
    }
    let refused = with(PasswordOptions {
        workers: 0,
        ..OPTIONS
    });
    assert_eq!(refused, Some(PasswordSetupError::Workers));
    let refused = Passwords::new("short".into(), OPTIONS).err();
    assert_eq!(refused, Some(PasswordSetupError::PepperTooShort));
    assert_eq!(PasswordOptions::default().cost, 12);
    assert!(!format!("{:?}", passwords(OPTIONS)).contains("pepper-pepper"));
}
