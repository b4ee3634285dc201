//! The session store on both implementations, tokens under attack, and the rule over all of it.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, in its helper functions too"
)]

mod authenticator;
mod endings;
mod endings_redis;
mod limits;
mod limits_redis;
mod passwords;
mod redis_faults;
mod redis_restore;
mod rotation;
mod sessions;
mod stores;
mod token_attacks;
mod token_headers;
mod token_properties;
mod tokens;
