//! Trying a whole transaction again when the database asks for it.

use std::future::Future;
use std::time::Duration;

use rand::RngExt as _;
use repository::Unique;
use tracing::warn;

use crate::error::{AccountError, Fault, NotificationError, TicketError};

/// How often a transaction is tried before its failure is told.
const ATTEMPTS: u32 = 6;
/// Longest first pause; it doubles with every attempt.
const PAUSE: Duration = Duration::from_millis(8);

/// Runs `attempt` until it succeeds, fails for good, or was tried often enough. Pauses have full jitter.
///
/// An attempt must find out by itself whether an earlier one was committed: it looks its client id up first.
pub(crate) async fn retrying<T, E, F>(attempt: impl Fn() -> F) -> Result<T, E>
where
    E: MayBeFault,
    F: Future<Output = Result<T, E>>,
{
    for round in 1..ATTEMPTS {
        let settled = attempt().await;
        match settled.as_ref().err().and_then(MayBeFault::fault) {
            Some(Fault::Unavailable(cause) | Fault::Broken(cause)) if is_worth_another(cause) => {
                warn!(round, %cause, "Trying a transaction again");
            }
            _ => return settled,
        }
        let longest = PAUSE * 2u32.pow(round - 1);
        let pause = rand::rng().random_range(Duration::ZERO..=longest);
        tokio::time::sleep(pause).await;
    }
    attempt().await
}

/// An error of a use case, which may be a fault of what it stands on.
pub(crate) trait MayBeFault {
    /// The fault, if it is one.
    fn fault(&self) -> Option<&Fault>;
}

impl MayBeFault for TicketError {
    fn fault(&self) -> Option<&Fault> {
        match self {
            TicketError::Fault(fault) => Some(fault),
            _ => None,
        }
    }
}

impl MayBeFault for AccountError {
    fn fault(&self) -> Option<&Fault> {
        match self {
            AccountError::Fault(fault) => Some(fault),
            _ => None,
        }
    }
}

impl MayBeFault for NotificationError {
    fn fault(&self) -> Option<&Fault> {
        Some(&self.0)
    }
}

/// A deadlock, or another node that stored the same client id first: the next attempt finds what it made.
fn is_worth_another(cause: &repository::Error) -> bool {
    cause.is_retryable() || cause.duplicate() == Some(Unique::ClientId)
}
