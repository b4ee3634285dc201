//! The one-time token that makes the first admin.

use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng as _;
use subtle::ConstantTimeEq as _;

/// A token that lives as long as the process and works until there is an admin.
pub struct SetupToken(Mutex<Option<String>>);

impl SetupToken {
    /// A token of 256 random bits.
    #[must_use]
    pub fn generate() -> SetupToken {
        let mut bytes = [0u8; 32];
        rand::rng().fill_bytes(&mut bytes);
        SetupToken(Mutex::new(Some(URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// No token: nobody can set up.
    #[must_use]
    pub fn none() -> SetupToken {
        SetupToken(Mutex::new(None))
    }

    /// The token to print, while it is not used.
    #[must_use]
    pub fn reveal(&self) -> Option<String> {
        self.lock().clone()
    }

    /// Takes the token if `given` is it, so that two requests cannot both use it.
    pub(crate) fn take(&self, given: &str) -> Option<Taken<'_>> {
        let mut token = self.lock();
        let matches = token
            .as_ref()
            .is_some_and(|token| bool::from(token.as_bytes().ct_eq(given.as_bytes())));
        if !matches {
            return None;
        }
        let token = token.take();
        Some(Taken { from: self, token })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A token that somebody has taken. It goes back when the set-up fails, or when whoever asked for it goes away.
pub(crate) struct Taken<'a> {
    from: &'a SetupToken,
    token: Option<String>,
}

impl Taken<'_> {
    /// There is an admin: the token is gone for good.
    pub(crate) fn use_up(mut self) {
        self.token = None;
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        if let Some(token) = self.token.take() {
            *self.from.lock() = Some(token);
        }
    }
}
