//! Generations of the refresh token, on both stores: two tabs never fork a session, a copy ends it.

use std::convert::identity;
use std::time::Duration;

use auth::{Rotation, Verification};
use domain::UserId;
use testkit::clock::START;

use crate::stores::{Desk, on_both_stores, rotated, same};

const ANNA: UserId = UserId(7);
const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
const MICRO: Duration = Duration::from_micros(1);

on_both_stores!(identity:
    refreshing_each_generation_makes_the_next,
    the_previous_generation_counts_while_the_present_is_unconfirmed,
    the_previous_generation_counts_ten_seconds_after_the_rotation,
    a_request_with_the_previous_generation_confirms_nothing,
    an_old_generation_is_refused_but_ends_nothing_on_a_request,
    an_old_generation_ends_the_session_on_a_refresh_once,
    a_generation_from_the_future_is_refused_and_ends_the_session,
    twenty_parallel_refreshes_make_one_generation,
    a_refresh_against_a_sign_out_revives_nothing,
    reuse_found_by_many_at_once_is_said_once,
);

async fn refreshing_each_generation_makes_the_next(desk: Desk) {
    let session = desk.begin(ANNA).await;
    for generation in 1..10 {
        desk.clock.advance(5 * MINUTE);
        let expected = Rotation::Rotated {
            generation: generation + 1,
            expires_at: START.plus(5 * MINUTE * u32::try_from(generation).unwrap() + 7 * DAY),
        };
        assert_eq!(desk.rotate(&session, generation).await, expected);
        assert!(desk.accepts(&session, generation + 1).await);
    }
}

async fn the_previous_generation_counts_while_the_present_is_unconfirmed(desk: Desk) {
    let session = desk.begin(ANNA).await;
    assert!(desk.accepts(&session, 1).await);
    assert_eq!(rotated(desk.rotate(&session, 1).await), Some(2));
    // The answer was lost: the client comes back much later with what it has.
    desk.clock.advance(HOUR);
    assert!(desk.accepts(&session, 1).await);
    assert_eq!(same(desk.rotate(&session, 1).await), Some(2));
    assert!(desk.accepts(&session, 2).await);
    assert_eq!(desk.verify(&session, 1).await, Verification::Stale);
}

async fn the_previous_generation_counts_ten_seconds_after_the_rotation(desk: Desk) {
    let session = desk.begin(ANNA).await;
    assert_eq!(rotated(desk.rotate(&session, 1).await), Some(2));
    assert!(desk.accepts(&session, 2).await);
    desk.clock.advance(10 * SECOND);
    assert!(desk.accepts(&session, 1).await);
    assert_eq!(same(desk.rotate(&session, 1).await), Some(2));
    desk.clock.advance(MICRO);
    assert_eq!(desk.verify(&session, 1).await, Verification::Stale);
    assert_eq!(desk.rotate(&session, 1).await, Rotation::Reused);
}

async fn a_request_with_the_previous_generation_confirms_nothing(desk: Desk) {
    let session = desk.begin(ANNA).await;
    assert_eq!(rotated(desk.rotate(&session, 1).await), Some(2));
    assert!(desk.accepts(&session, 1).await);
    desk.clock.advance(MINUTE);
    assert!(!desk.store.list(ANNA).await.unwrap()[0].confirmed);
    assert!(desk.accepts(&session, 1).await);
    // Nor does a socket's check, which names no generation.
    assert!(desk.lives(&session).await);
    assert_eq!(same(desk.rotate(&session, 1).await), Some(2));
}

async fn an_old_generation_is_refused_but_ends_nothing_on_a_request(desk: Desk) {
    let session = desk.begin(ANNA).await;
    assert_eq!(rotated(desk.rotate(&session, 1).await), Some(2));
    assert_eq!(rotated(desk.rotate(&session, 2).await), Some(3));
    assert_eq!(desk.verify(&session, 1).await, Verification::Stale);
    assert_eq!(desk.verify(&session, 4).await, Verification::Stale);
    assert!(desk.accepts(&session, 3).await);
    assert!(desk.accepts(&session, 2).await);
}

async fn an_old_generation_ends_the_session_on_a_refresh_once(desk: Desk) {
    let session = desk.begin(ANNA).await;
    assert_eq!(rotated(desk.rotate(&session, 1).await), Some(2));
    assert_eq!(rotated(desk.rotate(&session, 2).await), Some(3));
    assert_eq!(desk.rotate(&session, 1).await, Rotation::Reused);
    assert_eq!(desk.rotate(&session, 1).await, Rotation::Gone);
    assert_eq!(desk.rotate(&session, 3).await, Rotation::Gone);
    assert_eq!(desk.verify(&session, 3).await, Verification::Gone);
    assert!(desk.ids(ANNA).await.is_empty());
}

async fn a_generation_from_the_future_is_refused_and_ends_the_session(desk: Desk) {
    // Only a store that went back in time meets one.
    let session = desk.begin(ANNA).await;
    assert_eq!(desk.verify(&session, 2).await, Verification::Stale);
    assert_eq!(desk.rotate(&session, 2).await, Rotation::Gone);
    assert!(!desk.lives(&session).await);
}

async fn twenty_parallel_refreshes_make_one_generation(desk: Desk) {
    let session = desk.begin(ANNA).await;
    let refreshes: Vec<_> = (0..20)
        .map(|_| {
            let (store, id) = (desk.store.clone(), session.id.clone());
            tokio::spawn(async move { store.rotate(ANNA, &id, 1).await.unwrap() })
        })
        .collect();
    let (mut made, mut found) = (Vec::new(), Vec::new());
    for refresh in refreshes {
        let rotation = refresh.await.unwrap();
        made.extend(rotated(rotation));
        found.extend(same(rotation));
    }
    assert_eq!(made, [2]);
    assert_eq!(found, [2; 19]);
}

async fn a_refresh_against_a_sign_out_revives_nothing(desk: Desk) {
    for _ in 0..20 {
        let session = desk.begin(ANNA).await;
        let (rotation, ended) =
            tokio::join!(desk.rotate(&session, 1), desk.store.end(ANNA, &session.id));
        assert!(ended.unwrap());
        assert!(rotation == Rotation::Gone || rotated(rotation) == Some(2));
        assert!(!desk.lives(&session).await);
    }
    assert!(desk.ids(ANNA).await.is_empty());
}

async fn reuse_found_by_many_at_once_is_said_once(desk: Desk) {
    let session = desk.begin(ANNA).await;
    desk.rotate(&session, 1).await;
    desk.rotate(&session, 2).await;
    let refreshes: Vec<_> = (0..20)
        .map(|_| {
            let (store, id) = (desk.store.clone(), session.id.clone());
            tokio::spawn(async move { store.rotate(ANNA, &id, 1).await.unwrap() })
        })
        .collect();
    let mut said = 0;
    for refresh in refreshes {
        said += usize::from(refresh.await.unwrap() == Rotation::Reused);
    }
    assert_eq!(said, 1);
}
