//! The rule over tokens and sessions together, on both stores.

use std::sync::Arc;
use std::time::Duration;

use auth::{
    AuthError, Authenticator, ClientInfo, RedisSessions, SessionStore, SignedIn, Tokens,
    VerifiedSession,
};
use domain::{Clock, Email, PersonName, Role, User, UserId};
use testkit::clock::{ManualClock, START};

use crate::stores::{Desk, in_process, on_both_stores, redis_options};
use crate::tokens::keys;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

struct Door {
    auth: Authenticator,
    store: Arc<dyn SessionStore>,
    clock: ManualClock,
}

fn door(desk: Desk) -> Door {
    let clock: Arc<dyn Clock> = Arc::new(desk.clock.clone());
    let tokens = Tokens::new(keys(), clock.clone());
    Door {
        auth: Authenticator::new(tokens, desk.store.clone(), clock),
        store: desk.store,
        clock: desk.clock,
    }
}

impl Door {
    async fn start(&self, user: &User) -> SignedIn {
        self.auth.start(user, ClientInfo::default()).await.unwrap()
    }

    async fn enter(&self, signed_in: &SignedIn) -> Result<VerifiedSession, AuthError> {
        self.auth
            .authenticate(&signed_in.access_token, &signed_in.refresh_token)
            .await
    }

    async fn refused(&self, access: &str, refresh: &str) -> AuthError {
        self.auth.authenticate(access, refresh).await.unwrap_err()
    }
}

fn user(id: i64, role: Role) -> User {
    User {
        id: UserId(id),
        email: Email::parse("anna@example.org").unwrap(),
        name: PersonName::parse("Anna").unwrap(),
        role,
        session_epoch: 1,
        disabled_at: None,
        created_at: START,
    }
}

on_both_stores!(door:
    a_session_that_began_is_verified,
    both_tokens_must_be_of_one_session_and_user,
    an_access_token_that_ran_out_asks_for_a_refresh,
    a_session_that_ran_out_has_ended,
    a_revoked_session_is_refused_everywhere,
    a_stale_epoch_is_refused_everywhere,
    refreshing_changes_the_cookie_and_keeps_the_session,
    two_tabs_share_one_rotation,
    a_request_that_left_before_the_rotation_still_counts,
    a_copied_cookie_ends_the_session_on_refresh_only,
    a_rotated_cookie_still_names_its_session_and_its_owner,
    a_cookie_opens_a_socket_but_does_not_use_it,
    a_socket_outlives_rotations_and_ends_with_its_session,
    a_disabled_account_gets_no_session,
);

async fn a_session_that_began_is_verified(door: Door) {
    let anna = user(7, Role::Admin);
    let client = ClientInfo {
        user_agent: Some("Firefox".to_owned()),
        address: "192.0.2.7".parse().ok(),
    };
    let signed_in = door.auth.start(&anna, client).await.unwrap();
    assert_eq!(signed_in.access_expires_at, START.plus(5 * MINUTE));
    assert_eq!(signed_in.refresh_expires_at, START.plus(720 * MINUTE));
    let verified = door.enter(&signed_in).await.unwrap();
    assert_eq!(verified.user_id(), anna.id);
    assert_eq!(verified.viewer().user_id, anna.id);
    assert_eq!(
        (verified.role(), verified.viewer().role),
        (Role::Admin, Role::Admin)
    );
    assert_eq!(verified.session_id(), &signed_in.session_id);
    let own = &door.auth.sessions().list(anna.id).await.unwrap()[0];
    assert_eq!(verified.public_id(), own.public_id());
    assert_eq!(verified.auth_at(), START);
    assert_eq!(verified.access_expires_at(), signed_in.access_expires_at);
    let listed = door.auth.sessions().list(anna.id).await.unwrap().remove(0);
    assert_eq!(listed.user_agent.as_deref(), Some("Firefox"));
    assert_eq!(listed.address, "192.0.2.7".parse().ok());
}

