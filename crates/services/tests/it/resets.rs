//! One-time links that set a new password.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Clock, Email};
use repository::password_resets;
use secrecy::ExposeSecret;
use services::{AccountError, ResetToken, UserChange};
use sha2::{Digest, Sha256};
use testkit::on_every_database;
use tokio::task::JoinSet;

use crate::desk::{Desk, Member, PASSWORD};
use crate::passwords::{NEW, change, is_weak, new, signs_in};
use crate::sink::within;

const HOUR: Duration = Duration::from_secs(3600);
const SECOND: Duration = Duration::from_secs(1);
const DISABLE: UserChange = UserChange {
    role: None,
    disabled: Some(true),
};

on_every_database! {
    async fn a_link_sets_a_password_once_and_ends_all_sessions(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let phone = desk.log_in(&ada.email).await;
        let link = make_link(&desk, &mira, &ada).await;
        assert!(desk.lives(&ada).await);
        use_link(&desk, &link, NEW).await.unwrap();
        assert!(!desk.lives(&ada).await && !desk.lives(&phone).await);
        assert!(desk.lives(&mira).await);
        assert!(!signs_in(&desk, &ada, PASSWORD).await);
        assert!(signs_in(&desk, &ada, NEW).await);
        has_expired(use_link(&desk, &link, &new(2)).await);
        assert!(signs_in(&desk, &ada, NEW).await);
    }

    async fn a_link_works_for_an_hour(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let link = make_link(&desk, &mira, &ada).await;
        assert_eq!(link.expires_at, desk.clock.now().plus(HOUR));
        desk.clock.advance(HOUR);
        has_expired(use_link(&desk, &link, NEW).await);
        assert!(signs_in(&desk, &ada, PASSWORD).await);
        let link = make_link(&desk, &mira, &ada).await;
        desk.clock.advance(HOUR - Duration::from_micros(1));
        use_link(&desk, &link, NEW).await.unwrap();
    }

    async fn what_is_no_link_sets_nothing(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let link = make_link(&desk, &mira, &ada).await;
        let token = link.token.expose_secret();
        let stored = hash(&link);
        for wrong in ["", "nonsense", "%", &token[1..], &format!("{token}="), &stored] {
            let outcome = desk.services.passwords.reset(wrong, &NEW.into()).await;
            has_expired(outcome);
        }
        use_link(&desk, &link, NEW).await.unwrap();
    }

    async fn a_newer_link_takes_the_place_of_an_older_one(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let other = make_link(&desk, &mira, &mira).await;
        let older = make_link(&desk, &mira, &ada).await;
        let newer = desk.services.passwords.make_link_for(&ada.email).await.unwrap();
        has_expired(use_link(&desk, &older, NEW).await);
        use_link(&desk, &newer, NEW).await.unwrap();
        // That of another account is another one.
        use_link(&desk, &other, NEW).await.unwrap();
    }

    async fn links_made_side_by_side_leave_one(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let mut making = JoinSet::new();
        for _ in 0..8 {
            let (passwords, session, id) = (desk.services.passwords.clone(), mira.session.clone(), ada.id());
            making.spawn(async move { passwords.make_link(&session, id).await });
        }
        let mut used = 0;
        for made in within(making.join_all()).await {
            let link = made.unwrap_or_else(|error| panic!("{error:?}"));
            used += i32::from(use_link(&desk, &link, NEW).await.is_ok());
        }
        assert_eq!(used, 1);
    }

    async fn a_password_that_its_owner_changes_makes_the_link_void(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let link = make_link(&desk, &mira, &ada).await;
        change(&desk, &ada, PASSWORD, NEW).await.unwrap();
        has_expired(use_link(&desk, &link, &new(2)).await);
        assert!(signs_in(&desk, &ada, NEW).await);
    }

    async fn a_weak_password_leaves_the_link_usable(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let link = make_link(&desk, &mira, &ada).await;
        is_weak(use_link(&desk, &link, "password1234").await);
        assert!(desk.lives(&ada).await);
        assert!(signs_in(&desk, &ada, PASSWORD).await);
        use_link(&desk, &link, NEW).await.unwrap();
    }

    async fn a_link_used_side_by_side_sets_one_password(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let link = make_link(&desk, &mira, &ada).await;
        let there = desk.another_node().await.0;
        let mut using = JoinSet::new();
        for n in 0..20 {
            let node = if n % 2 == 0 { &desk.services } else { &there };
            let (passwords, token) = (node.passwords.clone(), link.token.clone());
            using.spawn(async move {
                match passwords.reset(token.expose_secret(), &new(n).into()).await {
                    Ok(()) => Some(n),
                    Err(AccountError::LinkExpired) => None,
                    Err(error) => panic!("{error:?}"),
                }
            });
        }
        let set: Vec<usize> = within(using.join_all()).await.into_iter().flatten().collect();
        assert_eq!(set.len(), 1);
        assert!(signs_in(&desk, &ada, &new(set[0])).await);
    }

    async fn a_disabled_account_gets_no_link_and_cannot_use_one(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let link = make_link(&desk, &mira, &ada).await;
        desk.services.users.update(&mira.session, ada.id(), DISABLE).await.unwrap();
        has_expired(use_link(&desk, &link, NEW).await);
        let passwords = &desk.services.passwords;
        let refused = [
            passwords.make_link(&mira.session, ada.id()).await,
            passwords.make_link_for(&ada.email).await,
        ];
        for outcome in refused {
            let error = outcome.err().unwrap();
            assert!(matches!(error, AccountError::Disabled), "{error:?}");
        }
        let enable = UserChange { disabled: Some(false), ..DISABLE };
        desk.services.users.update(&mira.session, ada.id(), enable).await.unwrap();
        assert!(signs_in(&desk, &ada, PASSWORD).await);
    }

    async fn the_operator_makes_links_by_address(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let passwords = &desk.services.passwords;
        let unknown = Email::parse("nobody@example.org").unwrap();
        let error = passwords.make_link_for(&unknown).await.err().unwrap();
        assert!(matches!(error, AccountError::NotFound), "{error:?}");
        let link = passwords.make_link_for(&ada.email).await.unwrap();
        use_link(&desk, &link, NEW).await.unwrap();
        assert!(signs_in(&desk, &ada, NEW).await);
    }

    async fn the_token_itself_is_nowhere_in_the_database(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let link = make_link(&desk, &mira, &ada).await;
        let token = link.token.expose_secret();
        assert_eq!(URL_SAFE_NO_PAD.decode(token).unwrap().len(), 32);
        let now = desk.clock.now();
        let found = password_resets::find(&desk.other, &hash(&link), now).await.unwrap();
        assert_eq!(found, Some(ada.id()));
        assert_eq!(password_resets::find(&desk.other, token, now).await.unwrap(), None);
        let Some(file) = desk.database.file() else { return };
        let mut stored = String::new();
        for part in std::fs::read_dir(file.parent().unwrap()).unwrap() {
            let bytes = std::fs::read(part.unwrap().path()).unwrap();
            stored.push_str(&String::from_utf8_lossy(&bytes));
        }
        assert!(stored.contains(&hash(&link)));
        assert!(!stored.contains(token));
    }

    async fn a_new_password_is_not_delayed_by_guesses_at_the_old_one(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        for _ in 0..5 {
            assert!(!signs_in(&desk, &ada, "wrong horse battery").await);
        }
        let delayed = desk.try_log_in(&ada.email, PASSWORD).await.err().unwrap();
        assert!(matches!(delayed, AccountError::TooManyAttempts { retry_after: SECOND }), "{delayed:?}");
        let link = make_link(&desk, &mira, &ada).await;
        use_link(&desk, &link, NEW).await.unwrap();
        assert!(signs_in(&desk, &ada, NEW).await);
    }
}

/// What is stored of a link.
pub(crate) fn hash(link: &ResetToken) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(link.token.expose_secret().as_bytes()))
}

pub(crate) async fn use_link(
    desk: &Desk,
    link: &ResetToken,
    new: &str,
) -> Result<(), AccountError> {
    let passwords = &desk.services.passwords;
    passwords
        .reset(link.token.expose_secret(), &new.into())
        .await
}

async fn make_link(desk: &Desk, by: &Member, of: &Member) -> ResetToken {
    let passwords = &desk.services.passwords;
    passwords.make_link(&by.session, of.id()).await.unwrap()
}

fn has_expired(outcome: Result<(), AccountError>) {
    assert!(
        matches!(outcome, Err(AccountError::LinkExpired)),
        "{outcome:?}"
    );
}
