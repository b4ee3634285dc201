//! New passwords: changed by their owner, or set with a one-time link that an admin or the operator made.

use std::sync::Arc;
use std::time::Duration;

use auth::{AuthError, Passwords, VerifiedSession};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Clock, Email, PersonName, Timestamp, User, UserId};
use rand::Rng as _;
use repository::Db;
use repository::password_resets::{self, PasswordReset};
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::attempts::{Attempts, Subject};
use crate::audit::{self, Event};
use crate::error::AccountError;
use crate::retry::retrying;
use crate::revocations::Revocations;
use crate::standing;
use crate::write::Writes;

/// How long a one-time link works (ASVS 5.0, 6.4.1: short).
const LINK_LIVES: Duration = Duration::from_secs(60 * 60);

/// Use cases of passwords.
#[derive(Clone)]
pub struct PasswordService {
    db: Db,
    passwords: Arc<Passwords>,
    attempts: Attempts,
    revocations: Revocations,
    clock: Arc<dyn Clock>,
}

/// The token of a one-time link. It is stored as a hash only, so this is the one time that it is known.
pub struct ResetToken {
    /// The token, 256 random bits.
    pub token: SecretString,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// What of an account a password must not repeat.
pub(crate) fn context(email: &Email, name: &PersonName) -> Vec<String> {
    let local_part = email.as_str().split('@').next().unwrap_or_default();
    [email.as_str(), local_part, name.as_str(), "deskwire"]
        .map(str::to_owned)
        .to_vec()
}

impl PasswordService {
    pub(crate) fn new(
        db: Db,
        passwords: Arc<Passwords>,
        attempts: Attempts,
        revocations: Revocations,
        clock: Arc<dyn Clock>,
    ) -> PasswordService {
        PasswordService {
            db,
            passwords,
            attempts,
            revocations,
            clock,
        }
    }

    /// Changes the viewer's password. Their other sessions end, and a link that was made for them.
    ///
    /// # Errors
    /// [`AccountError::WrongPassword`], [`AccountError::TooManyAttempts`], [`auth::PasswordError::Weak`].
    pub async fn change(
        &self,
        session: &VerifiedSession,
        current: &SecretString,
        new: &SecretString,
    ) -> Result<(), AccountError> {
        let id = session.user_id();
        let stored = repository::users::find_credentials(&self.db, id).await?;
        let stored = stored.ok_or(AuthError::SessionEnded)?;
        let hash = Some(stored.password_hash.as_str());
        let comparison = self.passwords.verify(current, hash);
        let subject = Subject::signed_in(id);
        let compared = self.attempts.compare(&subject, comparison).await;
        if matches!(compared, Err(AccountError::TooManyAttempts { .. })) {
            audit::about(Event::PasswordChangeDelayed, id)
                .session(session.session_id())
                .write();
        }
        if !compared? {
            audit::about(Event::PasswordChangeFailed, id)
                .session(session.session_id())
                .write();
            return Err(AccountError::WrongPassword);
        }
        let context = context(&stored.user.email, &stored.user.name);
        let new_hash = self.passwords.hash_new(new, context).await?;
        let (service, session) = (self.clone(), session.clone());
        Writes::to_end(async move {
            let (old_hash, epoch) = (stored.password_hash, session.epoch());
            let change = |session: VerifiedSession| {
                let expected = (session.epoch() != epoch).then_some(old_hash.as_str());
                service.try_change(session, expected, &new_hash)
            };
            let authenticator = service.revocations.authenticator();
            let user = standing::in_good_standing(authenticator, &session, change).await?;
            let kept = session.session_id();
            audit::about(Event::PasswordChanged, id)
                .session(kept)
                .write();
            service.revocations.enforce(&user, Some(kept)).await
        })
        .await
    }

