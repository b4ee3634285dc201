//! The hub, seen from its connections.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod backlog;
mod closing;
mod ether;
mod feeds;
mod gaps;
mod join;
mod nodes;
mod order;
mod presence;
mod redis_line;
mod simulation;
mod slow;
mod storm;
mod support;
mod switch;
mod visibility;
