//! The calls that put revocations into a Redis that may not have them.

use std::sync::Arc;

use domain::Clock;

use super::keys::Keys;
use super::{END, RAISE_EPOCH};
use crate::link::{Call, Restore, Script};
use crate::sessions::{Revocation, RevocationSource, SessionError};

/// Turns revocations into calls.
pub(crate) struct Restoring {
    pub(super) keys: Keys,
    pub(super) clock: Arc<dyn Clock>,
}

impl Restore for Restoring {
    async fn calls(
        &self,
        source: Arc<dyn RevocationSource>,
    ) -> Result<Vec<(&'static Script, Call)>, SessionError> {
        let now = self.clock.now();
        let revocations = source.revocations().await?;
        Ok(revocations
            .into_iter()
            .map(|revocation| match revocation {
                Revocation::Session {
                    user_id,
                    session_id,
                } => (&END, self.keys.end(user_id, &session_id)),
                Revocation::Epoch { user_id, epoch } => (
                    &RAISE_EPOCH,
                    self.keys.raise_epoch(user_id, epoch, None, now),
                ),
            })
            .collect())
    }
}
