//! Guessing at sign-in is slowed down, alike for all accounts, and not for devices that are known.

use std::sync::Arc;
use std::time::Duration;

use auth::tokens::{DEVICE_LIFETIME, LEEWAY};
use auth::{ClientInfo, PasswordError, PasswordOptions};
use domain::Email;
use services::{AccountError, AccountService, Foundation, Services};
use testkit::on_every_database;
use tokio::task::JoinSet;

use crate::desk::{Desk, Member, OPTIONS, PASSWORD, hashing};
use crate::pool::Stuck;
use crate::sink::within;

const WRONG: &str = "wrong horse battery";
const SECOND: Duration = Duration::from_secs(1);

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    SignedIn,
    Refused,
    Wait(Duration),
    Busy,
}

use Outcome::{Busy, Refused, SignedIn, Wait};

async fn attempt(
    accounts: &AccountService,
    email: &Email,
    password: &str,
    device: Option<&str>,
) -> Outcome {
    let client = ClientInfo::default();
    match accounts
        .log_in(email, &password.into(), device, client)
        .await
    {
        Ok(_) => SignedIn,
        Err(AccountError::InvalidCredentials) => Refused,
        Err(AccountError::TooManyAttempts { retry_after }) => Wait(retry_after),
        Err(AccountError::Password(PasswordError::Busy)) => Busy,
        Err(error) => panic!("{error:?}"),
    }
}

/// An attempt from a device that nobody knows.
async fn guess(desk: &Desk, email: &Email, password: &str) -> Outcome {
    attempt(&desk.services.accounts, email, password, None).await
}

/// An attempt at the account of one from the device of another.
async fn from_device(desk: &Desk, of: &Member, at: &Member, password: &str) -> Outcome {
    let device = Some(of.device_token.as_str());
    attempt(&desk.services.accounts, &at.email, password, device).await
}

/// As many failures as are free.
async fn five_guesses(desk: &Desk, email: &Email) {
    for _ in 0..5 {
        assert_eq!(guess(desk, email, WRONG).await, Refused);
    }
    assert_eq!(guess(desk, email, WRONG).await, Wait(SECOND));
}

