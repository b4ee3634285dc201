//! One's own sessions, as a list of devices.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::time::Time;

/// A device that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// Names the session in URLs; nothing can be opened with it.
    pub id: String,
    /// Whether this request came with it.
    pub current: bool,
    /// What the client called itself at the sign-in, at most 256 characters.
    #[schema(required)]
    pub user_agent: Option<String>,
    /// Where the sign-in came from, an IP address.
    #[schema(required)]
    pub address: Option<String>,
    /// When it signed in.
    pub created_at: Time,
    /// When it was last used, to a minute.
    pub last_seen_at: Time,
    /// When it ends if it is not used again.
    pub expires_at: Time,
}

/// One's own sessions, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionList {
    /// The sessions, at most 20.
    pub items: Vec<Session>,
}
