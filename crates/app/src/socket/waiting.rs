//! Sockets that have not said hello, counted by address, so that nobody can hold many open unsigned.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use auth::limits::address_key;

/// Sockets of one address (of one /64 for IPv6) that may wait for their hello at the same time.
pub const WAITING_PER_ADDRESS: usize = 64;

/// Counts them.
#[derive(Debug, Default)]
pub struct Waiting(Mutex<HashMap<String, usize>>);

/// A place among them, free again when it is dropped.
#[derive(Debug)]
pub struct Place {
    waiting: Arc<Waiting>,
    address: IpAddr,
    key: String,
}

impl Place {
    /// Whose place it is.
    #[must_use]
    pub fn address(&self) -> IpAddr {
        self.address
    }
}

impl Waiting {
    /// Takes a place, if the address has one left.
    #[must_use]
    pub fn enter(self: &Arc<Waiting>, address: IpAddr) -> Option<Place> {
        let key = address_key(address);
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(key.clone()).or_default();
        if *count >= WAITING_PER_ADDRESS {
            return None;
        }
        *count += 1;
        Some(Place {
            waiting: Arc::clone(self),
            address,
            key,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let counts = self.waiting.0.lock();
        let mut counts = counts.unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_places_and_gets_them_back() {
        let waiting = Arc::new(Waiting::default());
        let (here, there) = (
            "2001:db8::1".parse().unwrap(),
            "2001:db8:0:1::1".parse().unwrap(),
        );
        let places: Vec<_> = (0..WAITING_PER_ADDRESS)
            .map(|_| waiting.enter(here).unwrap())
            .collect();
        assert!(waiting.enter(here).is_none());
        assert!(waiting.enter("2001:db8::2".parse().unwrap()).is_none());
        assert!(waiting.enter(there).is_some());
        drop(places);
        assert!(waiting.enter(here).is_some());
        assert!(waiting.0.lock().unwrap().is_empty());
    }
}
