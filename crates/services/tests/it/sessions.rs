//! One's own sessions: which there are, and ending them.

use std::time::Duration;

use auth::sessions::SESSIONS_PER_USER;
use auth::{AuthError, VerifiedSession};
use services::AccountError;
use testkit::on_every_database;

use crate::desk::{Desk, Member};

on_every_database! {
    async fn the_list_shows_ones_own_sessions_the_newest_first(desk: Desk) {
        let first = desk.customer("Ada").await;
        let eve = desk.customer("Eve").await;
        desk.clock.advance(Duration::from_secs(1));
        let second = desk.log_in(&first.email).await;
        desk.clock.advance(Duration::from_secs(1));
        let third = desk.log_in(&first.email).await;
        for member in [&first, &third] {
            assert_eq!(names(&desk, member).await, [name(&third), name(&second), name(&first)]);
        }
        assert_eq!(names(&desk, &eve).await, [name(&eve)]);
    }

    async fn a_session_that_was_ended_is_void_and_no_other_is(desk: Desk) {
        let (ada, eve) = (desk.customer("Ada").await, desk.customer("Eve").await);
        let (phone, tablet) = (desk.log_in(&ada.email).await, desk.log_in(&ada.email).await);
        end(&desk, &ada, &name(&phone)).await.unwrap();
        assert!(!desk.lives(&phone).await);
        let refreshed = desk.services.accounts.refresh(&phone.refresh_token).await;
        assert!(is_over(refreshed.err()));
        for member in [&ada, &tablet, &eve] {
            assert!(desk.lives(member).await);
        }
        let left = names(&desk, &ada).await;
        assert_eq!(left.len(), 2);
        assert!(!left.contains(&name(&phone)));
    }

    async fn ending_the_others_many_times_at_once_spares_the_session(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let mut ending = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let (sessions, session) = (desk.services.sessions.clone(), ada.session.clone());
            ending.spawn(async move { sessions.end_others(&session).await });
        }
        for ended in ending.join_all().await {
            ended.unwrap();
        }
        assert!(desk.lives(&ada).await);
        assert_eq!(names(&desk, &ada).await, [name(&ada)]);
    }

    async fn the_present_session_can_be_ended_by_its_name(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let phone = desk.log_in(&ada.email).await;
        end(&desk, &ada, &name(&ada)).await.unwrap();
        assert!(!desk.lives(&ada).await);
        assert!(desk.lives(&phone).await);
    }

    async fn the_name_of_a_strangers_session_is_as_unknown_as_nonsense(desk: Desk) {
        let (ada, eve) = (desk.customer("Ada").await, desk.admin("Eve").await);
        let ended = desk.log_in(&ada.email).await;
        end(&desk, &ada, &name(&ended)).await.unwrap();
        let secret = ada.session.session_id().as_str();
        for other in [&name(&eve), &name(&ended), secret, "", "nonsense", "%"] {
            let outcome = end(&desk, &ada, other).await;
            assert!(matches!(outcome, Err(AccountError::NotFound)), "{other}: {outcome:?}");
        }
        // Admins are no exception.
        let outcome = end(&desk, &eve, &name(&ada)).await;
        assert!(matches!(outcome, Err(AccountError::NotFound)), "{outcome:?}");
        assert!(desk.lives(&ada).await);
        assert!(desk.lives(&eve).await);
    }

    async fn ending_the_others_leaves_the_present_session_alone(desk: Desk) {
        let (ada, eve) = (desk.customer("Ada").await, desk.customer("Eve").await);
        let others = [desk.log_in(&ada.email).await, desk.log_in(&ada.email).await];
        desk.services.sessions.end_others(&ada.session).await.unwrap();
        assert!(desk.lives(&ada).await);
        assert!(desk.lives(&eve).await);
        for other in &others {
            assert!(!desk.lives(other).await);
            let refreshed = desk.services.accounts.refresh(&other.refresh_token).await;
            assert!(is_over(refreshed.err()));
        }
        assert_eq!(names(&desk, &ada).await, [name(&ada)]);
    }

    async fn the_session_that_was_kept_goes_on_like_any_other(desk: Desk) {
        let ada = desk.customer("Ada").await;
        desk.services.sessions.end_others(&ada.session).await.unwrap();
        // A later sign-in is of the new epoch, and voids what is not.
        let phone = desk.log_in(&ada.email).await;
        assert!(desk.lives(&ada).await);
        let rotated = rotated(&desk, &ada.refresh_token).await;
        // Once more with what was verified before the rotation.
        desk.services.sessions.end_others(&ada.session).await.unwrap();
        assert!(!desk.lives(&phone).await);
        assert!(lives(&desk, &rotated).await);
        let rotated = self::rotated(&desk, &rotated.1).await;
        assert!(lives(&desk, &rotated).await);
    }

    async fn a_session_that_was_refreshed_keeps_itself_and_ends_the_others(desk: Desk) {
        let ada = desk.customer("Ada").await;
        let phone = desk.log_in(&ada.email).await;
        let rotated = rotated(&desk, &ada.refresh_token).await;
        let session = session(&desk, &rotated).await.unwrap();
        desk.services.sessions.end_others(&session).await.unwrap();
        assert!(lives(&desk, &rotated).await);
        assert!(!desk.lives(&phone).await);
        let again = self::rotated(&desk, &rotated.1).await;
        assert!(lives(&desk, &again).await);
    }

    async fn who_signs_in_too_often_loses_the_oldest_session(desk: Desk) {
        let ada = desk.customer("Ada").await;
        for _ in 1..SESSIONS_PER_USER {
            desk.clock.advance(Duration::from_secs(1));
            desk.log_in(&ada.email).await;
        }
        assert!(desk.lives(&ada).await);
        desk.clock.advance(Duration::from_secs(1));
        let newest = desk.log_in(&ada.email).await;
        assert!(!desk.lives(&ada).await);
        let names = names(&desk, &newest).await;
        assert_eq!((names.len(), &names[0]), (SESSIONS_PER_USER, &name(&newest)));
    }
}

fn name(member: &Member) -> String {
    member.session.public_id()
}

async fn names(desk: &Desk, member: &Member) -> Vec<String> {
    let listed = desk.services.sessions.list(&member.session).await.unwrap();
    listed.iter().map(auth::Session::public_id).collect()
}

async fn end(desk: &Desk, member: &Member, name: &str) -> Result<(), AccountError> {
    desk.services.sessions.end(&member.session, name).await
}

fn is_over(error: Option<AccountError>) -> bool {
    matches!(error, Some(AccountError::Session(AuthError::SessionEnded)))
}

/// New tokens for a session: access and refresh.
async fn rotated(desk: &Desk, refresh_token: &str) -> (String, String) {
    let refreshed = desk.services.accounts.refresh(refresh_token).await.unwrap();
    (refreshed.access_token, refreshed.refresh_token)
}

async fn session(desk: &Desk, tokens: &(String, String)) -> Result<VerifiedSession, AuthError> {
    desk.authenticator.authenticate(&tokens.0, &tokens.1).await
}

async fn lives(desk: &Desk, tokens: &(String, String)) -> bool {
    session(desk, tokens).await.is_ok()
}