async fn both_tokens_must_be_of_one_session_and_user(door: Door) {
    let anna = door.start(&user(7, Role::User)).await;
    let annas_phone = door.start(&user(7, Role::User)).await;
    let bert = door.start(&user(8, Role::User)).await;
    for other in [&annas_phone, &bert] {
        let refused = door.refused(&anna.access_token, &other.refresh_token).await;
        assert_eq!(refused, AuthError::Invalid);
    }
    for (access, refresh) in [
        (anna.refresh_token.as_str(), anna.access_token.as_str()),
        (&anna.access_token, &anna.access_token),
        (&anna.refresh_token, &anna.refresh_token),
        (&anna.access_token, ""),
        ("", &anna.refresh_token),
        ("", ""),
    ] {
        assert_eq!(door.refused(access, refresh).await, AuthError::Invalid);
    }
}

async fn an_access_token_that_ran_out_asks_for_a_refresh(door: Door) {
    let anna = door.start(&user(7, Role::User)).await;
    door.clock.advance(5 * MINUTE + 5 * SECOND);
    assert_eq!(door.enter(&anna).await.unwrap_err(), AuthError::Expired);
    let renewed = door.auth.refresh(&anna.refresh_token).await.unwrap();
    let verified = door
        .auth
        .authenticate(&renewed.access_token, &renewed.refresh_token)
        .await;
    assert!(verified.is_ok());
}

async fn a_session_that_ran_out_has_ended(door: Door) {
    let anna = door.start(&user(7, Role::User)).await;
    door.clock.set(anna.refresh_expires_at);
    let refused = door.auth.refresh(&anna.refresh_token).await.unwrap_err();
    assert_eq!(refused, AuthError::SessionEnded);
    door.clock.advance(MINUTE);
    let refused = door.auth.refresh(&anna.refresh_token).await.unwrap_err();
    assert_eq!(refused, AuthError::SessionEnded);
}

async fn a_revoked_session_is_refused_everywhere(door: Door) {
    let anna = door.start(&user(7, Role::User)).await;
    let verified = door.enter(&anna).await.unwrap();
    let cookie = door.auth.check_refresh(&anna.refresh_token).await.unwrap();
    door.store.end(UserId(7), &anna.session_id).await.unwrap();
    refused_everywhere(&door, &anna, &verified, &cookie).await;
}

async fn a_stale_epoch_is_refused_everywhere(door: Door) {
    let anna = door.start(&user(7, Role::User)).await;
    let verified = door.enter(&anna).await.unwrap();
    let cookie = door.auth.check_refresh(&anna.refresh_token).await.unwrap();
    door.store.raise_epoch(UserId(7), 2, None).await.unwrap();
    refused_everywhere(&door, &anna, &verified, &cookie).await;
}

async fn refused_everywhere(
    door: &Door,
    tokens: &SignedIn,
    verified: &VerifiedSession,
    cookie: &auth::CookieSession,
) {
    let ended = AuthError::SessionEnded;
    assert_eq!(door.enter(tokens).await.unwrap_err(), ended);
    let check = door.auth.check_refresh(&tokens.refresh_token).await;
    assert_eq!(check.unwrap_err(), ended);
    let refresh = door.auth.refresh(&tokens.refresh_token).await;
    assert_eq!(refresh.unwrap_err(), ended);
    let hello = door
        .auth
        .authenticate_socket(&tokens.access_token, cookie)
        .await;
    assert_eq!(hello.unwrap_err(), ended);
    assert_eq!(door.auth.revalidate(verified).await.unwrap_err(), ended);
}

async fn refreshing_changes_the_cookie_and_keeps_the_session(door: Door) {
    let anna = door.start(&user(7, Role::User)).await;
    door.clock.advance(MINUTE);
    let renewed = door.auth.refresh(&anna.refresh_token).await.unwrap();
    assert_eq!(renewed.session_id, anna.session_id);
    assert_eq!(renewed.user_id, UserId(7));
    assert_ne!(renewed.refresh_token, anna.refresh_token);
    assert_eq!(renewed.access_expires_at, START.plus(6 * MINUTE));
    assert_eq!(
        renewed.refresh_expires_at,
        anna.refresh_expires_at.plus(MINUTE)
    );
}

