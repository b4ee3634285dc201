//! Sessions that end before their time are told, on both stores.

use std::convert::identity;
use std::time::Duration;

use auth::sessions::SESSIONS_PER_USER;
use auth::{NewSession, Rotation, Session};
use domain::{SessionId, UserId};
use tokio::sync::broadcast::{Receiver, error::TryRecvError};

use crate::stores::{Desk, on_both_stores, sign_in};

const ANNA: UserId = UserId(7);
const BERT: UserId = UserId(8);
const SECOND: Duration = Duration::from_secs(1);

on_both_stores!(identity:
    an_ended_session_is_told_to_every_receiver,
    only_what_ended_is_told,
    a_copied_cookie_is_told,
    a_cookie_from_the_future_is_told,
    a_raised_epoch_tells_all_that_it_voids,
    a_sign_in_tells_which_sessions_it_pushed_out,
    a_sign_in_of_a_later_epoch_tells_which_sessions_it_voids,
);

/// The next ending. It is told by the call that caused it: also with Redis, nobody has to wait.
fn next(receiver: &mut Receiver<SessionId>) -> Option<SessionId> {
    match receiver.try_recv() {
        Ok(id) => Some(id),
        Err(TryRecvError::Empty) => None,
        Err(error) => panic!("{error}"),
    }
}

/// All endings told so far, each once: Redis may have told them a second time.
fn told(receiver: &mut Receiver<SessionId>) -> Vec<SessionId> {
    let mut ids: Vec<SessionId> = std::iter::from_fn(|| next(receiver)).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn sorted(sessions: &[&Session]) -> Vec<SessionId> {
    let mut ids: Vec<SessionId> = sessions.iter().map(|session| session.id.clone()).collect();
    ids.sort();
    ids
}

async fn an_ended_session_is_told_to_every_receiver(desk: Desk) {
    let (mut one, mut other) = (desk.store.endings(), desk.store.endings());
    let session = desk.begin(ANNA).await;
    desk.store.end(ANNA, &session.id).await.unwrap();
    assert_eq!(next(&mut one), Some(session.id.clone()));
    assert_eq!(next(&mut other), Some(session.id));
}

async fn only_what_ended_is_told(desk: Desk) {
    let mut endings = desk.store.endings();
    let session = desk.begin(ANNA).await;
    let unknown = SessionId::new("A".repeat(43));
    desk.store.end(ANNA, &unknown).await.unwrap();
    desk.store.end(BERT, &session.id).await.unwrap();
    desk.rotate(&session, 1).await;
    desk.store.raise_epoch(ANNA, 1, None).await.unwrap();
    desk.store
        .raise_epoch(ANNA, 2, Some(&session.id))
        .await
        .unwrap();
    desk.store.raise_epoch(BERT, 9, None).await.unwrap();
    assert_eq!(next(&mut endings), None);
    assert!(desk.accepts(&session, 2).await);
}

async fn a_copied_cookie_is_told(desk: Desk) {
    let mut endings = desk.store.endings();
    let session = desk.begin(ANNA).await;
    desk.rotate(&session, 1).await;
    desk.rotate(&session, 2).await;
    assert_eq!(next(&mut endings), None);
    assert_eq!(desk.rotate(&session, 1).await, Rotation::Reused);
    assert_eq!(next(&mut endings), Some(session.id));
}

async fn a_cookie_from_the_future_is_told(desk: Desk) {
    let mut endings = desk.store.endings();
    let session = desk.begin(ANNA).await;
    assert_eq!(desk.rotate(&session, 2).await, Rotation::Gone);
    assert_eq!(next(&mut endings), Some(session.id));
}

async fn a_raised_epoch_tells_all_that_it_voids(desk: Desk) {
    let mut endings = desk.store.endings();
    let (one, other, own) = (
        desk.begin(ANNA).await,
        desk.begin(ANNA).await,
        desk.begin(ANNA).await,
    );
    desk.store
        .raise_epoch(ANNA, 2, Some(&own.id))
        .await
        .unwrap();
    assert_eq!(told(&mut endings), sorted(&[&one, &other]));
}

async fn a_sign_in_tells_which_sessions_it_pushed_out(desk: Desk) {
    let mut endings = desk.store.endings();
    let oldest = desk.begin(ANNA).await;
    for _ in 1..SESSIONS_PER_USER {
        desk.clock.advance(SECOND);
        desk.begin(ANNA).await;
    }
    assert_eq!(next(&mut endings), None);
    desk.clock.advance(SECOND);
    desk.begin(ANNA).await;
    assert_eq!(told(&mut endings), sorted(&[&oldest]));
}

async fn a_sign_in_of_a_later_epoch_tells_which_sessions_it_voids(desk: Desk) {
    let mut endings = desk.store.endings();
    let void = desk.begin(ANNA).await;
    let new = NewSession {
        epoch: 2,
        ..sign_in(ANNA)
    };
    let new = desk.store.create(new).await.unwrap();
    assert_eq!(told(&mut endings), sorted(&[&void]));
    assert_eq!(desk.ids(ANNA).await, [new.id]);
}
