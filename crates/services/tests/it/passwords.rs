//! Passwords that their owners change, and what a new one must be like.

use std::time::Duration;

use auth::{AuthError, ClientInfo, PasswordError};
use domain::PersonName;
use services::{AccountError, NewAccount};
use testkit::on_every_database;
use tokio::task::JoinSet;

use crate::desk::{Desk, Member, PASSWORD, account};
use crate::resets::use_link;
use crate::sink::within;

pub(crate) const NEW: &str = "a long enough passphrase";
const WRONG: &str = "wrong horse battery";
const SECOND: Duration = Duration::from_secs(1);

on_every_database! {
    async fn a_change_keeps_this_session_and_ends_the_others(desk: Desk) {
        let (ada, eve) = (desk.customer("Ada").await, desk.customer("Eve").await);
        let phone = desk.log_in(&ada.email).await;
        change(&desk, &ada, PASSWORD, NEW).await.unwrap();
        assert!(desk.lives(&ada).await && desk.lives(&eve).await);
        assert!(!desk.lives(&phone).await);
        desk.services.accounts.refresh(&ada.refresh_token).await.unwrap();
        assert!(!signs_in(&desk, &ada, PASSWORD).await);
        assert!(signs_in(&desk, &ada, NEW).await);
        assert!(signs_in(&desk, &eve, PASSWORD).await);
        assert!(desk.lives(&ada).await);
    }

    async fn a_wrong_present_password_changes_nothing(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let phone = desk.log_in(&ada.email).await;
        for wrong in [WRONG, "", NEW] {
            is_wrong(change(&desk, &ada, wrong, NEW).await);
        }
        assert!(desk.lives(&ada).await && desk.lives(&phone).await);
        assert!(!signs_in(&desk, &ada, NEW).await);
        assert!(signs_in(&desk, &ada, PASSWORD).await);
    }

    async fn guessing_the_present_password_is_slowed_down(desk: Desk) {
        let (ada, eve) = (desk.customer("Ada").await, desk.customer("Eve").await);
        for _ in 0..5 {
            is_wrong(change(&desk, &ada, WRONG, NEW).await);
        }
        for current in [WRONG, PASSWORD] {
            assert_eq!(wait(change(&desk, &ada, current, NEW).await), SECOND);
        }
        // Neither sign-in nor anybody else is slowed down by that.
        assert!(signs_in(&desk, &ada, PASSWORD).await);
        change(&desk, &eve, PASSWORD, NEW).await.unwrap();
        desk.clock.advance(SECOND);
        is_wrong(change(&desk, &ada, WRONG, NEW).await);
        assert_eq!(wait(change(&desk, &ada, PASSWORD, NEW).await), 2 * SECOND);
        desk.clock.advance(2 * SECOND);
        change(&desk, &ada, PASSWORD, NEW).await.unwrap();
        // Which forgets what failed before.
        for _ in 0..5 {
            is_wrong(change(&desk, &ada, WRONG, NEW).await);
        }
    }

    async fn a_weak_new_password_is_refused_and_changes_nothing(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let phone = desk.log_in(&ada.email).await;
        for weak in ["password1234", "qwertyuiop123", "aaaaaaaaaaaaaaaa"] {
            is_weak(change(&desk, &ada, PASSWORD, weak).await);
        }
        assert!(desk.lives(&ada).await && desk.lives(&phone).await);
        assert!(signs_in(&desk, &ada, PASSWORD).await);
    }

    async fn what_is_known_of_its_owner_is_a_weak_password(desk: Desk) {
        const NAME: &str = "Marlene Grubermann-Kovacs";
        let (ada, eve) = (desk.customer(NAME).await, desk.customer("Eve").await);
        let link = desk.services.passwords.make_link_for(&ada.email).await.unwrap();
        for known in [ada.email.as_str(), NAME, "grubermann-kovacs"] {
            is_weak(change(&desk, &ada, PASSWORD, known).await);
            is_weak(use_link(&desk, &link, known).await);
            let new = NewAccount {
                email: ada.email.clone(),
                name: PersonName::parse(NAME).unwrap(),
                password: known.into(),
            };
            is_weak(desk.services.accounts.create_admin(new.clone()).await);
            is_weak(desk.services.accounts.register(new, ClientInfo::default()).await);
        }
        // Of somebody else it may be a good one.
        change(&desk, &eve, PASSWORD, "grubermann-kovacs").await.unwrap();
    }

    async fn a_new_name_counts_from_now_on(desk: Desk) {
        const NAME: &str = "Marlene Grubermann-Kovacs";
        let ada = desk.customer("Ada").await;
        let name = PersonName::parse(NAME).unwrap();
        desk.services.accounts.update_me(&ada.session, Some(name)).await.unwrap();
        is_weak(change(&desk, &ada, PASSWORD, NAME).await);
    }

    async fn a_weak_password_makes_no_account(desk: Desk) {
        let weak = NewAccount { password: "password1234".into(), ..account("Ada") };
        is_weak(desk.services.accounts.register(weak.clone(), ClientInfo::default()).await);
        is_weak(desk.services.accounts.create_admin(weak).await);
        assert!(desk.services.accounts.is_empty().await.unwrap());
    }

    async fn of_changes_side_by_side_one_is_made_and_its_session_stays(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let members = [
            desk.log_in(&ada.email).await,
            desk.log_in(&ada.email).await,
            desk.log_in(&ada.email).await,
            ada,
        ];
        let mut changing = JoinSet::new();
        for (n, member) in members.iter().enumerate() {
            let (passwords, session) = (desk.services.passwords.clone(), member.session.clone());
            changing.spawn(async move {
                let outcome = passwords.change(&session, &PASSWORD.into(), &new(n).into()).await;
                match outcome {
                    Ok(()) => Some(n),
                    // The one that was made has ended their sessions.
                    Err(AccountError::WrongPassword | AccountError::Session(AuthError::SessionEnded)) => None,
                    Err(error) => panic!("{error:?}"),
                }
            });
        }
        let done: Vec<usize> = within(changing.join_all()).await.into_iter().flatten().collect();
        assert_eq!(done.len(), 1);
        for (n, member) in members.iter().enumerate() {
            assert_eq!(desk.lives(member).await, n == done[0]);
        }
        assert!(signs_in(&desk, &members[0], &new(done[0])).await);
    }
}

pub(crate) fn new(n: usize) -> String {
    format!("{NEW} of number {n}")
}

pub(crate) async fn change(
    desk: &Desk,
    member: &Member,
    current: &str,
    new: &str,
) -> Result<(), AccountError> {
    let passwords = &desk.services.passwords;
    passwords
        .change(&member.session, &current.into(), &new.into())
        .await
}

pub(crate) async fn signs_in(desk: &Desk, member: &Member, password: &str) -> bool {
    match desk.try_log_in(&member.email, password).await {
        Ok(_) => true,
        Err(AccountError::InvalidCredentials) => false,
        Err(error) => panic!("{error:?}"),
    }
}

fn is_wrong(outcome: Result<(), AccountError>) {
    assert!(
        matches!(outcome, Err(AccountError::WrongPassword)),
        "{outcome:?}"
    );
}

pub(crate) fn is_weak<T>(outcome: Result<T, AccountError>) {
    let error = outcome.err().unwrap();
    assert!(
        matches!(error, AccountError::Password(PasswordError::Weak)),
        "{error:?}"
    );
}

fn wait(outcome: Result<(), AccountError>) -> Duration {
    match outcome {
        Err(AccountError::TooManyAttempts { retry_after }) => retry_after,
        outcome => panic!("{outcome:?}"),
    }
}
