//! Ticket categories.

use crate::ids::CategoryId;

/// A subject that tickets are sorted under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Identifier.
    pub id: CategoryId,
    /// Name shown to people, unique.
    pub name: String,
    /// Place in the list, lowest first.
    pub position: i32,
    /// A retired category stays on its tickets and cannot be chosen any more.
    pub retired: bool,
}
