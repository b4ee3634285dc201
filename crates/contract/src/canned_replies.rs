//! Canned replies.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::patch::required_when_present;
use crate::text;

/// A text kept for answers. Placeholders like `{{customer.name}}` stay in it: the client that inserts it fills them in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CannedReply {
    /// Identifier.
    pub id: i64,
    /// What it is found by.
    pub name: String,
    /// The text.
    pub body: String,
    /// Whether all admins have it, or only the reader.
    pub shared: bool,
}

impl From<domain::CannedReply> for CannedReply {
    fn from(reply: domain::CannedReply) -> CannedReply {
        CannedReply {
            id: reply.id.0,
            shared: reply.owner.is_none(),
            name: reply.name.into_string(),
            body: reply.body.into_string(),
        }
    }
}

/// The reader's own replies and the shared ones, by name.
#[derive(Serialize, ToSchema)]
pub struct CannedReplyList {
    /// The replies, at most 1,000.
    pub items: Vec<CannedReply>,
}

/// Keeps a new reply.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateCannedReplyRequest {
    /// What it is found by.
    #[schema(min_length = 1, max_length = 80)]
    #[validate(custom(function = "text::canned_reply_name"))]
    pub name: String,
    /// The text.
    #[schema(min_length = 1, max_length = 10_000)]
    #[validate(custom(function = "text::body"))]
    pub body: String,
    /// Whether all admins have it.
    pub shared: bool,
}

/// Changes a reply; absent fields stay.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateCannedReplyRequest {
    /// What it is found by.
    #[serde(default, deserialize_with = "required_when_present")]
    #[schema(min_length = 1, max_length = 80)]
    #[validate(custom(function = "text::canned_reply_name"))]
    pub name: Option<String>,
    /// The text.
    #[serde(default, deserialize_with = "required_when_present")]
    #[schema(min_length = 1, max_length = 10_000)]
    #[validate(custom(function = "text::body"))]
    pub body: Option<String>,
    /// Whether all admins have it; otherwise it becomes that of whoever changes it.
    #[serde(default, deserialize_with = "required_when_present")]
    pub shared: Option<bool>,
}
