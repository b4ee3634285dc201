//! What every session store does: each behaviour runs in process and against Redis.

use std::convert::identity;
use std::time::Duration;

use auth::sessions::{Lifetime, SESSIONS_PER_USER};
use auth::{NewSession, Rotation, Verification};
use domain::{Clock, Role, SessionId, UserId};
use testkit::clock::START;

use crate::stores::{Desk, on_both_stores, sign_in};

const ANNA: UserId = UserId(7);
const BERT: UserId = UserId(8);
const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
const MICRO: Duration = Duration::from_micros(1);

on_both_stores!(identity:
    a_new_session_is_listed_as_it_was_made,
    a_session_is_known_by_its_user_only,
    identifiers_are_long_and_never_the_same,
    a_session_ends_when_it_is_not_used,
    use_keeps_a_session_until_its_absolute_end,
    last_seen_moves_once_a_minute,
    ending_a_session_is_told_once,
    the_oldest_of_twenty_sessions_leaves,
    sessions_that_ran_out_make_room,
    raising_the_epoch_voids_all_sessions_but_the_named_one,
    the_epoch_never_falls,
    a_session_born_of_an_old_epoch_is_void,
    a_void_session_is_not_carried_over_by_a_later_epoch,
    a_long_user_agent_is_cut,
    the_store_answers_a_ping,
);

async fn a_new_session_is_listed_as_it_was_made(desk: Desk) {
    let session = desk.begin(ANNA).await;
    assert_eq!(session.created_at, START);
    assert_eq!(session.generation, 1);
    let listed = desk.store.list(ANNA).await.unwrap();
    assert_eq!(listed, std::slice::from_ref(&session));

    let mut anonymous = sign_in(BERT);
    (anonymous.user_agent, anonymous.address) = (None, None);
    let plain = desk.store.create(anonymous).await.unwrap();
    assert_eq!(desk.store.list(BERT).await.unwrap(), [plain]);
    assert_ne!(session.public_id(), session.id.as_str());
}

async fn a_session_is_known_by_its_user_only(desk: Desk) {
    let session = desk.begin(ANNA).await;
    desk.begin(BERT).await;
    let as_bert = desk.store.verify(BERT, &session.id, Some(1)).await.unwrap();
    assert_eq!(as_bert, Verification::Gone);
    let as_bert = desk.store.rotate(BERT, &session.id, 1).await.unwrap();
    assert_eq!(as_bert, Rotation::Gone);
    assert!(!desk.store.end(BERT, &session.id).await.unwrap());
    let unknown = SessionId::new("A".repeat(43));
    assert!(!desk.store.end(ANNA, &unknown).await.unwrap());
    assert!(desk.accepts(&session, 1).await);
}

async fn identifiers_are_long_and_never_the_same(desk: Desk) {
    let (one, other) = (desk.begin(ANNA).await, desk.begin(ANNA).await);
    assert_eq!(one.id.as_str().len(), 43);
    assert_ne!(one.id, other.id);
    assert_ne!(one.public_id(), other.public_id());
}

async fn a_session_ends_when_it_is_not_used(desk: Desk) {
    for (role, idle) in [(Role::User, 7 * DAY), (Role::Admin, 12 * HOUR)] {
        desk.clock.set(START);
        let session = desk
            .store
            .create(NewSession {
                role,
                ..sign_in(ANNA)
            })
            .await
            .unwrap();
        desk.clock.advance(idle - MICRO);
        assert!(desk.ids(ANNA).await.contains(&session.id));
        desk.clock.advance(MICRO);
        assert_eq!(desk.verify(&session, 1).await, Verification::Gone);
        assert_eq!(desk.rotate(&session, 1).await, Rotation::Gone);
        assert!(desk.ids(ANNA).await.is_empty());
        desk.store.end(ANNA, &session.id).await.unwrap();
    }
}

async fn use_keeps_a_session_until_its_absolute_end(desk: Desk) {
    for role in [Role::User, Role::Admin] {
        desk.clock.set(START);
        let session = desk
            .store
            .create(NewSession {
                role,
                ..sign_in(ANNA)
            })
            .await
            .unwrap();
        let Lifetime { idle, absolute } = Lifetime::of(role);
        while desk.clock.now().plus(idle) < START.plus(absolute) {
            desk.clock.advance(idle - SECOND);
            assert!(desk.accepts(&session, 1).await);
        }
        desk.clock.set(START.plus(absolute - MICRO));
        let Verification::Valid(record) = desk.verify(&session, 1).await else {
            panic!("the session should live");
        };
        assert_eq!(record.expires_at, START.plus(absolute));
        assert_eq!(record.role, role);
        assert_eq!(record.auth_at, START);
        desk.clock.set(START.plus(absolute));
        assert_eq!(desk.verify(&session, 1).await, Verification::Gone);
        desk.store.end(ANNA, &session.id).await.unwrap();
    }
}

