//! How many tickets the views of staff hold.

use domain::UserId;
use domain::limits::VIEW_COUNT_MAX;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};

use crate::{Error, Read, Result, dialect};

/// How many tickets each view holds. Counts stop one past [`VIEW_COUNT_MAX`], so that they stay cheap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct TicketCounts {
    /// Handled by this admin, and not closed.
    pub mine: i64,
    /// Handled by nobody, and not closed.
    pub unassigned: i64,
    /// Not closed.
    pub open: i64,
    /// Waiting for staff.
    pub waiting: i64,
    /// Closed.
    pub closed: i64,
    /// All.
    pub all: i64,
}

/// How many tickets the views of this admin hold.
///
/// # Errors
/// The database's.
pub async fn counts(from: &impl Read, admin: UserId) -> Result<TicketCounts> {
    let connection = from.connection();
    let backend = connection.executor().get_database_backend();
    let counts = TicketCounts::find_by_statement(statement(backend, admin))
        .one(connection.executor())
        .await?;
    counts.ok_or(Error::missing("tickets"))
}

/// One query for all of them. Each reads a part of an index and no row.
pub(super) fn statement(backend: DbBackend, admin: UserId) -> Statement {
    let views = [
        (
            "mine",
            "ix_tickets_assignee_closed_updated",
            "assignee_id = ? AND closed = 0",
        ),
        (
            "unassigned",
            "ix_tickets_assignee_closed_updated",
            "assignee_id IS NULL AND closed = 0",
        ),
        ("open", "ix_tickets_closed_updated", "closed = 0"),
        ("waiting", "ix_tickets_waiting_on", "waiting_on = 'staff'"),
        ("closed", "ix_tickets_closed_updated", "closed = 1"),
        ("all", "ix_tickets_closed_updated", "closed >= 0"),
    ];
    // In the quotes of MySQL, which SQLite knows: `all` is a word of SQL.
    let counts = views.map(|(name, index, which)| {
        let tickets = dialect::by_index(backend, "tickets", index);
        let limit = VIEW_COUNT_MAX + 1;
        format!(
            "(SELECT COUNT(*) FROM (SELECT 1 FROM {tickets} WHERE {which} LIMIT {limit}) \
             AS {name}_part) AS `{name}`"
        )
    });
    let sql = format!("SELECT {}", counts.join(", "));
    Statement::from_sql_and_values(backend, sql, [admin.0.into()])
}
