//! What is read from the wire and what is refused.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod frames;
mod fuzz;
mod requests;
mod schema;
