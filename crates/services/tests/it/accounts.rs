//! Accounts: what sign-in tells, the first admin, sessions that end.

use std::sync::Arc;
use std::task::Poll;

use auth::{AuthError, ClientInfo};
use domain::{Email, NotificationKind, PersonName};
use services::{AccountError, NewAccount, SetupToken};
use testkit::on_every_database;
use tokio::task::JoinSet;

use crate::desk::{Desk, account, password};
use crate::sink::within;

async fn set_up(desk: &Desk, token: &SetupToken, given: &str) -> Result<(), AccountError> {
    let accounts = &desk.services.accounts;
    let done = accounts.set_up(token, given, account("Mira"), ClientInfo::default());
    done.await.map(drop)
}

on_every_database! {
    async fn a_sign_in_that_fails_does_not_tell_why(desk: Desk) {
        let (ada, eve) = (desk.customer("Ada").await, desk.admin("Eve").await);
        desk.disable(&eve).await;
        let unknown = Email::parse("nobody@example.org").unwrap();
        let attempts = [
            (&ada.email, "wrong horse battery"),
            (&unknown, crate::desk::PASSWORD),
            (&eve.email, crate::desk::PASSWORD),
            (&eve.email, "wrong horse battery"),
        ];
        for (email, password) in attempts {
            let outcome = desk.services.accounts.log_in(email, &password.into(), None, ClientInfo::default()).await;
            let error = outcome.err().unwrap();
            assert!(matches!(error, AccountError::InvalidCredentials), "{error:?}");
        }
        desk.log_in(&ada.email).await;
    }

    async fn a_disabled_account_is_nobody(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let accounts = &desk.services.accounts;
        assert_eq!(accounts.me(&ada.session).await.unwrap().person(), ada.person);
        desk.disable(&ada).await;
        let ended = |outcome: Result<_, AccountError>| {
            matches!(outcome, Err(AccountError::Session(AuthError::SessionEnded)))
        };
        assert!(ended(accounts.me(&ada.session).await));
        assert!(ended(accounts.update_me(&ada.session, None).await));
        let name = PersonName::parse("Ada again").unwrap();
        assert!(ended(accounts.update_me(&ada.session, Some(name)).await));
    }

    async fn a_taken_address_is_refused_and_changes_nothing(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let accounts = &desk.services.accounts;
        let again = NewAccount { email: ada.email.clone(), ..account("Eve") };
        let outcome = accounts.register(again.clone(), ClientInfo::default()).await;
        assert!(matches!(outcome.err().unwrap(), AccountError::EmailTaken));
        let outcome = accounts.create_admin(again).await;
        assert!(matches!(outcome.err().unwrap(), AccountError::EmailTaken));
        assert_eq!(desk.log_in(&ada.email).await.person, ada.person);
        assert!(!accounts.has_admin().await.unwrap());
    }

    async fn the_set_up_token_makes_one_admin(desk: Desk) {
        let token = SetupToken::generate();
        let given = token.reveal().unwrap();
        assert!(desk.services.accounts.is_empty().await.unwrap());
        for wrong in ["", "wrong", &given[1..], &format!("{given}a")] {
            let outcome = set_up(&desk, &token, wrong).await;
            assert!(matches!(outcome, Err(AccountError::WrongSetupToken)), "{outcome:?}");
        }
        let outcome = set_up(&desk, &SetupToken::none(), "").await;
        assert!(matches!(outcome, Err(AccountError::WrongSetupToken)), "{outcome:?}");
        set_up(&desk, &token, &given).await.unwrap();
        assert_eq!(token.reveal(), None);
        let outcome = set_up(&desk, &token, &given).await;
        assert!(matches!(outcome, Err(AccountError::AlreadySetUp)), "{outcome:?}");
        // Nor does another token, once there is an admin.
        let another = SetupToken::generate();
        let outcome = set_up(&desk, &another, &another.reveal().unwrap()).await;
        assert!(matches!(outcome, Err(AccountError::AlreadySetUp)), "{outcome:?}");
    }

    async fn parallel_set_ups_make_one_admin(desk: Desk) {
        let token = Arc::new(SetupToken::generate());
        let given = token.reveal().unwrap();
        let mut trying = JoinSet::new();
        for n in 0..8 {
            let (accounts, token, given) = (desk.services.accounts.clone(), Arc::clone(&token), given.clone());
            trying.spawn(async move {
                let new = account(&format!("Admin {n}"));
                match accounts.set_up(&token, &given, new, ClientInfo::default()).await {
                    Ok(_) => 1,
                    Err(AccountError::WrongSetupToken | AccountError::AlreadySetUp) => 0,
                    Err(error) => panic!("{error:?}"),
                }
            });
        }
        let done: i32 = within(trying.join_all()).await.into_iter().sum();
        assert_eq!(done, 1);
        let admins = repository::users::enabled_admins(&desk.other).await.unwrap();
        assert_eq!(admins.len(), 1);
    }

    async fn a_set_up_that_fails_leaves_the_token(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let token = SetupToken::generate();
        let given = token.reveal().unwrap();
        let taken = NewAccount { email: ada.email.clone(), ..account("Mira") };
        let accounts = &desk.services.accounts;
        let outcome = accounts.set_up(&token, &given, taken, ClientInfo::default()).await;
        assert!(matches!(outcome.err().unwrap(), AccountError::EmailTaken));
        set_up(&desk, &token, &given).await.unwrap();
    }

    async fn a_set_up_that_was_given_up_leaves_the_token(desk: Desk) {
        let token = SetupToken::generate();
        let given = token.reveal().unwrap();
        let mut attempt = Box::pin(set_up(&desk, &token, &given));
        // Until the token is taken, which is before the password is hashed.
        let until_taken = std::future::poll_fn(|context| {
            let polled = attempt.as_mut().poll(context);
            assert!(polled.is_pending());
            if token.reveal().is_none() { Poll::Ready(()) } else { Poll::Pending }
        });
        within(until_taken).await;
        drop(attempt);
        set_up(&desk, &token, &given).await.unwrap();
    }

    async fn a_reused_refresh_token_ends_the_session_and_tells_its_owner_once(desk: Desk) {
        let (ada, eve) = (desk.customer("Ada").await, desk.customer("Eve").await);
        let accounts = &desk.services.accounts;
        let stolen = ada.refresh_token.clone();
        let second = accounts.refresh(&stolen).await.unwrap();
        let third = accounts.refresh(&second.refresh_token).await.unwrap();
        let reused = accounts.refresh(&stolen).await.err().unwrap();
        let AccountError::Session(AuthError::Reused { user_id, session_id }) = reused else {
            panic!("{reused:?}");
        };
        assert_eq!((user_id, &session_id), (ada.id(), ada.session.session_id()));
        for token in [&third.refresh_token, &stolen] {
            let outcome = accounts.refresh(token).await.err().unwrap();
            assert!(matches!(outcome, AccountError::Session(AuthError::SessionEnded)), "{outcome:?}");
        }
        let list = desk.services.notifications.list(&ada.session, None, 10).await.unwrap();
        assert_eq!((list.unread, list.items.len()), (1, 1));
        assert_eq!(list.items[0].kind, NotificationKind::SessionReused);
        assert_eq!((&list.items[0].ticket, &list.items[0].actor), (&None, &None));
        let list = desk.services.notifications.list(&eve.session, None, 10).await.unwrap();
        assert_eq!(list.unread, 0);
    }

    // A thief who hangs up at once must not spare themselves the notification.
    async fn the_owner_is_told_of_reuse_though_the_caller_goes_away(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let accounts = &desk.services.accounts;
        let second = accounts.refresh(&ada.refresh_token).await.unwrap();
        accounts.refresh(&second.refresh_token).await.unwrap();
        crate::announcing::begin(accounts.refresh(&ada.refresh_token)).await;
        let told = async {
            let notifications = &desk.services.notifications;
            while notifications.list(&ada.session, None, 10).await.unwrap().unread == 0 {}
        };
        within(told).await;
    }

    async fn signing_out_ends_what_the_token_names_and_nothing_else(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let elsewhere = desk.log_in(&ada.email).await;
        let accounts = &desk.services.accounts;
        accounts.log_out(&ada.refresh_token).await.unwrap();
        let outcome = accounts.refresh(&ada.refresh_token).await.err().unwrap();
        assert!(matches!(outcome, AccountError::Session(AuthError::SessionEnded)), "{outcome:?}");
        accounts.refresh(&elsewhere.refresh_token).await.unwrap();
        accounts.log_out("no token").await.unwrap();
        let outcome = accounts.log_in(&ada.email, &password(), None, ClientInfo::default()).await;
        assert!(outcome.is_ok());
    }
}