async fn last_seen_moves_once_a_minute(desk: Desk) {
    let session = desk.begin(ANNA).await;
    desk.clock.advance(MINUTE - MICRO);
    assert!(desk.accepts(&session, 1).await);
    assert_eq!(desk.store.list(ANNA).await.unwrap()[0].last_seen_at, START);
    desk.clock.advance(MICRO);
    assert!(desk.accepts(&session, 1).await);
    let seen = desk.store.list(ANNA).await.unwrap().remove(0);
    assert_eq!(seen.last_seen_at, START.plus(MINUTE));
    assert_eq!(seen.idle_expires_at, START.plus(MINUTE + 7 * DAY));
}

async fn ending_a_session_is_told_once(desk: Desk) {
    let (one, other) = (desk.begin(ANNA).await, desk.begin(ANNA).await);
    assert!(desk.store.end(ANNA, &one.id).await.unwrap());
    assert!(!desk.store.end(ANNA, &one.id).await.unwrap());
    assert!(!desk.lives(&one).await);
    assert_eq!(desk.ids(ANNA).await, [other.id]);
}

async fn the_oldest_of_twenty_sessions_leaves(desk: Desk) {
    let mut ids = Vec::new();
    for _ in 0..=SESSIONS_PER_USER {
        desk.clock.advance(SECOND);
        ids.insert(0, desk.begin(ANNA).await.id);
    }
    let oldest = ids.pop().unwrap();
    assert_eq!(desk.ids(ANNA).await, ids);
    let gone = desk.store.verify(ANNA, &oldest, None).await.unwrap();
    assert_eq!(gone, Verification::Gone);
}

async fn sessions_that_ran_out_make_room(desk: Desk) {
    let kept = desk.begin(ANNA).await;
    for _ in 1..SESSIONS_PER_USER {
        let ending = desk.begin(ANNA).await;
        desk.store.end(ANNA, &ending.id).await.unwrap();
    }
    desk.clock.advance(SECOND);
    let new = desk.begin(ANNA).await;
    assert_eq!(desk.ids(ANNA).await, [new.id, kept.id]);
}

async fn raising_the_epoch_voids_all_sessions_but_the_named_one(desk: Desk) {
    let (one, own) = (desk.begin(ANNA).await, desk.begin(ANNA).await);
    let berts = desk.begin(BERT).await;
    let ended = desk
        .store
        .raise_epoch(ANNA, 2, Some(&own.id))
        .await
        .unwrap();
    assert_eq!(ended, std::slice::from_ref(&one.id));
    assert!(!desk.lives(&one).await);
    assert_eq!(desk.rotate(&one, 1).await, Rotation::Gone);
    assert!(desk.accepts(&own, 1).await);
    assert_eq!(desk.store.list(ANNA).await.unwrap()[0].epoch, 2);
    assert!(desk.accepts(&berts, 1).await);
    // Put back once more, as after a restart of Redis.
    assert!(
        desk.store
            .raise_epoch(ANNA, 2, None)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(desk.accepts(&own, 1).await);
    let ended = desk.store.raise_epoch(ANNA, 3, None).await.unwrap();
    assert_eq!(ended, std::slice::from_ref(&own.id));
    assert!(!desk.lives(&own).await);
    assert!(desk.accepts(&berts, 1).await);
}

async fn the_epoch_never_falls(desk: Desk) {
    desk.store.raise_epoch(ANNA, 5, None).await.unwrap();
    desk.store.raise_epoch(ANNA, 3, None).await.unwrap();
    let void = desk
        .store
        .create(NewSession {
            epoch: 4,
            ..sign_in(ANNA)
        })
        .await
        .unwrap();
    assert!(!desk.lives(&void).await);
    let good = desk
        .store
        .create(NewSession {
            epoch: 5,
            ..sign_in(ANNA)
        })
        .await
        .unwrap();
    assert!(desk.lives(&good).await);
}

async fn a_session_born_of_an_old_epoch_is_void(desk: Desk) {
    desk.store.raise_epoch(ANNA, 2, None).await.unwrap();
    let void = desk.begin(ANNA).await;
    assert_eq!(desk.verify(&void, 1).await, Verification::Gone);
    assert_eq!(desk.rotate(&void, 1).await, Rotation::Gone);
    assert!(desk.ids(ANNA).await.is_empty());
}

async fn a_void_session_is_not_carried_over_by_a_later_epoch(desk: Desk) {
    desk.store.raise_epoch(ANNA, 2, None).await.unwrap();
    let void = desk.begin(ANNA).await;
    desk.store
        .raise_epoch(ANNA, 3, Some(&void.id))
        .await
        .unwrap();
    assert!(!desk.lives(&void).await);
}

async fn a_long_user_agent_is_cut(desk: Desk) {
    let session = desk
        .store
        .create(NewSession {
            user_agent: Some("é".repeat(10_000)),
            ..sign_in(ANNA)
        })
        .await
        .unwrap();
    assert_eq!(session.user_agent, Some("é".repeat(256)));
    assert_eq!(desk.store.list(ANNA).await.unwrap(), [session]);
}

async fn the_store_answers_a_ping(desk: Desk) {
    assert_eq!(desk.store.ping().await, Ok(()));
}
