//! The priority of a ticket.

use crate::named::named;

named!(
    /// How urgent a ticket is, from least to most.
    Priority {
        /// Can wait.
        Low = "low",
        /// The usual.
        Normal = "normal",
        /// Before the usual.
        High = "high",
        /// Before everything else.
        Urgent = "urgent",
    }
);
