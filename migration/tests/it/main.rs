//! The schema: coming, going, and what it refuses by itself.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod first_readings;
mod refusals;
mod response_times;
mod schema;
mod search;
mod steps;
