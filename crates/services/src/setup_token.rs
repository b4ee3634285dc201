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
    pub(crate) fn take(&self, given: &str) -> Option<String> {
        let mut token = self.lock();
        let matches = token
            .as_ref()
            .is_some_and(|token| bool::from(token.as_bytes().ct_eq(given.as_bytes())));
        if matches { token.take() } else { None }
    }

    /// Puts the token back after a set-up that failed.
    pub(crate) fn put_back(&self, token: String) {
        *self.lock() = Some(token);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
