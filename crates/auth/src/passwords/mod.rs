//! Password hashes: bcrypt over a peppered HMAC, on few threads.
//!
//! A stored hash is `v1$` and a bcrypt string. bcrypt sees base64(HMAC-SHA-384(pepper, password)): 64
//! bytes without NUL, below its limit of 72, so that no part of a long password is cut off.

mod strength;

use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha384;
use thiserror::Error;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::secrets::SECRET_MIN_BYTES;

/// Names the scheme of a stored hash, so that there can be another one.
const VERSION: &str = "v1$";

/// How passwords are hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordOptions {
    /// bcrypt's cost: 2^cost rounds (ASVS 5.0, 11.4.2 asks for at least 10). Tests take 4.
    pub cost: u32,
    /// Hashes computed at the same time.
    pub workers: usize,
    /// Hashes that may wait for a worker before [`PasswordError::Busy`].
    pub queue: usize,
}

/// The usual cost: a third to half a second for a hash.
const USUAL_COST: u32 = 12;

impl PasswordOptions {
    /// Half of the cores, and as many waiting for them as are done within about four seconds.
    #[must_use]
    pub fn of_cost(cost: u32) -> PasswordOptions {
        let cores = available_parallelism().map_or(1, NonZero::get);
        let workers = (cores / 2).max(1);
        let dearer = cost.saturating_sub(USUAL_COST);
        PasswordOptions {
            cost,
            workers,
            queue: ((8 * workers) >> dearer.min(31)).max(1),
        }
    }
}

impl Default for PasswordOptions {
    /// Those of cost 12.
    fn default() -> PasswordOptions {
        PasswordOptions::of_cost(USUAL_COST)
    }
}

/// Why [`Passwords`] cannot work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PasswordSetupError {
    /// The pepper is shorter than 32 bytes.
    #[error("the password pepper must be at least 32 bytes")]
    PepperTooShort,
    /// bcrypt knows costs from 4 to 31.
    #[error("the password cost must be between 4 and 31")]
    Cost,
    /// Somebody has to do the work.
    #[error("password hashing needs at least one worker")]
    Workers,
}

/// Why a password was neither hashed nor verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PasswordError {
    /// Too many wait already: 503 with Retry-After.
    #[error("too many passwords are being checked")]
    Busy,
    /// A new password that is guessed too soon: 422.
    #[error("the password is too easy to guess")]
    Weak,
    /// Hashing failed; the cause is in the log.
    #[error("the password could not be hashed")]
    Failed,
}

/// Hashes and verifies passwords away from the async threads.
#[derive(Clone, Debug)]
pub struct Passwords {
    pepper: SecretString,
    cost: u32,
    /// Places of those who work and those who wait.
    places: Arc<Semaphore>,
    workers: Arc<Semaphore>,
}