async fn two_tabs_share_one_rotation(door: Door) {
    let anna = door.start(&user(7, Role::User)).await;
    let (one, other) = tokio::join!(
        door.auth.refresh(&anna.refresh_token),
        door.auth.refresh(&anna.refresh_token)
    );
    let (one, other) = (one.unwrap(), other.unwrap());
    door.clock.advance(MINUTE);
    // Either tab's cookie is the one that the browser kept; both are of one generation.
    for cookie in [&one.refresh_token, &other.refresh_token] {
        let verified = door.auth.authenticate(&one.access_token, cookie).await;
        assert!(verified.is_ok());
    }
}

async fn a_request_that_left_before_the_rotation_still_counts(door: Door) {
    let anna = door.start(&user(7, Role::User)).await;
    let renewed = door.auth.refresh(&anna.refresh_token).await.unwrap();
    let confirmed = door
        .auth
        .authenticate(&renewed.access_token, &renewed.refresh_token)
        .await;
    assert!(confirmed.is_ok());
    door.clock.advance(10 * SECOND);
    assert!(door.enter(&anna).await.is_ok());
    door.clock.advance(SECOND);
    assert_eq!(door.enter(&anna).await.unwrap_err(), AuthError::Invalid);
    assert!(
        door.auth
            .check_refresh(&renewed.refresh_token)
            .await
            .is_ok()
    );
}

async fn a_copied_cookie_ends_the_session_on_refresh_only(door: Door) {
    let anna = door.start(&user(7, Role::User)).await;
    let second = door.auth.refresh(&anna.refresh_token).await.unwrap();
    let third = door.auth.refresh(&second.refresh_token).await.unwrap();
    let thief = door.refused(&third.access_token, &anna.refresh_token).await;
    assert_eq!(thief, AuthError::Invalid);
    assert!(door.auth.check_refresh(&third.refresh_token).await.is_ok());
    let reused = door.auth.refresh(&anna.refresh_token).await.unwrap_err();
    assert_eq!(
        reused,
        AuthError::Reused {
            user_id: UserId(7),
            session_id: anna.session_id.clone()
        }
    );
    let owner = door
        .refused(&third.access_token, &third.refresh_token)
        .await;
    assert_eq!(owner, AuthError::SessionEnded);
}

async fn a_rotated_cookie_still_names_its_session_and_its_owner(door: Door) {
    let anna = door.start(&user(7, Role::User)).await;
    let second = door.auth.refresh(&anna.refresh_token).await.unwrap();
    let third = door.auth.refresh(&second.refresh_token).await.unwrap();
    let session = Some((UserId(7), anna.session_id.clone()));
    assert_eq!(door.auth.owner(&anna.refresh_token), session);
    assert_eq!(door.auth.owner(&third.refresh_token), session);
    assert_eq!(door.auth.owner("nonsense"), None);
    assert_eq!(door.auth.owner(&anna.access_token), None);
}

async fn a_cookie_opens_a_socket_but_does_not_use_it(door: Door) {
    let anna = door.start(&user(7, Role::User)).await;
    let bert = door.start(&user(8, Role::User)).await;
    let cookie = door.auth.check_refresh(&anna.refresh_token).await.unwrap();
    assert_eq!(cookie.user_id(), UserId(7));
    assert_eq!(cookie.session_id(), &anna.session_id);
    assert_eq!(cookie.role(), Role::User);
    for token in [bert.access_token.as_str(), &anna.refresh_token, ""] {
        let hello = door.auth.authenticate_socket(token, &cookie).await;
        assert_eq!(hello.unwrap_err(), AuthError::Invalid);
    }
    let hello = door
        .auth
        .authenticate_socket(&anna.access_token, &cookie)
        .await;
    assert_eq!(hello.unwrap().user_id(), UserId(7));
}

