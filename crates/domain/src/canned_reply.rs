//! Canned replies: texts that admins insert into their answers.

use crate::ids::{CannedReplyId, UserId};
use crate::text::{Body, CannedReplyName};

/// A text kept for answers. Placeholders like `{{customer.name}}` stay in it: whoever inserts it fills them in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannedReply {
    /// Identifier.
    pub id: CannedReplyId,
    /// Whose it is; none: all admins share it.
    pub owner: Option<UserId>,
    /// What it is found by.
    pub name: CannedReplyName,
    /// The text.
    pub body: Body,
}

impl CannedReply {
    /// Whether this admin may see, use and change it.
    #[must_use]
    pub fn is_open_to(&self, admin: UserId) -> bool {
        self.owner.is_none_or(|owner| owner == admin)
    }
}