    /// Stores a new hash. One that is `expected` must still be there; without, the epoch of the session says that
    /// the password is the one that was compared, though it may have been rehashed meanwhile.
    async fn try_change(
        &self,
        session: VerifiedSession,
        expected: Option<&str>,
        new: &str,
    ) -> Result<User, AccountError> {
        let tx = self.db.begin().await?;
        let found = repository::users::lock(&tx, session.user_id()).await?;
        // An attempt whose commit was in doubt.
        if let Some(found) = found.filter(|found| found.password_hash == new) {
            return Ok(found.user);
        }
        let locked = standing::lock_own(&tx, &session).await?;
        if expected.is_some_and(|hash| hash != locked.password_hash) {
            return Err(AccountError::WrongPassword);
        }
        let user = self.set(&tx, locked.user, new).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Makes a one-time link for somebody, in the place of any other of theirs.
    ///
    /// # Errors
    /// [`AccountError::Forbidden`], [`AccountError::NotFound`], [`AccountError::Disabled`].
    pub async fn make_link(
        &self,
        session: &VerifiedSession,
        id: UserId,
    ) -> Result<ResetToken, AccountError> {
        standing::admin(session)?;
        let user = repository::users::find(&self.db, id).await?;
        self.make(user.ok_or(AccountError::NotFound)?, Some(session))
            .await
    }

    /// Makes a one-time link, for the operator at the command line.
    ///
    /// # Errors
    /// [`AccountError::NotFound`], [`AccountError::Disabled`].
    pub async fn make_link_for(&self, email: &Email) -> Result<ResetToken, AccountError> {
        let found = repository::users::find_by_email(&self.db, email).await?;
        self.make(found.ok_or(AccountError::NotFound)?.user, None)
            .await
    }

    async fn make(
        &self,
        user: User,
        author: Option<&VerifiedSession>,
    ) -> Result<ResetToken, AccountError> {
        if user.disabled_at.is_some() {
            return Err(AccountError::Disabled);
        }
        let mut bytes = [0u8; 32];
        rand::rng().fill_bytes(&mut bytes);
        let token = URL_SAFE_NO_PAD.encode(bytes);
        let now = self.clock.now();
        let reset = PasswordReset {
            user_id: user.id,
            token_hash: hash(&token),
            created_by: author.map(VerifiedSession::user_id),
            created_at: now,
            expires_at: now.plus(LINK_LIVES),
        };
        let expires_at = reset.expires_at;
        let (service, author) = (self.clone(), author.cloned());
        Writes::to_end(async move {
            let line = audit::about(Event::ResetLinkCreated, reset.user_id);
            let Some(author) = author else {
                retrying(|| service.try_make(None, reset.clone())).await?;
                line.detail("command line").write();
                return Ok(());
            };
            let authenticator = service.revocations.authenticator();
            let make = |session| service.try_make(Some(session), reset.clone());
            standing::in_good_standing(authenticator, &author, make).await?;
            line.by(author.user_id()).write();
            Ok::<(), AccountError>(())
        })
        .await?;
        Ok(ResetToken {
            token: token.into(),
            expires_at,
        })
    }

    async fn try_make(
        &self,
        author: Option<VerifiedSession>,
        reset: PasswordReset,
    ) -> Result<(), AccountError> {
        let tx = self.db.begin().await?;
        if let Some(author) = author {
            standing::lock_admins(&tx, &author).await?;
        }
        // Two links made at once follow each other, and none is made after the account was disabled.
        let locked = repository::users::lock(&tx, reset.user_id).await?;
        let user = locked.ok_or(AccountError::NotFound)?.user;
        if user.disabled_at.is_some() {
            return Err(AccountError::Disabled);
        }
        password_resets::replace(&tx, reset).await?;
        Ok(tx.commit().await?)
    }

    /// Sets a new password with the token of a one-time link, and ends all sessions of the account.
    ///
    /// # Errors
    /// [`AccountError::LinkExpired`], [`auth::PasswordError::Weak`]; after the latter the link still works.
    pub async fn reset(&self, token: &str, new: &SecretString) -> Result<(), AccountError> {
        let token_hash = hash(token);
        let found = password_resets::find(&self.db, &token_hash, self.clock.now()).await?;
        let user = match found {
            Some(id) => repository::users::find(&self.db, id).await?,
            None => None,
        };
        let user = user.filter(|user| user.disabled_at.is_none());
        let Some(user) = user else {
            audit::about(Event::ResetLinkRefused, found).write();
            return Err(AccountError::LinkExpired);
        };
        let context = context(&user.email, &user.name);
        let new_hash = self.passwords.hash_new(new, context).await?;
        let service = self.clone();
        Writes::to_end(async move {
            let attempt = || service.try_reset(user.id, &token_hash, &new_hash);
            let user = retrying(attempt).await?;
            audit::about(Event::PasswordReset, user.id).write();
            // Whoever guessed before must not keep the owner waiting now.
            for subject in [Subject::account(&user.email), Subject::signed_in(user.id)] {
                service.attempts.forget(&subject).await;
            }
            service.revocations.enforce(&user, None).await
        })
        .await
    }

    async fn try_reset(
        &self,
        id: UserId,
        token_hash: &str,
        new: &str,
    ) -> Result<User, AccountError> {
        let tx = self.db.begin().await?;
        let locked = repository::users::lock(&tx, id).await?;
        let enabled = locked.filter(|found| found.user.disabled_at.is_none());
        let locked = enabled.ok_or(AccountError::LinkExpired)?;
        // An attempt whose commit was in doubt.
        if locked.password_hash == new {
            return Ok(locked.user);
        }
        if !password_resets::take(&tx, token_hash, self.clock.now()).await? {
            return Err(AccountError::LinkExpired);
        }
        let user = self.set(&tx, locked.user, new).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Stores a new password of a locked account, voids its sessions and its link.
    async fn set(
        &self,
        tx: &repository::Tx,
        mut user: User,
        hash: &str,
    ) -> Result<User, AccountError> {
        let now = self.clock.now();
        repository::users::set_password_hash(tx, user.id, hash.to_owned(), now).await?;
        password_resets::remove_of(tx, user.id).await?;
        self.revocations.store_next_epoch(tx, &mut user).await?;
        Ok(user)
    }
}

/// What is stored of a token: 256 random bits need no slow hash (ASVS 5.0, 11.4.1).
fn hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}
