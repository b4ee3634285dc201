//! Guessing is slowed down: attempts at a secret are counted before the secret is compared.

use std::sync::Arc;

use auth::limits::{Limits, Verdict};
use auth::{AuthError, PasswordError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Email, UserId};
use sha2::{Digest, Sha256};
use tracing::warn;

use crate::error::AccountError;

/// Whose attempts are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject(String);

impl Subject {
    /// Everybody who signs in to an account from a device that it does not know, whether or not it exists.
    pub(crate) fn account(email: &Email) -> Subject {
        let digest = Sha256::digest(email.as_str().as_bytes());
        Subject(format!("account:{}", URL_SAFE_NO_PAD.encode(&digest[..16])))
    }

    /// A device on which this account has signed in before: strangers who guess do not slow it down.
    pub(crate) fn device(id: &str) -> Subject {
        Subject(format!("device:{id}"))
    }

    /// Whoever is signed in and gives the password again.
    pub(crate) fn signed_in(user: UserId) -> Subject {
        Subject(format!("password:{user}"))
    }
}

/// Counts attempts.
#[derive(Clone)]
pub(crate) struct Attempts(pub(crate) Arc<dyn Limits>);

impl Attempts {
    /// Runs a comparison unless there were too many that failed. It counts as failed while it runs, so that
    /// many at once find out no more than one after the other.
    pub(crate) async fn compare(
        &self,
        subject: &Subject,
        comparison: impl Future<Output = Result<bool, PasswordError>>,
    ) -> Result<bool, AccountError> {
        let verdict = self.0.attempt(&subject.0).await;
        if let Verdict::Wait(retry_after) = verdict.map_err(|_| AuthError::Unavailable)? {
            return Err(AccountError::TooManyAttempts { retry_after });
        }
        match comparison.await {
            Ok(true) => {
                self.forget(subject).await;
                Ok(true)
            }
            Ok(false) => Ok(false),
            Err(error) => {
                if self.0.withdrawn(&subject.0).await.is_err() {
                    warn!("Could not uncount an attempt that was not decided");
                }
                Err(error.into())
            }
        }
    }

    /// Forgets what failed before.
    pub(crate) async fn forget(&self, subject: &Subject) {
        if self.0.succeeded(&subject.0).await.is_err() {
            warn!("Could not forget failed attempts");
        }
    }
}
