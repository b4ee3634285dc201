//! Notifications as people see them: grouped by ticket, kind and whether they are read.

use std::collections::{HashMap, HashSet};

use domain::{Notification, NotificationId, UserId, Viewer};
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement, Value,
};

use super::row::{COLUMNS, JOINS, Row};
use super::{COUNT_MAX, visible_sql};
use crate::entities::notifications as table;
use crate::lists::{marks, padded};
use crate::{Page, Read, Result};

/// How far back the first step goes, in notifications; each further one goes four times as far.
const FIRST_STEP: u64 = 256;
/// How far back a step goes at most.
const LONGEST_STEP: u64 = 16_384;

/// Groups of the notifications that somebody may see, the latest first, each known by its latest. Counts stop at
/// [`COUNT_MAX`].
///
/// Walks back from the newest until the page is full: what matters is how many lie between the groups of a
/// page, not how many there are altogether. A page takes three queries unless hundreds lie between.
///
/// # Errors
/// The database's.
pub async fn groups(
    from: &impl Read,
    viewer: Viewer,
    before: Option<NotificationId>,
    limit: u32,
) -> Result<Page<Notification, NotificationId>> {
    let groups = walk(from, viewer, before, limit as usize + 1).await?;
    let page = Page::cut(groups, limit, |group| NotificationId(group.id));
    let mut rows = rows(from, &page.items).await?;
    let items = page.items.into_iter().filter_map(|group| {
        let row = rows.remove(&group.id)?;
        Some(row.into_group(group.count.min(COUNT_MAX), group.read_at))
    });
    Ok(Page {
        items: items.collect::<Result<_>>()?,
        next: page.next,
    })
}

/// What makes a group: its ticket, its kind and whether it is unread.
type Key = (Option<i64>, String, bool);

/// A group: its latest, its size and when the last of it was read.
struct Group {
    id: i64,
    count: i64,
    read_at: Option<i64>,
}

/// The first `wanted` groups whose latest is older than `before`.
async fn walk(
    from: &impl Read,
    viewer: Viewer,
    before: Option<NotificationId>,
    wanted: usize,
) -> Result<Vec<Group>> {
    let mut groups = Vec::new();
    let mut seen: HashSet<Key> = HashSet::new();
    let mut reached = before.map_or(i64::MAX, |id| id.0);
    let mut step = FIRST_STEP;
    loop {
        let passed = step_back(from, viewer, reached, step).await?;
        let fresh: Vec<&(i64, Key)> = passed
            .iter()
            .filter(|(_, key)| seen.insert(key.clone()))
            .collect();
        for some in fresh.chunks(wanted) {
            let mut of_tickets = of_tickets(from, viewer.user_id, some).await?;
            for (id, key) in some {
                // One whose latest is newer belongs to an earlier page.
                groups.extend(of_tickets.remove(key).filter(|group| group.id == *id));
            }
            if groups.len() >= wanted {
                groups.truncate(wanted);
                return Ok(groups);
            }
        }
        match passed.last() {
            Some((id, _)) if passed.len() as u64 == step => reached = *id,
            _ => return Ok(groups),
        }
        step = (step * 4).min(LONGEST_STEP);
    }
}

/// The next notifications before an identifier that the viewer may see, the latest first.
async fn step_back(
    from: &impl Read,
    viewer: Viewer,
    before: i64,
    step: u64,
) -> Result<Vec<(i64, Key)>> {
    use table::Column;
    type Passed = (i64, Option<i64>, String, Option<i64>);
    let rows: Vec<Passed> = table::Entity::find()
        .select_only()
        .columns([Column::Id, Column::TicketId, Column::Kind, Column::ReadAt])
        .filter(Column::UserId.eq(viewer.user_id.0))
        .filter(Column::Id.lt(before))
        .filter(Expr::cust(visible_sql(viewer.role)))
        .order_by_desc(Column::Id)
        .limit(step)
        .into_tuple()
        .all(from.connection().executor())
        .await?;
    let passed = rows.into_iter();
    Ok(passed
        .map(|(id, ticket, kind, read_at)| (id, (ticket, kind, read_at.is_none())))
        .collect())
}

/// All groups of the tickets that these are about.
async fn of_tickets(
    from: &impl Read,
    user: UserId,
    some: &[&(i64, Key)],
) -> Result<HashMap<Key, Group>> {
    use sea_orm::ExprTrait;
    use table::Column;
    let mut tickets: Vec<i64> = some.iter().filter_map(|(_, key)| key.0).collect();
    tickets.sort_unstable();
    tickets.dedup();
    let mut which = Condition::any();
    if !tickets.is_empty() {
        which = which.add(Column::TicketId.is_in(padded(&tickets)));
    }
    if some.iter().any(|(_, key)| key.0.is_none()) {
        which = which.add(Column::TicketId.is_null());
    }
    let latest = |unread: bool| {
        let read_at = Expr::col(Column::ReadAt);
        let state = if unread {
            read_at.is_null()
        } else {
            read_at.is_not_null()
        };
        Func::max(Expr::case(state, Expr::col(Column::Id)))
    };
    // Both states in one row: SQL has no portable way to group by a condition.
    type Both = (
        Option<i64>,
        String,
        i64,
        i64,
        Option<i64>,
        Option<i64>,
        Option<i64>,
    );
    let rows: Vec<Both> = table::Entity::find()
        .select_only()
        .columns([Column::TicketId, Column::Kind])
        .expr(Expr::col(Column::Id).count())
        .expr(Expr::col(Column::ReadAt).count())
        .expr(Func::max(Expr::col(Column::ReadAt)))
        .expr(latest(true))
        .expr(latest(false))
        .filter(Column::UserId.eq(user.0))
        .filter(which)
        .group_by(Column::TicketId)
        .group_by(Column::Kind)
        .into_tuple()
        .all(from.connection().executor())
        .await?;
    let mut groups = HashMap::new();
    for (ticket, kind, all, read, read_at, latest_unread, latest_read) in rows {
        if let Some(id) = latest_unread {
            let group = Group {
                id,
                count: all - read,
                read_at: None,
            };
            groups.insert((ticket, kind.clone(), true), group);
        }
        if let Some(id) = latest_read {
            let group = Group {
                id,
                count: read,
                read_at,
            };
            groups.insert((ticket, kind, false), group);
        }
    }
    Ok(groups)
}

/// The latest of each group, with what belongs to it.
async fn rows(from: &impl Read, groups: &[Group]) -> Result<HashMap<i64, Row>> {
    if groups.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<i64> = groups.iter().map(|group| group.id).collect();
    let values: Vec<Value> = padded(&ids).map(Value::from).collect();
    let connection = from.connection();
    let statement = Statement::from_sql_and_values(
        connection.executor().get_database_backend(),
        format!(
            "SELECT {COLUMNS} FROM notifications n {JOINS} WHERE n.id IN ({})",
            marks(values.len())
        ),
        values,
    );
    let rows = Row::find_by_statement(statement)
        .all(connection.executor())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
