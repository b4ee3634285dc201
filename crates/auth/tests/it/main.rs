//! The session store on both implementations, tokens under attack, and the rule over all of it.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, in its helper functions too"
)]

mod authenticator;
mod passwords;
mod redis_faults;
mod redis_restore;
mod rotation;
mod sessions;
mod stores;
mod token_attacks;
mod token_headers;
mod tokens;
