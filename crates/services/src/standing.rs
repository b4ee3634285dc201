//! Whether somebody still is who their session says, by the rows of the accounts.
//!
//! What ends sessions is committed a moment before it is in force in the session store. Whatever spares a
//! session, or changes the standing of others, asks the rows: or else whoever is being signed out could keep
//! their session by signing the others out, and an admin who is being removed could undo it.

use std::time::Duration;

use auth::{AuthError, Authenticator, VerifiedSession};
use domain::{Role, UserId};
use repository::Tx;
use repository::users::Credentials;

use crate::error::AccountError;
use crate::retry::retrying;

/// How often, and after which pause, a session that its account has voided is looked at again: what voided it
/// may have spared it and not be in force yet.
const LOOK_AGAIN: (usize, Duration) = (5, Duration::from_millis(50));

/// The admin whose session it is; asked before anything is read.
pub(crate) fn admin(session: &VerifiedSession) -> Result<UserId, AccountError> {
    admin_or(session, AccountError::Forbidden)
}

/// The admin whose session it is, or for a customer what is in the place of an answer.
pub(crate) fn admin_or<E>(session: &VerifiedSession, forbidden: E) -> Result<UserId, E> {
    match session.role() {
        Role::Admin => Ok(session.user_id()),
        Role::User => Err(forbidden),
    }
}

/// Locks the viewer's own account for a change that spares their session.
pub(crate) async fn lock_own(
    tx: &Tx,
    session: &VerifiedSession,
) -> Result<Credentials, AccountError> {
    let locked = repository::users::lock(tx, session.user_id()).await?;
    let current = |found: &Credentials| found.user.session_epoch == session.epoch();
    Ok(locked.filter(current).ok_or(AuthError::SessionEnded)?)
}

/// Locks the enabled admins, of whom the viewer must be one. Before any other account, so that everybody locks
/// in the same order.
pub(crate) async fn lock_admins(
    tx: &Tx,
    session: &VerifiedSession,
) -> Result<Vec<UserId>, AccountError> {
    let admins = repository::users::lock_enabled_admins(tx).await?;
    if !admins.contains(&(session.user_id(), session.epoch())) {
        return Err(AuthError::SessionEnded.into());
    }
    Ok(admins.into_iter().map(|(id, _)| id).collect())
}

/// Runs a change that begins with [`lock_own`] or [`lock_admins`]. If something else has changed the viewer's
/// account and spared the session meanwhile, the change is tried again with the session as it is then.
pub(crate) async fn in_good_standing<T, F>(
    authenticator: &Authenticator,
    session: &VerifiedSession,
    change: impl Fn(VerifiedSession) -> F,
) -> Result<T, AccountError>
where
    F: Future<Output = Result<T, AccountError>>,
{
    let mut session = session.clone();
    for _ in 1..LOOK_AGAIN.0 {
        match retrying(|| change(session.clone())).await {
            Err(AccountError::Session(AuthError::SessionEnded)) => {}
            settled => return settled,
        }
        tokio::time::sleep(LOOK_AGAIN.1).await;
        session = authenticator.revalidate(&session).await?;
    }
    retrying(|| change(session.clone())).await
}
