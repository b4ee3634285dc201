//! Exports: files that are written while they are sent.

pub mod parts;
pub mod tickets_csv;

/// The header of an answer that does not hold all that was searched for.
pub const TRUNCATED: &str = "deskwire-truncated";
