//! What to announce to those who were told of an entry.

use std::collections::HashMap;

use domain::{Notification, Role, Seq, TicketId, UserId};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

use super::row::{COLUMNS, JOINS, Row};
use super::{COUNT_MAX, unread_sql};
use crate::lists::padded;
use crate::users::role;
use crate::{Read, Result};

/// Most people whose counts one statement asks for.
const BATCH: usize = 64;

/// Somebody who was told of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Who.
    pub user_id: UserId,
    /// The notification, with how many of its group are unread now.
    pub notification: Notification,
    /// How many notifications this person has not read.
    pub unread: i64,
}

/// Those who were told of an entry and may still see its ticket, in the order of their identifiers, with what they
/// see of it. Two queries, or more for more than 64 people. Counts stop at [`COUNT_MAX`].
///
/// # Errors
/// The database's.
pub async fn after_entry(from: &impl Read, ticket: TicketId, seq: Seq) -> Result<Vec<Told>> {
    let connection = from.connection();
    let statement = Statement::from_sql_and_values(
        connection.executor().get_database_backend(),
        format!(
            "SELECT {COLUMNS}, n.user_id, told.role FROM notifications n {JOINS} \
             JOIN users told ON told.id = n.user_id \
             WHERE n.ticket_id = ? AND n.seq = ? \
             AND (told.role = 'admin' OR (n.kind <> 'note' AND t.requester_id = n.user_id)) ORDER BY n.user_id"
        ),
        [ticket.0.into(), seq.0.into()],
    );
    let mut rows = Vec::new();
    for result in connection.executor().query_all_raw(statement).await? {
        let user: i64 = result.try_get("", "user_id")?;
        let role = role(&result.try_get::<String>("", "role")?)?;
        rows.push((user, role, Row::from_query_result(&result, "")?));
    }
    let Some((.., first)) = rows.first() else {
        return Ok(Vec::new());
    };
    let people: Vec<_> = rows.iter().map(|(user, role, _)| (*user, *role)).collect();
    let counts = counts(from, people, ticket, &first.kind).await?;
    let told = rows.into_iter().map(|(user, _, row)| {
        let (alike, unread) = counts.get(&user).copied().unwrap_or_default();
        let read_at = row.read_at;
        Ok(Told {
            user_id: UserId(user),
            notification: row.into_group(alike.max(1), read_at)?,
            unread,
        })
    });
    told.collect()
}

/// What each of these people has not read of a ticket and kind, and altogether.
async fn counts(
    from: &impl Read,
    mut people: Vec<(i64, Role)>,
    ticket: TicketId,
    kind: &str,
) -> Result<HashMap<i64, (i64, i64)>> {
    let connection = from.connection();
    let mut counts = HashMap::new();
    // One SELECT for each person: only there can a LIMIT end the counting.
    let one = |role| {
        format!(
            "SELECT ? AS user_id, (SELECT COUNT(*) FROM (SELECT 1 AS one FROM notifications \
             WHERE user_id = ? AND ticket_id = ? AND kind = ? AND read_at IS NULL LIMIT {COUNT_MAX}) alike) \
             AS alike, {} AS unread",
            unread_sql(role)
        )
    };
    let (of_user, of_admin) = (one(Role::User), one(Role::Admin));
    // The requester first, so that there are few different statements.
    people.sort_by_key(|(_, role)| *role == Role::Admin);
    for batch in people.chunks(BATCH) {
        let (mut sql, mut values) = (Vec::new(), Vec::<Value>::new());
        for (user, role) in padded(batch) {
            sql.push(match role {
                Role::User => of_user.as_str(),
                Role::Admin => of_admin.as_str(),
            });
            values.extend([user.into(), user.into(), ticket.0.into()]);
            values.extend([kind.into(), user.into()]);
        }
        let statement = Statement::from_sql_and_values(
            connection.executor().get_database_backend(),
            sql.join(" UNION ALL "),
            values,
        );
        for row in connection.executor().query_all_raw(statement).await? {
            let both = (row.try_get("", "alike")?, row.try_get("", "unread")?);
            counts.insert(row.try_get("", "user_id")?, both);
        }
    }
    Ok(counts)
}
