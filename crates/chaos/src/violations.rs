//! What went against a promise, gathered from every task of a run.

use std::sync::{Arc, Mutex, PoisonError};

/// More of them say nothing new.
const KEPT: usize = 40;

/// A list that its copies share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Violations(Arc<Mutex<Vec<String>>>);

impl Violations {
    /// Notes one, once.
    pub(crate) fn add(&self, text: impl Into<String>) {
        let text = text.into();
        let mut list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if list.len() < KEPT && !list.contains(&text) {
            list.push(text);
        }
    }

    /// Notes one unless this holds.
    pub(crate) fn check(&self, holds: bool, text: impl FnOnce() -> String) {
        if !holds {
            self.add(text());
        }
    }

    /// All so far.
    pub(crate) fn list(&self) -> Vec<String> {
        let list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        list.clone()
    }
}
