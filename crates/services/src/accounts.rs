//! Accounts: the first admin, sign-up, sign-in, sessions, profile.

use std::sync::Arc;

use auth::tokens::SignedToken;
use auth::{AuthError, Authenticator, ClientInfo, Passwords, Refreshed, SignedIn, VerifiedSession};
use domain::{Clock, Email, NotificationKind, PersonName, Role, SessionId, User, UserId};
use repository::users::{Credentials, NewUser};
use repository::{Db, Unique};
use secrecy::SecretString;
use tracing::{Instrument as _, debug, error};

use crate::attempts::{Attempts, Subject};
use crate::audit::{self, Event};
use crate::error::AccountError;
use crate::passwords::context;
use crate::retry::retrying;
use crate::revocations::Revocations;
use crate::setup_token::SetupToken;
use crate::write::Writes;

/// Use cases of accounts.
#[derive(Clone)]
pub struct AccountService {
    db: Db,
    authenticator: Arc<Authenticator>,
    passwords: Arc<Passwords>,
    attempts: Attempts,
    revocations: Revocations,
    clock: Arc<dyn Clock>,
}

/// What an account is made of.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Sign-in address.
    pub email: Email,
    /// Display name.
    pub name: PersonName,
    /// Password, its limits checked.
    pub password: SecretString,
}

/// An account with a session that has just begun.
pub struct SignedInUser {
    /// The account.
    pub user: User,
    /// Its tokens.
    pub tokens: SignedIn,
    /// Says that this user has signed in on this device before.
    pub device: SignedToken,
}

impl AccountService {
    pub(crate) fn new(
        db: Db,
        authenticator: Arc<Authenticator>,
        passwords: Arc<Passwords>,
        attempts: Attempts,
        revocations: Revocations,
        clock: Arc<dyn Clock>,
    ) -> AccountService {
        AccountService {
            db,
            authenticator,
            passwords,
            attempts,
            revocations,
            clock,
        }
    }

