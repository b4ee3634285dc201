//! What every HTTP request passes: context, checks, errors, headers.

pub mod context;
pub mod cookie;
pub mod headers;
pub mod input;
pub mod method;
pub mod origin;
pub mod problem;
pub mod session;