impl Passwords {
    /// Takes the pepper, at least 32 bytes, and the options.
    ///
    /// # Errors
    /// The first thing that is wrong with them.
    pub fn new(
        pepper: SecretString,
        options: PasswordOptions,
    ) -> Result<Passwords, PasswordSetupError> {
        if pepper.expose_secret().len() < SECRET_MIN_BYTES {
            return Err(PasswordSetupError::PepperTooShort);
        }
        if !(4..=31).contains(&options.cost) {
            return Err(PasswordSetupError::Cost);
        }
        if options.workers == 0 {
            return Err(PasswordSetupError::Workers);
        }
        let places = options.workers.saturating_add(options.queue);
        Ok(Passwords {
            pepper,
            cost: options.cost,
            places: Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))),
            workers: Arc::new(Semaphore::new(options.workers)),
        })
    }

    /// The text to store for a new password, unless somebody who knows `context` would guess it soon: the
    /// owner's e-mail address, its local part, their name, the product's (ASVS 5.0, 6.2.11).
    ///
    /// # Errors
    /// Weak, busy, or a failure of bcrypt.
    pub async fn hash_new(
        &self,
        password: &SecretString,
        context: Vec<String>,
    ) -> Result<String, PasswordError> {
        let (pepper, password, cost) = (self.pepper.clone(), password.clone(), self.cost);
        self.work(move || {
            if strength::is_weak(password.expose_secret(), &context) {
                return Err(PasswordError::Weak);
            }
            hash(&pepper, &password, cost)
        })
        .await
    }

    /// The text to store for a password that was verified and needs another hash; it is not judged again.
    ///
    /// # Errors
    /// Busy, or a failure of bcrypt.
    pub async fn hash(&self, password: &SecretString) -> Result<String, PasswordError> {
        let (pepper, password, cost) = (self.pepper.clone(), password.clone(), self.cost);
        self.work(move || hash(&pepper, &password, cost)).await
    }

    /// Whether the password is the stored one. Without a stored one, or with one that cannot be read,
    /// the answer is no and takes as long (ASVS 5.0, 6.3.8).
    ///
    /// # Errors
    /// Busy, or a failure of bcrypt.
    pub async fn verify(
        &self,
        password: &SecretString,
        stored: Option<&str>,
    ) -> Result<bool, PasswordError> {
        let (pepper, password, cost) = (self.pepper.clone(), password.clone(), self.cost);
        let stored = stored.map(str::to_owned);
        self.work(move || verify(&pepper, &password, stored.as_deref(), cost))
            .await
    }

    /// Whether a stored hash is of another scheme or cost, and should be replaced at the next sign-in.
    #[must_use]
    pub fn needs_rehash(&self, stored: &str) -> bool {
        parse(stored).is_none_or(|(_, cost)| cost != self.cost)
    }

    /// Runs one hash on a thread of its own. A caller that goes away gives up its place in the queue;
    /// a hash that has begun keeps its place until it is done, so the bounds hold whoever goes away.
    async fn work<T: Send + 'static>(
        &self,
        task: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let place = Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_| PasswordError::Busy)?;
        let worker = Arc::clone(&self.workers)
            .acquire_owned()
            .await
            .map_err(|_| PasswordError::Failed)?;
        let held: [OwnedSemaphorePermit; 2] = [place, worker];
        let done = tokio::task::spawn_blocking(move || {
            let result = task();
            drop(held);
            result
        });
        done.await.unwrap_or_else(|error| {
            // Not the error itself: it would quote the panic, which may quote the password.
            let panicked = error.is_panic();
            tracing::error!(panicked, "Hashing a password did not finish");
            Err(PasswordError::Failed)
        })
    }
}

/// The bcrypt string and the cost of a stored hash of the present scheme.
fn parse(stored: &str) -> Option<(&str, u32)> {
    let bcrypt = stored.strip_prefix(VERSION)?;
    let parts: bcrypt::HashParts = bcrypt.parse().ok()?;
    Some((bcrypt, parts.get_cost()))
}

fn hash(
    pepper: &SecretString,
    password: &SecretString,
    cost: u32,
) -> Result<String, PasswordError> {
    let input = peppered(pepper, password)?;
    bcrypt::non_truncating_hash(input.expose_secret(), cost)
        .map(|hash| format!("{VERSION}{hash}"))
        .map_err(failed)
}

fn verify(
    pepper: &SecretString,
    password: &SecretString,
    stored: Option<&str>,
    cost: u32,
) -> Result<bool, PasswordError> {
    let input = peppered(pepper, password)?;
    if let Some((bcrypt, _)) = stored.and_then(parse) {
        return bcrypt::non_truncating_verify(input.expose_secret(), bcrypt).map_err(failed);
    }
    if stored.is_some() {
        tracing::error!("A stored password hash is of no known scheme");
    }
    let dummy = bcrypt::non_truncating_hash_with_salt(input.expose_secret(), cost, [0; 16]);
    std::hint::black_box(dummy).map_err(failed)?;
    Ok(false)
}

fn peppered(pepper: &SecretString, password: &SecretString) -> Result<SecretString, PasswordError> {
    let mut mac = Hmac::<Sha384>::new_from_slice(pepper.expose_secret().as_bytes())
        .map_err(|_| PasswordError::Failed)?;
    mac.update(password.expose_secret().as_bytes());
    Ok(STANDARD.encode(mac.finalize().into_bytes()).into())
}

fn failed(error: bcrypt::BcryptError) -> PasswordError {
    tracing::error!(%error, "bcrypt failed");
    PasswordError::Failed
}
