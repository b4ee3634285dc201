//! Accounts: the first admin, sign-up, sign-in, sessions, profile.

use std::sync::Arc;

use auth::{AuthError, Authenticator, ClientInfo, Passwords, Refreshed, SignedIn, VerifiedSession};
use domain::{Clock, Email, NotificationKind, PersonName, Role, SessionId, User, UserId};
use repository::{Db, Unique, users::NewUser};
use secrecy::SecretString;
use tracing::{error, info, warn};

use crate::error::AccountError;
use crate::retry::retrying;
use crate::setup_token::SetupToken;
use crate::write::Writes;

/// Use cases of accounts.
#[derive(Clone)]
pub struct AccountService {
    db: Db,
    authenticator: Arc<Authenticator>,
    passwords: Arc<Passwords>,
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
}

impl AccountService {
    pub(crate) fn new(
        db: Db,
        authenticator: Arc<Authenticator>,
        passwords: Arc<Passwords>,
        clock: Arc<dyn Clock>,
    ) -> AccountService {
        AccountService {
            db,
            authenticator,
            passwords,
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
        info!(user.id = %user.id, "Set up the first admin");
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
        info!(user.id = %user.id, "Registered");
        self.start(user, client).await
    }

    /// Signs in. An unknown e-mail, a disabled account and a wrong password take as long and answer the same.
    ///
    /// # Errors
    /// [`AccountError::InvalidCredentials`].
    pub async fn log_in(
        &self,
        email: &Email,
        password: &SecretString,
        client: ClientInfo,
    ) -> Result<SignedInUser, AccountError> {
        let found = repository::users::find_by_email(&self.db, email).await?;
        let stored = found.as_ref().map(|found| found.password_hash.as_str());
        let matches = self.passwords.verify(password, stored).await?;
        match found {
            Some(found) if matches && found.user.disabled_at.is_none() => {
                info!(user.id = %found.user.id, "Signed in");
                self.start(found.user, client).await
            }
            _ => Err(AccountError::InvalidCredentials),
        }
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
        if let Err(AuthError::Reused { user_id, .. }) = &refreshed {
            warn!(user.id = %user_id, "Ended a session: a refresh token was used again");
            // The session has ended whether or not its owner can be told.
            if let Err(cause) = retrying(|| self.tell_of_reuse(*user_id)).await {
                error!(user.id = %user_id, ?cause, "Could not tell of a refresh token's reuse");
            }
        }
        Ok(refreshed?)
    }

    /// Ends the session of a refresh token, if it names one, and gives which, to close its sockets.
    ///
    /// # Errors
    /// [`AccountError::Session`] when the session store is down.
    pub async fn log_out(
        &self,
        refresh_token: &str,
    ) -> Result<Option<(UserId, SessionId)>, AccountError> {
        Ok(self.authenticator.sign_out(refresh_token).await?)
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
        let password_hash = self.passwords.hash(&account.password).await?;
        let new = NewUser {
            email: account.email,
            name: account.name,
            password_hash,
            role,
            created_at: self.clock.now(),
        };
        let service = self.clone();
        Writes::to_end(async move { retrying(|| service.try_add(new.clone())).await }).await
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
        Ok(SignedInUser { user, tokens })
    }

    async fn tell_of_reuse(&self, user_id: UserId) -> Result<(), AccountError> {
        let tx = self.db.begin().await?;
        let (kind, now) = (NotificationKind::SessionReused, self.clock.now());
        repository::notifications::add(&tx, &[user_id], kind, None, None, now).await?;
        tx.commit().await?;
        Ok(())
    }
}