on_every_database! {
    async fn unknown_disabled_and_other_accounts_are_delayed_alike(desk: Desk) {
        let (ada, eve) = (desk.customer("Ada").await, desk.customer("Eve").await);
        desk.disable(&eve).await;
        let unknown = Email::parse("nobody@example.org").unwrap();
        let accounts = [
            (&ada.email, WRONG),
            (&eve.email, PASSWORD),
            (&eve.email, WRONG),
            (&unknown, PASSWORD),
        ];
        for (email, password) in accounts {
            // The other accounts are not delayed by it; one that comes twice has been forgotten by then.
            desk.clock.advance(auth::limits::FAILURES_KEPT);
            for _ in 0..5 {
                assert_eq!(guess(&desk, email, password).await, Refused);
            }
            for secs in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600] {
                let wait = Duration::from_secs(secs);
                assert_eq!(guess(&desk, email, password).await, Wait(wait));
                desk.clock.advance(wait - SECOND);
                assert_eq!(guess(&desk, email, password).await, Wait(SECOND));
                desk.clock.advance(SECOND);
                assert_eq!(guess(&desk, email, password).await, Refused);
            }
        }
    }

    async fn an_attempt_before_its_time_is_neither_compared_nor_counted(desk: Desk) {
        let ada = desk.customer("Ada").await;
        five_guesses(&desk, &ada.email).await;
        for _ in 0..5 {
            assert_eq!(guess(&desk, &ada.email, PASSWORD).await, Wait(SECOND));
            assert_eq!(guess(&desk, &ada.email, WRONG).await, Wait(SECOND));
        }
        desk.clock.advance(SECOND);
        assert_eq!(guess(&desk, &ada.email, PASSWORD).await, SignedIn);
    }

    async fn a_sign_in_forgets_what_failed_before(desk: Desk) {
        let ada = desk.customer("Ada").await;
        for _ in 0..4 {
            assert_eq!(guess(&desk, &ada.email, WRONG).await, Refused);
        }
        assert_eq!(guess(&desk, &ada.email, PASSWORD).await, SignedIn);
        five_guesses(&desk, &ada.email).await;
        desk.clock.advance(SECOND);
        assert_eq!(guess(&desk, &ada.email, PASSWORD).await, SignedIn);
        five_guesses(&desk, &ada.email).await;
    }

    async fn one_account_does_not_delay_another(desk: Desk) {
        let (ada, eve) = (desk.customer("Ada").await, desk.customer("Eve").await);
        five_guesses(&desk, &ada.email).await;
        assert_eq!(guess(&desk, &eve.email, PASSWORD).await, SignedIn);
    }

    async fn an_address_in_capitals_is_the_same_account(desk: Desk) {
        let ada = desk.customer("Ada").await;
        five_guesses(&desk, &ada.email).await;
        let capitals = Email::parse(&ada.email.as_str().to_uppercase()).unwrap();
        assert_eq!(guess(&desk, &capitals, PASSWORD).await, Wait(SECOND));
    }

    async fn guesses_side_by_side_find_out_no_more_than_one_after_the_other(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let mut guessing = JoinSet::new();
        for _ in 0..20 {
            let (accounts, email) = (desk.services.accounts.clone(), ada.email.clone());
            guessing.spawn(async move { attempt(&accounts, &email, WRONG, None).await });
        }
        let outcomes = within(guessing.join_all()).await;
        let refused = outcomes.iter().filter(|outcome| **outcome == Refused);
        assert_eq!(refused.count(), 5);
        let waiting = outcomes.iter().filter(|outcome| **outcome == Wait(SECOND));
        assert_eq!(waiting.count(), 15);
    }

    async fn a_known_device_signs_in_while_strangers_are_delayed(desk: Desk) {
        let ada = desk.customer("Ada").await;
        five_guesses(&desk, &ada.email).await;
        assert_eq!(from_device(&desk, &ada, &ada, PASSWORD).await, SignedIn);
        // Which does not help the strangers.
        assert_eq!(guess(&desk, &ada.email, PASSWORD).await, Wait(SECOND));
    }

    async fn a_device_of_another_account_is_a_strangers(desk: Desk) {
        let (ada, eve) = (desk.customer("Ada").await, desk.customer("Eve").await);
        five_guesses(&desk, &ada.email).await;
        assert_eq!(from_device(&desk, &eve, &ada, PASSWORD).await, Wait(SECOND));
        let accounts = &desk.services.accounts;
        for token in ["", "nonsense", &ada.refresh_token, &ada.access_token] {
            let outcome = attempt(accounts, &ada.email, PASSWORD, Some(token)).await;
            assert_eq!(outcome, Wait(SECOND));
        }
        // Nor is it of any use for an account that there is not.
        let unknown = Email::parse("nobody@example.org").unwrap();
        five_guesses(&desk, &unknown).await;
        let device = Some(eve.device_token.as_str());
        assert_eq!(attempt(accounts, &unknown, PASSWORD, device).await, Wait(SECOND));
    }

    async fn failures_on_a_known_device_delay_that_device_only(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let phone = desk.log_in(&ada.email).await;
        for _ in 0..5 {
            assert_eq!(from_device(&desk, &ada, &ada, WRONG).await, Refused);
        }
        for password in [WRONG, PASSWORD] {
            assert_eq!(from_device(&desk, &ada, &ada, password).await, Wait(SECOND));
        }
        assert_eq!(from_device(&desk, &phone, &ada, PASSWORD).await, SignedIn);
        assert_eq!(guess(&desk, &ada.email, PASSWORD).await, SignedIn);
        assert_eq!(from_device(&desk, &ada, &ada, PASSWORD).await, Wait(SECOND));
        desk.clock.advance(SECOND);
        assert_eq!(from_device(&desk, &ada, &ada, PASSWORD).await, SignedIn);
        assert_eq!(from_device(&desk, &ada, &ada, WRONG).await, Refused);
    }

    async fn a_device_is_not_known_for_ever(desk: Desk) {
        let ada = desk.customer("Ada").await;
        desk.clock.advance(DEVICE_LIFETIME);
        five_guesses(&desk, &ada.email).await;
        assert_eq!(from_device(&desk, &ada, &ada, PASSWORD).await, SignedIn);
        desk.clock.advance(LEEWAY);
        assert_eq!(guess(&desk, &ada.email, WRONG).await, Refused);
        let wait = Wait(2 * SECOND);
        assert_eq!(from_device(&desk, &ada, &ada, PASSWORD).await, wait);
    }

    async fn an_attempt_that_finds_no_worker_is_not_counted(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let options = PasswordOptions { queue: 0, ..OPTIONS };
        let passwords = Arc::new(hashing(options));
        let busy = Services::new(Foundation {
            passwords: Arc::clone(&passwords),
            ..desk.foundation().await
        });
        let stuck = Stuck::in_pool(&passwords);
        for _ in 0..10 {
            assert_eq!(attempt(&busy.accounts, &ada.email, WRONG, None).await, Busy);
        }
        five_guesses(&desk, &ada.email).await;
        // Whoever has to wait does not ask for a worker.
        assert_eq!(attempt(&busy.accounts, &ada.email, PASSWORD, None).await, Wait(SECOND));
        desk.clock.advance(SECOND);
        // And nobody's failures are forgotten.
        assert_eq!(attempt(&busy.accounts, &ada.email, PASSWORD, None).await, Busy);
        stuck.release().await;
        assert_eq!(attempt(&busy.accounts, &ada.email, WRONG, None).await, Refused);
        assert_eq!(guess(&desk, &ada.email, PASSWORD).await, Wait(2 * SECOND));
    }
}
