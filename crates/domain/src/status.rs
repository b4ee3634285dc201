//! The status of a ticket.

use crate::named::named;

named!(
    /// Where a ticket stands. Who may move it where is decided by [`crate::policy`].
    Status {
        /// Nobody has taken it up yet, or it was taken up again.
        Open = "open",
        /// Staff is working on it.
        InProgress = "in_progress",
        /// Staff waits for something outside the desk.
        Pending = "pending",
        /// Staff considers it answered; the customer may still write.
        Resolved = "resolved",
        /// Ended: no further messages.
        Closed = "closed",
    }
);

impl Status {
    /// Whether messages may still be written.
    #[must_use]
    pub fn accepts_messages(self) -> bool {
        self != Status::Closed
    }

    /// Whether nothing is left to be done, as far as staff knows.
    #[must_use]
    pub fn is_resolved(self) -> bool {
        matches!(self, Status::Resolved | Status::Closed)
    }
}