    /// Whether there is an admin.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_admin(&self) -> Result<bool, AccountError> {
        Ok(repository::users::has_admin(&self.db).await?)
    }

    /// Whether nobody has an account yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_empty(&self) -> Result<bool, AccountError> {
        Ok(!repository::users::has_any(&self.db).await?)
    }

    /// Makes the first admin with the one-time token and signs them in.
    ///
    /// # Errors
    /// [`AccountError::AlreadySetUp`], [`AccountError::WrongSetupToken`], [`AccountError::EmailTaken`].
    pub async fn set_up(
        &self,
        expected: &SetupToken,
        given: &str,
        account: NewAccount,
        client: ClientInfo,
    ) -> Result<SignedInUser, AccountError> {
        if self.has_admin().await? {
            return Err(AccountError::AlreadySetUp);
        }
        let token = expected.take(given).ok_or(AccountError::WrongSetupToken)?;
        let user = self.add(account, Role::Admin).await?;
        token.use_up();
        self.start(user, client).await
    }

    /// Makes an admin, for the operator at the command line.
    ///
    /// # Errors
    /// [`AccountError::EmailTaken`].
    pub async fn create_admin(&self, account: NewAccount) -> Result<User, AccountError> {
        self.add(account, Role::Admin).await
    }

    /// Makes a customer's account and signs it in.
    ///
    /// # Errors
    /// [`AccountError::EmailTaken`].
    pub async fn register(
        &self,
        account: NewAccount,
        client: ClientInfo,
    ) -> Result<SignedInUser, AccountError> {
        let user = self.add(account, Role::User).await?;
        self.start(user, client).await
    }

    /// Signs in. An unknown e-mail, a disabled account and a wrong password take as long and answer the same.
    /// `device` is the token of an earlier sign-in on this device, if there is one; it spares its owner the
    /// delay that strangers cause.
    ///
    /// # Errors
    /// [`AccountError::InvalidCredentials`], [`AccountError::TooManyAttempts`].
    pub async fn log_in(
        &self,
        email: &Email,
        password: &SecretString,
        device: Option<&str>,
        client: ClientInfo,
    ) -> Result<SignedInUser, AccountError> {
        let found = repository::users::find_by_email(&self.db, email).await?;
        let owner = found.as_ref().map(|found| found.user.id);
        let device = device.and_then(|token| self.authenticator.known_device(token));
        let subject = match device {
            Some(device) if Some(device.user_id) == owner => Subject::device(&device.id),
            _ => Subject::account(email),
        };
        let comparison = async {
            let stored = found.as_ref().map(|found| found.password_hash.as_str());
            let matches = self.passwords.verify(password, stored).await?;
            let enabled = found.as_ref().map(|found| found.user.disabled_at.is_none());
            Ok(matches && enabled == Some(true))
        };
        let passed = self.attempts.compare(&subject, comparison).await;
        if matches!(passed, Err(AccountError::TooManyAttempts { .. })) {
            audit::about(Event::SignInDelayed, owner).write();
        }
        let passed = passed?;
        match found {
            Some(found) if passed => {
                self.rehash(&found, password);
                self.start(found.user, client).await
            }
            found => {
                let detail = match found {
                    None => "no such account",
                    Some(found) if found.user.disabled_at.is_some() => "disabled",
                    Some(_) => "wrong password",
                };
                audit::about(Event::SignInFailed, owner)
                    .detail(detail)
                    .write();
                Err(AccountError::InvalidCredentials)
            }
        }
    }

    /// Replaces a hash of an older scheme or cost, now that the password is known, without keeping anybody
    /// waiting for it.
    fn rehash(&self, found: &Credentials, password: &SecretString) {
        if !self.passwords.needs_rehash(&found.password_hash) {
            return;
        }
        let (service, password) = (self.clone(), password.clone());
        let (user, old) = (found.user.id, found.password_hash.clone());
        let rehashing = async move {
            let outcome = async {
                let new = service.passwords.hash(&password).await?;
                retrying(|| service.try_rehash(user, &old, &new)).await
            };
            match outcome.await {
                Ok(true) => audit::about(Event::PasswordRehashed, user).write(),
                Ok(false) => {}
                // The next sign-in tries again.
                Err(cause) => debug!(user.id = %user, %cause, "Could not rehash a password"),
            }
        };
        tokio::spawn(rehashing.in_current_span());
    }

    async fn try_rehash(&self, user: UserId, old: &str, new: &str) -> Result<bool, AccountError> {
        let tx = self.db.begin().await?;
        let replaced =
            repository::users::replace_password_hash(&tx, user, old, new.to_owned()).await?;
        tx.commit().await?;
        Ok(replaced)
    }

    /// Continues a session with new tokens. A refresh token that was used before ends it.
    ///
    /// # Errors
    /// [`AccountError::Session`].
    pub async fn refresh(&self, refresh_token: &str) -> Result<Refreshed, AccountError> {
        // To its end even if the caller goes away: reuse is seen once, and its owner must be told.
        let (service, token) = (self.clone(), refresh_token.to_owned());
        Writes::to_end(async move { service.try_refresh(&token).await }).await
    }

    async fn try_refresh(&self, refresh_token: &str) -> Result<Refreshed, AccountError> {
        let refreshed = self.authenticator.refresh(refresh_token).await;
        match &refreshed {
            Ok(refreshed) => audit::about(Event::TokenRotated, refreshed.user_id)
                .session(&refreshed.session_id)
                .write(),
            Err(AuthError::Reused {
                user_id,
                session_id,
            }) => {
                audit::about(Event::TokenReused, *user_id)
                    .session(session_id)
                    .write();
                // The session has ended whether or not that can be stored and its owner told.
                if let Err(cause) = retrying(|| self.tell_of_reuse(*user_id, session_id)).await {
                    error!(user.id = %user_id, ?cause, "Could not tell of a refresh token's reuse");
                }
            }
            Err(_) => {}
        }
        Ok(refreshed?)
    }

    /// Ends the session of a refresh token, if it names one.
    ///
    /// # Errors
    /// [`AccountError::Session`] when the session store is down.
    pub async fn log_out(&self, refresh_token: &str) -> Result<(), AccountError> {
        let Some((user, session)) = self.authenticator.owner(refresh_token) else {
            return Ok(());
        };
        let revocations = self.revocations.clone();
        Writes::to_end(async move {
            if revocations.end(user, &session).await? {
                audit::about(Event::SignedOut, user)
                    .session(&session)
                    .write();
            }
            Ok(())
        })
        .await
    }

    /// The viewer's own account.
    ///
    /// # Errors
    /// [`AuthError::SessionEnded`] when the account is gone or disabled.
    pub async fn me(&self, session: &VerifiedSession) -> Result<User, AccountError> {
        let user = repository::users::find(&self.db, session.user_id()).await?;
        user.filter(|user| user.disabled_at.is_none())
            .ok_or(AccountError::Session(AuthError::SessionEnded))
    }

    /// Renames the viewer; without a name nothing changes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_me(
        &self,
        session: &VerifiedSession,
        name: Option<PersonName>,
    ) -> Result<User, AccountError> {
        if let Some(name) = name {
            let (service, user) = (self.clone(), session.user_id());
            Writes::to_end(async move { retrying(|| service.try_rename(user, &name)).await })
                .await?;
        }
        self.me(session).await
    }

    async fn try_rename(&self, user: UserId, name: &PersonName) -> Result<(), AccountError> {
        let tx = self.db.begin().await?;
        repository::users::set_name(&tx, user, name, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    async fn add(&self, account: NewAccount, role: Role) -> Result<User, AccountError> {
        let context = context(&account.email, &account.name);
        let password_hash = self.passwords.hash_new(&account.password, context).await?;
        let new = NewUser {
            email: account.email,
            name: account.name,
            password_hash,
            role,
            created_at: self.clock.now(),
        };
        let service = self.clone();
        let adding = async move { retrying(|| service.try_add(new.clone())).await };
        let user: User = Writes::to_end(adding).await?;
        audit::about(Event::AccountCreated, user.id)
            .detail(user.role.as_str())
            .write();
        Ok(user)
    }

    async fn try_add(&self, new: NewUser) -> Result<User, AccountError> {
        let tx = self.db.begin().await?;
        let added = repository::users::add(&tx, new).await;
        let user = added.map_err(|error| match error.duplicate() {
            Some(Unique::Email) => AccountError::EmailTaken,
            _ => error.into(),
        })?;
        tx.commit().await?;
        Ok(user)
    }

    async fn start(&self, user: User, client: ClientInfo) -> Result<SignedInUser, AccountError> {
        let tokens = self.authenticator.start(&user, client).await?;
        let device = self.authenticator.device_token(user.id)?;
        audit::about(Event::SignedIn, user.id)
            .session(&tokens.session_id)
            .write();
        Ok(SignedInUser {
            user,
            tokens,
            device,
        })
    }

    async fn tell_of_reuse(
        &self,
        user_id: UserId,
        session_id: &SessionId,
    ) -> Result<(), AccountError> {
        let tx = self.db.begin().await?;
        self.revocations.store(&tx, user_id, session_id).await?;
        let (kind, now) = (NotificationKind::SessionReused, self.clock.now());
        repository::notifications::add(&tx, &[user_id], kind, None, None, now).await?;
        tx.commit().await?;
        Ok(())
    }
}
