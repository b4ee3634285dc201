//! Refusals that the audit log keeps (ASVS 5.0, 16.3.2 and 16.3.3): of rights, origins, forged tokens, limits.
//!
//! What is not found and tokens that ran out are everyday matters and left out.

use auth::AuthError;
use contract::ErrorCode;
use tracing::info;

/// Keeps a refusal of this code, if it is one of them.
pub fn audit(code: ErrorCode) {
    match code {
        ErrorCode::Forbidden => keep("forbidden"),
        ErrorCode::OriginNotAllowed => keep("origin_not_allowed"),
        ErrorCode::RateLimited => keep("rate_limited"),
        _ => {}
    }
}

/// Keeps tokens that are malformed, forged, or of two different sessions.
pub fn audit_tokens(error: &AuthError) {
    if *error == AuthError::Invalid {
        keep("invalid_tokens");
    }
}

fn keep(detail: &'static str) {
    info!(target: "audit", event = "refused", detail, "Audit");
}
