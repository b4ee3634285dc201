//! Identifiers, each its own type so that one cannot stand for another.

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<$name> for i64 {
            fn from(id: $name) -> i64 {
                id.0
            }
        }
    };
}

id!(
    /// A user: a customer or an admin.
    UserId
);
id!(
    /// A ticket; also the number that people read.
    TicketId
);
id!(
    /// A ticket category.
    CategoryId
);
id!(
    /// A canned reply.
    CannedReplyId
);
id!(
    /// A notification of one user.
    NotificationId
);
id!(
    /// A place in a ticket's timeline: 1 for its creation, then without gaps.
    Seq
);

impl Seq {
    /// Before the first entry.
    pub const ZERO: Seq = Seq(0);

    /// The place after this one.
    #[must_use]
    pub fn next(self) -> Seq {
        Seq(self.0 + 1)
    }
}

/// A signed-in session: 256 random bits, base64url.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(String);

impl SessionId {
    /// Wraps an identifier made or read by the session store.
    #[must_use]
    pub fn new(id: String) -> SessionId {
        SessionId(id)
    }

    /// The identifier as text. It is a secret: never log it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionId(..)")
    }
}
