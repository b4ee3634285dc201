//! Exports: files that are written while they are sent.

pub mod parts;
pub mod tickets_csv;
