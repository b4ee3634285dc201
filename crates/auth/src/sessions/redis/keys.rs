//! The keys of a user's sessions, and the calls that revoke by them.

use std::time::Duration;

use domain::{SessionId, Timestamp, UserId};

use crate::link::Call;
use crate::sessions::LONGEST_SESSION;

/// The names of a user's keys. The user's number in braces is their hash tag in a cluster.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    pub(super) prefix: String,
}

impl Keys {
    pub(super) fn session_base(&self, user: UserId) -> String {
        format!("{}sess:{{{user}}}:", self.prefix)
    }

    pub(super) fn session(&self, user: UserId, sid: &SessionId) -> String {
        format!("{}sess:{{{user}}}:{}", self.prefix, sid.as_str())
    }

    pub(super) fn epoch(&self, user: UserId) -> String {
        format!("{}epoch:{{{user}}}", self.prefix)
    }

    pub(super) fn index(&self, user: UserId) -> String {
        format!("{}sessions:{{{user}}}", self.prefix)
    }

    /// The channel on which ended sessions are told.
    pub(super) fn endings(&self) -> String {
        format!("{}sessions:ended", self.prefix)
    }

    pub(super) fn end(&self, user: UserId, sid: &SessionId) -> Call {
        Call {
            keys: vec![self.session(user, sid), self.index(user)],
            args: vec![sid.as_str().to_owned(), self.endings()],
        }
    }

    pub(super) fn raise_epoch(
        &self,
        user: UserId,
        epoch: i64,
        except: Option<&SessionId>,
        now: Timestamp,
    ) -> Call {
        Call {
            keys: vec![self.index(user), self.epoch(user)],
            args: vec![
                epoch.to_string(),
                millis(keys_live()),
                self.session_base(user),
                now.0.to_string(),
                except.map_or("", SessionId::as_str).to_owned(),
                self.endings(),
            ],
        }
    }
}

/// How long epochs and indexes are kept: longer than any session that they speak of.
pub(super) fn keys_live() -> Duration {
    LONGEST_SESSION + Duration::from_secs(24 * 3600)
}

pub(super) fn millis(span: Duration) -> String {
    span.as_millis().to_string()
}