async fn a_socket_outlives_rotations_and_ends_with_its_session(door: Door) {
    let mut tokens = door.start(&user(7, Role::User)).await;
    let cookie = door
        .auth
        .check_refresh(&tokens.refresh_token)
        .await
        .unwrap();
    let mut socket = door
        .auth
        .authenticate_socket(&tokens.access_token, &cookie)
        .await
        .unwrap();
    for _ in 0..5 {
        door.clock.advance(4 * MINUTE);
        let renewed = door.auth.refresh(&tokens.refresh_token).await.unwrap();
        (tokens.access_token, tokens.refresh_token) = (renewed.access_token, renewed.refresh_token);
        socket = door
            .auth
            .authenticate_socket(&tokens.access_token, &cookie)
            .await
            .unwrap();
        assert!(door.auth.revalidate(&socket).await.is_ok());
    }
    door.clock.advance(5 * MINUTE + 5 * SECOND);
    let expired = door.auth.revalidate(&socket).await.unwrap_err();
    assert_eq!(expired, AuthError::Expired);
}

async fn a_disabled_account_gets_no_session(door: Door) {
    let mut anna = user(7, Role::User);
    anna.disabled_at = Some(START);
    let refused = door.auth.start(&anna, ClientInfo::default()).await;
    assert_eq!(refused.unwrap_err(), AuthError::Invalid);
    assert!(door.store.list(anna.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn without_redis_nobody_is_told_that_they_are_signed_out() {
    let clock = ManualClock::new();
    let up = door(Desk {
        store: in_process().store,
        clock: clock.clone(),
    });
    let anna = up.start(&user(7, Role::User)).await;
    let url = testkit::redis::refusing_url().await.unwrap();
    let options = redis_options(&url, "down:");
    let store = RedisSessions::new(&options, Arc::new(clock.clone()), None).unwrap();
    let down = door(Desk {
        store: Arc::new(store),
        clock,
    });
    let unavailable = AuthError::Unavailable;
    assert_eq!(down.enter(&anna).await.unwrap_err(), unavailable);
    let refresh = down.auth.refresh(&anna.refresh_token).await;
    assert_eq!(refresh.unwrap_err(), unavailable);
    let check = down.auth.check_refresh(&anna.refresh_token).await;
    assert_eq!(check.unwrap_err(), unavailable);
    let start = down
        .auth
        .start(&user(7, Role::User), ClientInfo::default())
        .await;
    assert_eq!(start.unwrap_err(), unavailable);
}

#[tokio::test]
async fn a_known_device_is_no_session() {
    let door = door(in_process());
    let anna = door.start(&user(7, Role::User)).await;
    let device = door.auth.device_token(UserId(7)).unwrap().text;
    assert_eq!(door.auth.known_device(&device).unwrap().user_id, UserId(7));
    for token in [&anna.access_token, &anna.refresh_token, ""] {
        assert_eq!(door.auth.known_device(token), None);
    }
    let invalid = AuthError::Invalid;
    assert_eq!(door.refused(&anna.access_token, &device).await, invalid);
    assert_eq!(door.refused(&device, &anna.refresh_token).await, invalid);
    assert_eq!(door.auth.refresh(&device).await.unwrap_err(), invalid);
    let socket = door.auth.check_refresh(&device).await;
    assert_eq!(socket.unwrap_err(), invalid);
    assert_eq!(door.auth.owner(&device), None);
}

#[tokio::test]
async fn nothing_that_can_be_printed_holds_a_token() {
    let door = door(in_process());
    let anna = door.start(&user(7, Role::User)).await;
    let verified = door.enter(&anna).await.unwrap();
    let renewed = door.auth.refresh(&anna.refresh_token).await.unwrap();
    let reused = AuthError::Reused {
        user_id: UserId(7),
        session_id: anna.session_id.clone(),
    };
    let printed = format!(
        "{anna:?} {verified:?} {renewed:?} {reused:?} {reused} {:?}",
        door.auth
    );
    assert!(!printed.contains("eyJ"));
    assert!(!printed.contains(anna.session_id.as_str()));
}
