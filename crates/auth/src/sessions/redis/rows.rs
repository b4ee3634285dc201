//! Reading what the scripts answer.

use std::time::Duration;

use domain::{Role, SessionId, Timestamp, UserId};

use crate::sessions::{Lifetime, Session, VerifiedRecord};

/// Fields of a session's hash, in the order in which `list.lua` gives them back.
pub(super) const FIELDS: [&str; 12] = [
    "user",
    "role",
    "epoch",
    "gen",
    "confirmed",
    "rotated",
    "created",
    "auth_at",
    "last_seen",
    "absolute",
    "user_agent",
    "address",
];

pub(super) fn texts(answer: &[String]) -> Vec<&str> {
    answer.iter().map(String::as_str).collect()
}

fn time(text: &str) -> Option<Timestamp> {
    text.parse().ok().map(Timestamp)
}

pub(super) fn ends(seen: &str, idle: &str, absolute: &str) -> Option<Timestamp> {
    let idle = Duration::from_micros(idle.parse().ok()?);
    Some(time(seen)?.plus(idle).min(time(absolute)?))
}

pub(super) fn record(
    role: &str,
    epoch: &str,
    auth_at: &str,
    seen: &str,
    idle: &str,
    absolute: &str,
) -> Option<VerifiedRecord> {
    Some(VerifiedRecord {
        role: Role::parse(role)?,
        epoch: epoch.parse().ok()?,
        auth_at: time(auth_at)?,
        expires_at: ends(seen, idle, absolute)?,
    })
}

pub(super) fn session(row: Vec<Option<String>>) -> Option<Session> {
    let row: [Option<String>; FIELDS.len() + 1] = row.try_into().ok()?;
    let [
        id,
        user,
        role,
        epoch,
        generation,
        confirmed,
        rotated,
        created,
        auth_at,
        last_seen,
        absolute,
        user_agent,
        address,
    ] = row;
    let role = Role::parse(&role?)?;
    let last_seen_at = time(&last_seen?)?;
    Some(Session {
        id: SessionId::new(id?),
        user_id: UserId(user?.parse().ok()?),
        role,
        epoch: epoch?.parse().ok()?,
        generation: generation?.parse().ok()?,
        confirmed: confirmed? == "1",
        rotated_at: time(&rotated?)?,
        created_at: time(&created?)?,
        auth_at: time(&auth_at?)?,
        last_seen_at,
        idle_expires_at: last_seen_at.plus(Lifetime::of(role).idle),
        absolute_expires_at: time(&absolute?)?,
        user_agent,
        address: address.and_then(|text| text.parse().ok()),
    })
}
