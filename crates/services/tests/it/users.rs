//! Accounts in the hands of admins: role, disabling, signing out.

use std::time::Duration;

use auth::{AuthError, ClientInfo, RevocationSource};
use domain::{Role, User, UserId};
use secrecy::ExposeSecret as _;
use services::{AccountError, Services, UserChange, UserFilter};
use testkit::on_every_database;

use crate::desk::{Desk, Member, PASSWORD, password};
use crate::gate::{Gate, Point};
use crate::sink::within;

const PROMOTE: UserChange = UserChange {
    role: Some(Role::Admin),
    disabled: None,
};
const DEMOTE: UserChange = UserChange {
    role: Some(Role::User),
    disabled: None,
};
const DISABLE: UserChange = UserChange {
    role: None,
    disabled: Some(true),
};
const ENABLE: UserChange = UserChange {
    role: None,
    disabled: Some(false),
};
const NOTHING: UserChange = UserChange {
    role: None,
    disabled: None,
};

on_every_database! {
    async fn a_new_role_is_in_force_from_the_next_sign_in_on(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let user = update(&desk, &mira, ada.id(), PROMOTE).await.unwrap();
        assert_eq!(user.role, Role::Admin);
        assert_eq!(desk.services.accounts.me(&ada.session).await.unwrap(), user);
        assert!(!desk.lives(&ada).await);
        let promoted = desk.log_in(&ada.email).await;
        assert_eq!(promoted.session.role(), Role::Admin);
        update(&desk, &promoted, mira.id(), NOTHING).await.unwrap();

        let user = update(&desk, &mira, ada.id(), DEMOTE).await.unwrap();
        assert_eq!(user.role, Role::User);
        assert!(!desk.lives(&promoted).await);
        let demoted = desk.log_in(&ada.email).await;
        assert_eq!(demoted.session.role(), Role::User);
        assert!(desk.lives(&mira).await);
    }

    async fn a_disabled_account_is_signed_out_and_cannot_sign_in_until_it_is_enabled(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let phone = desk.log_in(&ada.email).await;
        let user = update(&desk, &mira, ada.id(), DISABLE).await.unwrap();
        assert!(user.disabled_at.is_some());
        assert!(!desk.lives(&ada).await && !desk.lives(&phone).await);
        assert!(desk.services.accounts.refresh(&ada.refresh_token).await.is_err());
        let refused = desk.try_log_in(&ada.email, PASSWORD).await.err().unwrap();
        assert!(matches!(refused, AccountError::InvalidCredentials), "{refused:?}");

        let user = update(&desk, &mira, ada.id(), ENABLE).await.unwrap();
        assert_eq!(user.disabled_at, None);
        // What was void stays void.
        assert!(!desk.lives(&ada).await && !desk.lives(&phone).await);
        let again = desk.log_in(&ada.email).await;
        assert!(desk.lives(&again).await);
        assert_eq!(again.session.role(), Role::User);
    }

    async fn role_and_disabling_can_change_at_once(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let change = UserChange { role: Some(Role::Admin), disabled: Some(true) };
        let user = update(&desk, &mira, ada.id(), change).await.unwrap();
        assert_eq!((user.role, user.disabled_at.is_some()), (Role::Admin, true));
        let change = UserChange { role: Some(Role::User), disabled: Some(false) };
        let user = update(&desk, &mira, ada.id(), change).await.unwrap();
        assert_eq!((user.role, user.disabled_at), (Role::User, None));
    }

    async fn signing_somebody_out_ends_their_sessions_and_nothing_else(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let (phone, eve) = (desk.log_in(&ada.email).await, desk.customer("Eve").await);
        desk.services.users.end_sessions(&mira.session, ada.id()).await.unwrap();
        assert!(!desk.lives(&ada).await && !desk.lives(&phone).await);
        assert!(desk.lives(&mira).await && desk.lives(&eve).await);
        let again = desk.log_in(&ada.email).await;
        assert!(desk.lives(&again).await);
        assert_eq!(again.person, ada.person);
        // Also oneself.
        desk.services.users.end_sessions(&mira.session, mira.id()).await.unwrap();
        assert!(!desk.lives(&mira).await);
    }

    async fn customers_may_do_nothing_to_accounts(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let forbidden = |error: AccountError| assert!(matches!(error, AccountError::Forbidden), "{error:?}");
        // Nor do they find out which accounts there are.
        for id in [mira.id(), ada.id(), UserId(i64::MAX)] {
            for change in [PROMOTE, DEMOTE, DISABLE, ENABLE, NOTHING] {
                forbidden(update(&desk, &ada, id, change).await.unwrap_err());
            }
            forbidden(desk.services.users.end_sessions(&ada.session, id).await.unwrap_err());
            forbidden(desk.services.passwords.make_link(&ada.session, id).await.err().unwrap());
        }
        assert!(desk.lives(&ada).await && desk.lives(&mira).await);
        assert_eq!(desk.log_in(&mira.email).await.session.role(), Role::Admin);
    }

    async fn admins_find_accounts_and_see_their_sessions(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        desk.clock.advance(Duration::from_secs(1));
        let phone = desk.log_in(&ada.email).await;
        let users = &desk.services.users;
        let named = |text: &str| UserFilter {
            text: Some(text.to_owned()),
            role: None,
            disabled: None,
            before: None,
            limit: 10,
        };
        let found = users.list(&mira.session, named("ad")).await.unwrap();
        let names: Vec<_> = found.items.iter().map(|user| user.name.as_str()).collect();
        assert!(names.contains(&"Ada"), "{names:?}");
        assert_eq!(users.read(&mira.session, ada.id()).await.unwrap().email, ada.email);
        let sessions = users.sessions(&mira.session, ada.id()).await.unwrap();
        let ids: Vec<_> = sessions.iter().map(|session| &session.id).collect();
        assert_eq!(ids, [phone.session.session_id(), ada.session.session_id()]);

        for id in [mira.id(), ada.id(), UserId(i64::MAX)] {
            let refused = [
                users.list(&ada.session, named("")).await.map(drop).unwrap_err(),
                users.read(&ada.session, id).await.map(drop).unwrap_err(),
                users.sessions(&ada.session, id).await.map(drop).unwrap_err(),
            ];
            for error in refused {
                assert!(matches!(error, AccountError::Forbidden), "{error:?}");
            }
        }
        for error in [
            users.read(&mira.session, UserId(0)).await.map(drop).unwrap_err(),
            users.sessions(&mira.session, UserId(0)).await.map(drop).unwrap_err(),
        ] {
            assert!(matches!(error, AccountError::NotFound), "{error:?}");
        }
    }

    async fn unknown_accounts_are_not_found(desk: Desk) {
        let mira = desk.admin("Mira").await;
        for id in [UserId(i64::MAX), UserId(0), UserId(-1)] {
            let error = update(&desk, &mira, id, DISABLE).await.unwrap_err();
            assert!(matches!(error, AccountError::NotFound), "{error:?}");
            let error = desk.services.users.end_sessions(&mira.session, id).await.unwrap_err();
            assert!(matches!(error, AccountError::NotFound), "{error:?}");
            let error = desk.services.passwords.make_link(&mira.session, id).await.err().unwrap();
            assert!(matches!(error, AccountError::NotFound), "{error:?}");
        }
    }

    async fn the_last_enabled_admin_stays_one(desk: Desk) {
        let (mira, otto) = (desk.admin("Mira").await, desk.admin("Otto").await);
        desk.customer("Ada").await;
        // A disabled admin does not count, and can be demoted.
        update(&desk, &mira, otto.id(), DISABLE).await.unwrap();
        let both = UserChange { role: Some(Role::User), disabled: Some(true) };
        for change in [DEMOTE, DISABLE, both] {
            let error = update(&desk, &mira, mira.id(), change).await.unwrap_err();
            assert!(matches!(error, AccountError::LastAdmin), "{error:?}");
        }
        assert!(desk.lives(&mira).await);
        assert_eq!(admins(&desk).await, [mira.id()]);
        update(&desk, &mira, otto.id(), DEMOTE).await.unwrap();
        update(&desk, &mira, otto.id(), ENABLE).await.unwrap();
        let error = update(&desk, &mira, mira.id(), DEMOTE).await.unwrap_err();
        assert!(matches!(error, AccountError::LastAdmin), "{error:?}");
        // With another one they may go.
        update(&desk, &mira, otto.id(), PROMOTE).await.unwrap();
        update(&desk, &mira, mira.id(), DEMOTE).await.unwrap();
        assert_eq!(admins(&desk).await, [otto.id()]);
        assert!(!desk.lives(&mira).await);
    }

    async fn the_last_admin_may_be_what_they_are(desk: Desk) {
        let mira = desk.admin("Mira").await;
        for change in [PROMOTE, ENABLE, NOTHING] {
            update(&desk, &mira, mira.id(), change).await.unwrap();
        }
        assert!(desk.lives(&mira).await);
    }

    async fn two_admins_who_remove_each_other_leave_one(desk: Desk) {
        let (mut mira, mut otto) = (desk.admin("Mira").await, desk.admin("Otto").await);
        let (here, there) = (&desk.services, desk.another_node().await.0);
        for round in 0..25 {
            let (ours, theirs) = [(DEMOTE, DEMOTE), (DISABLE, DISABLE), (DEMOTE, DISABLE)][round % 3];
            let outcomes = within(async {
                tokio::join!(
                    remove(here, &mira, otto.id(), ours),
                    remove(&there, &otto, mira.id(), theirs),
                )
            });
            let outcomes = outcomes.await;
            let left = admins(&desk).await;
            match outcomes {
                (true, false) => assert_eq!(left, [mira.id()]),
                (false, true) => assert_eq!(left, [otto.id()]),
                outcomes => panic!("{outcomes:?} left {left:?}"),
            }
            for admin in [&mut mira, &mut otto] {
                let change = UserChange { role: Some(Role::Admin), disabled: Some(false) };
                desk.services.users.update_as_operator(&admin.email, change).await.unwrap();
                *admin = desk.log_in(&admin.email).await;
            }
        }
    }

    // Their request was verified before, and waits for the one that removes them.
    async fn an_admin_who_is_being_removed_can_change_nothing_any_more(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        for removal in [DEMOTE, DISABLE] {
            let otto = desk.admin("Otto").await;
            let link = desk.services.passwords.make_link(&otto.session, ada.id()).await.unwrap();
            update(&desk, &mira, otto.id(), removal).await.unwrap();

            let undo = UserChange { role: Some(Role::Admin), disabled: Some(false) };
            for outcome in [
                update(&desk, &otto, otto.id(), undo).await.err(),
                desk.services.users.end_sessions(&otto.session, mira.id()).await.err(),
                desk.services.passwords.make_link(&otto.session, mira.id()).await.err(),
            ] {
                let ended = Some(AccountError::Session(AuthError::SessionEnded));
                assert_eq!(format!("{outcome:?}"), format!("{ended:?}"));
            }
            assert_eq!(admins(&desk).await, [mira.id()]);
            // Nor can whoever got a link from them.
            let token = link.token.expose_secret();
            let used = desk.services.passwords.reset(token, &"a long enough passphrase".into()).await;
            assert!(matches!(used, Err(AccountError::LinkExpired)), "{used:?}");
        }
    }

    async fn a_change_that_changes_nothing_ends_no_session(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let log = desk.revocation_log().await;
        let before = desk.services.accounts.me(&ada.session).await.unwrap();
        for change in [DEMOTE, ENABLE, NOTHING] {
            assert_eq!(update(&desk, &mira, ada.id(), change).await.unwrap(), before);
            assert!(desk.lives(&ada).await);
        }

        assert_eq!(log.revocations().await.unwrap(), []);
    }

    async fn disabling_again_keeps_the_time_of_the_first(desk: Desk) {
        let (mira, ada) = (desk.admin("Mira").await, desk.customer("Ada").await);
        let first = update(&desk, &mira, ada.id(), DISABLE).await.unwrap();
        desk.clock.advance(std::time::Duration::from_secs(60));
        assert_eq!(update(&desk, &mira, ada.id(), DISABLE).await.unwrap(), first);
    }

    // Whoever is signing in has been read from the database before, and is let in after.
    async fn a_sign_in_that_a_change_overtakes_begins_a_void_session(desk: Desk) {
        let mira = desk.admin("Mira").await;
        let (slow, gate) = Gate::before(desk.foundation().await, Point::Attempt);
        for change in [Some(DISABLE), Some(PROMOTE), None] {
            let ada = desk.customer("Ada").await;
            let signing_in = tokio::spawn({
                let (accounts, email) = (slow.accounts.clone(), ada.email.clone());
                async move { accounts.log_in(&email, &password(), None, ClientInfo::default()).await }
            });
            gate.reached().await;
            match change {
                Some(change) => drop(update(&desk, &mira, ada.id(), change).await.unwrap()),
                None => desk.services.users.end_sessions(&mira.session, ada.id()).await.unwrap(),
            }
            gate.open();
            let tokens = within(signing_in).await.unwrap().unwrap().tokens;
            let (access, refresh) = (&tokens.access_token, &tokens.refresh_token);
            let verified = desk.authenticator.authenticate(access, refresh).await;
            assert!(matches!(verified, Err(auth::AuthError::SessionEnded)), "{change:?}: {verified:?}");
        }
    }
}

async fn update(
    desk: &Desk,
    by: &Member,
    id: UserId,
    change: UserChange,
) -> Result<User, AccountError> {
    desk.services.users.update(&by.session, id, change).await
}

/// Whether this admin could remove that one.
async fn remove(services: &Services, by: &Member, id: UserId, change: UserChange) -> bool {
    match services.users.update(&by.session, id, change).await {
        Ok(_) => true,
        // The other one was faster.
        Err(AccountError::LastAdmin | AccountError::Session(AuthError::SessionEnded)) => false,
        Err(error) => panic!("{error:?}"),
    }
}

async fn admins(desk: &Desk) -> Vec<UserId> {
    repository::users::enabled_admins(&desk.other)
        .await
        .unwrap()
}
