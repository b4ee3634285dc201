//! What every HTTP request passes: context, checks, errors, headers.

pub mod client;
pub mod context;
pub mod cookie;
pub mod guard;
pub mod headers;
pub mod input;
pub mod method;
pub mod origin;
pub mod pace;
pub mod patience;
pub mod problem;
pub mod refusal;
pub mod session;
