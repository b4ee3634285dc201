//! When a session counts and which generation is accepted: decisions without a store.
//!
//! `scripts/*.lua` say the same for Redis; one test suite holds both to it.

use domain::{SessionId, Timestamp};

use super::{
    Lifetime, NewSession, ROTATION_GRACE, Session, TOUCH_INTERVAL, USER_AGENT_MAX, VerifiedRecord,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A fresh session with 256 random bits for a name.
pub(super) fn begin(new: NewSession, now: Timestamp) -> Session {
    let lifetime = Lifetime::of(new.role);
    Session {
        id: SessionId::new(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())),
        user_id: new.user_id,
        role: new.role,
        epoch: new.epoch,
        generation: 1,
        confirmed: false,
        rotated_at: now,
        created_at: now,
        auth_at: now,
        last_seen_at: now,
        idle_expires_at: now.plus(lifetime.idle),
        absolute_expires_at: now.plus(lifetime.absolute),
        user_agent: new
            .user_agent
            .map(|text| text.chars().take(USER_AGENT_MAX).collect()),
        address: new.address,
    }
}

/// Whether the session has neither run out nor been voided by a later epoch.
pub(super) fn lives(session: &Session, epoch: i64, now: Timestamp) -> bool {
    session.epoch >= epoch && now < session.expires_at()
}

/// What a generation is to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// The present one.
    Current,
    /// The one before, while the client may not have received the present one.
    Previous,
    /// An older one, or the one before after its grace.
    Old,
    /// One that the store has not made: the store went back in time.
    Ahead,
}

pub(super) fn standing(session: &Session, generation: u64, now: Timestamp) -> Standing {
    let graced = !session.confirmed || now <= session.rotated_at.plus(ROTATION_GRACE);
    if generation == session.generation {
        Standing::Current
    } else if generation > session.generation {
        Standing::Ahead
    } else if generation + 1 == session.generation && graced {
        Standing::Previous
    } else {
        Standing::Old
    }
}

/// Notes a use, at most once a minute.
pub(super) fn touch(session: &mut Session, now: Timestamp) {
    if now >= session.last_seen_at.plus(TOUCH_INTERVAL) {
        see(session, now);
    }
}

/// Notes a use.
pub(super) fn see(session: &mut Session, now: Timestamp) {
    session.last_seen_at = now;
    session.idle_expires_at = now.plus(Lifetime::of(session.role).idle);
}

pub(super) fn record(session: &Session) -> VerifiedRecord {
    VerifiedRecord {
        role: session.role,
        epoch: session.epoch,
        auth_at: session.auth_at,
        expires_at: session.expires_at(),
    }
}
