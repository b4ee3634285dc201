//! Trying a whole transaction again when the database asks for it.

use std::future::Future;
use std::time::{Duration, Instant};

use rand::RngExt as _;
use repository::Unique;
use tracing::warn;

use crate::error::{
    AccountError, CannedReplyError, CategoryError, Fault, NotificationError, TicketError,
};

/// How often a transaction is tried before its failure is told.
const ATTEMPTS: u32 = 6;
/// Longest first pause; it doubles with every attempt.
const PAUSE: Duration = Duration::from_millis(8);

/// Until then a write of unknown outcome is tried again.
const UNKNOWN_WITHIN: Duration = Duration::from_secs(5);

/// Runs `attempt` until it succeeds, fails for good, or was tried often enough. Pauses have full jitter.
pub(crate) async fn retrying<T, E, F>(attempt: impl Fn() -> F) -> Result<T, E>
where
    E: MayBeFault,
    F: Future<Output = Result<T, E>>,
{
    retrying_if(is_worth_another, attempt).await
}

/// The same for writes with a client id, also when nobody can tell whether an attempt was committed: the next one
/// looks the client id up, under the lock that the earlier one would hold if it were still under way.
pub(crate) async fn retrying_by_client_id<T, E, F>(attempt: impl Fn() -> F) -> Result<T, E>
where
    E: MayBeFault,
    F: Future<Output = Result<T, E>>,
{
    let begun = Instant::now();
    let mut is_unknown = false;
    let is_worth_another = move |cause: &repository::Error| {
        is_unknown |= cause.is_unknown_outcome();
        // Connections break together: the next one may be broken too before anybody has noticed.
        let look_again = is_unknown && cause.is_unavailable() && begun.elapsed() < UNKNOWN_WITHIN;
        look_again || is_worth_another(cause)
    };
    retrying_if(is_worth_another, attempt).await
}

async fn retrying_if<T, E, F>(
    mut is_worth_another: impl FnMut(&repository::Error) -> bool,
    attempt: impl Fn() -> F,
) -> Result<T, E>
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

impl MayBeFault for CategoryError {
    fn fault(&self) -> Option<&Fault> {
        match self {
            CategoryError::Fault(fault) => Some(fault),
            _ => None,
        }
    }
}

impl MayBeFault for CannedReplyError {
    fn fault(&self) -> Option<&Fault> {
        match self {
            CannedReplyError::Fault(fault) => Some(fault),
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
