//! Statistics, counted by the database from indexes alone.

use std::collections::HashMap;

use domain::stats::{Backlog, DayStats, GroupStats, Histogram};
use domain::timeline::Named;
use domain::{Period, Person, Stats, Status, Took, WaitingOn};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult, Statement, Value,
};

use crate::entities::{categories, users};
use crate::lists::padded;
use crate::{Error, Read, Result};

/// Days that one statement counts. SQLite takes at most 500 selects in one.
const DAYS: i64 = 31;

/// The statistics of a period. They agree with each other if they are read from one
/// [`Snapshot`](crate::Snapshot).
///
/// # Errors
/// The database's.
pub async fn read(from: &impl Read, period: Period) -> Result<Stats> {
    let mut groups = Groups::default();
    groups.add_opened(from, period).await?;
    groups.add_ended(from, period).await?;
    let days = days(from, period).await?;
    let now = backlog(from).await?;

    let of_categories: Vec<_> = groups.by_category.keys().flatten().copied().collect();
    let categories = categories::Entity::find()
        .filter(categories::Column::Id.is_in(padded(&of_categories)))
        .all(from.connection().executor())
        .await?;
    let categories = categories.into_iter().map(|row| {
        let (id, name) = (row.id, row.name);
        (id, Named { id, name })
    });
    let of_admins: Vec<_> = groups.by_admin.keys().flatten().copied().collect();
    let admins = users::Entity::find()
        .filter(users::Column::Id.is_in(padded(&of_admins)))
        .all(from.connection().executor())
        .await?;
    let admins = admins
        .into_iter()
        .map(|row| Ok((row.id, crate::users::person(row.id, row.name, &row.role)?)))
        .collect::<Result<Vec<_>>>()?;
    Ok(Stats {
        days,
        now,
        first_response: groups.all.first_response.summary(),
        resolution: groups.all.resolution.summary(),
        by_category: named(groups.by_category, categories, |category: &Named| {
            category.name.clone()
        })?,
        by_admin: named(groups.by_admin, admins, |admin: &Person| admin.name.clone())?,
    })
}

/// What happened to some tickets.
#[derive(Default)]
struct Group {
    opened: u64,
    closed: u64,
    first_response: Histogram,
    resolution: Histogram,
}

/// What happened to all tickets, and to those of each category and assignee.
#[derive(Default)]
struct Groups {
    all: Group,
    by_category: HashMap<Option<i64>, Group>,
    by_admin: HashMap<Option<i64>, Group>,
}

impl Groups {
    /// Counts the tickets opened, and how long their first answers took.
    async fn add_opened(&mut self, from: &impl Read, period: Period) -> Result<()> {
        // The sums keep the databases from looking the time up in another index: this one holds all that is asked
        // for, in the order in which it is grouped.
        let sql = "SELECT category_id, assignee_id, first_response_s AS seconds, COUNT(*) AS opened \
             FROM tickets WHERE created_at + 0 >= ? AND created_at + 0 < ? \
             GROUP BY category_id, assignee_id, first_response_s";
        let (begin, end) = (period.begin().0, period.end().0);
        for row in rows(from, sql, [begin.into(), end.into()]).await? {
            let opened = count(&row, "opened")?;
            let took = seconds(&row)?;
            self.each(&row, |group| {
                group.opened += opened;
                if let Some(took) = took {
                    group.first_response.add(took, opened);
                }
            })?;
        }
        Ok(())
    }

    /// Counts the tickets closed, and how long it took to resolve those that were resolved.
    async fn add_ended(&mut self, from: &impl Read, period: Period) -> Result<()> {
        let sql = "SELECT category_id, assignee_id, resolution_s AS seconds, \
             COUNT(CASE WHEN resolved_at >= ? AND resolved_at < ? THEN 1 END) AS resolved, \
             COUNT(CASE WHEN closed_at >= ? AND closed_at < ? THEN 1 END) AS closed \
             FROM tickets WHERE (resolved_at + 0 >= ? AND resolved_at + 0 < ?) \
             OR (closed_at + 0 >= ? AND closed_at + 0 < ?) \
             GROUP BY category_id, assignee_id, resolution_s";
        let times = [period.begin().0, period.end().0];
        let values = times.into_iter().cycle().take(8).map(Value::from);
        for row in rows(from, sql, values).await? {
            let (resolved, closed) = (count(&row, "resolved")?, count(&row, "closed")?);
            let took = seconds(&row)?;
            self.each(&row, |group| {
                group.closed += closed;
                if let Some(took) = took.filter(|_| resolved > 0) {
                    group.resolution.add(took, resolved);
                }
            })?;
        }
        Ok(())
    }

    /// Adds to all groups that a row belongs to.
    fn each(&mut self, row: &QueryResult, add: impl Fn(&mut Group)) -> Result<()> {
        let category: Option<i64> = row.try_get("", "category_id")?;
        let assignee: Option<i64> = row.try_get("", "assignee_id")?;
        add(&mut self.all);
        add(self.by_category.entry(category).or_default());
        add(self.by_admin.entry(assignee).or_default());
        Ok(())
    }
}

/// How many tickets were opened and closed on each day.
async fn days(from: &impl Read, period: Period) -> Result<Vec<DayStats>> {
    let sql: Vec<_> = (0..DAYS)
        .map(|place| {
            format!(
                "SELECT {place} AS place, \
                 (SELECT COUNT(*) FROM tickets WHERE created_at >= ? AND created_at < ?) AS opened, \
                 (SELECT COUNT(*) FROM tickets WHERE closed_at >= ? AND closed_at < ?) AS closed"
            )
        })
        .collect();
    let sql = sql.join(" UNION ALL ");
    let mut days = Vec::new();
    for next in (0..period.days()).step_by(DAYS as usize) {
        let values = (next..next + DAYS).flat_map(|place| {
            // Always as many, so that it is one statement; past the end they are empty.
            let begin = period.begin_of(place.min(period.days())).0;
            let end = period.begin_of((place + 1).min(period.days())).0;
            [begin, end, begin, end].map(Value::from)
        });
        for row in rows(from, &sql, values).await? {
            let place: i64 = row.try_get("", "place")?;
            let place = next + place;
            if place < period.days() {
                days.push(DayStats {
                    day: period.day(place),
                    opened: count(&row, "opened")?,
                    closed: count(&row, "closed")?,
                });
            }
        }
    }
    days.sort_unstable_by_key(|day| day.day);
    Ok(days)
}

/// The desk now.
async fn backlog(from: &impl Read) -> Result<Backlog> {
    let sql = "SELECT status, COUNT(*) AS tickets, COUNT(assignee_id) AS assigned \
         FROM tickets GROUP BY status";
    let mut found = HashMap::new();
    for row in rows(from, sql, []).await? {
        let status: String = row.try_get("", "status")?;
        let status = Status::parse(&status).ok_or(Error::corrupt("tickets.status"))?;
        found.insert(status, (count(&row, "tickets")?, count(&row, "assigned")?));
    }
    let unclosed = || {
        found
            .iter()
            .filter(|&(&status, _)| status != Status::Closed)
    };
    let sql = "SELECT COUNT(*) AS tickets FROM tickets WHERE waiting_on = ?";
    let waiting = rows(from, sql, [WaitingOn::Staff.as_str().into()]).await?;
    let waiting = waiting.first().map(|row| count(row, "tickets"));
    let tickets = |status| found.get(&status).map_or(0, |(tickets, _)| *tickets);
    Ok(Backlog {
        open: unclosed().map(|(_, (tickets, _))| tickets).sum(),
        unassigned: unclosed()
            .map(|(_, (tickets, assigned))| tickets - assigned)
            .sum(),
        waiting: waiting.transpose()?.unwrap_or(0),
        by_status: Status::ALL
            .iter()
            .map(|&status| (status, tickets(status)))
            .collect(),
    })
}

/// The groups with who or what they are of, by name.
fn named<K>(
    groups: HashMap<Option<i64>, Group>,
    keys: impl IntoIterator<Item = (i64, K)>,
    name: impl Fn(&K) -> String,
) -> Result<Vec<GroupStats<K>>> {
    let mut keys: HashMap<i64, K> = keys.into_iter().collect();
    let groups = groups.into_iter().map(|(id, group)| {
        // A foreign key says that it is there.
        let key = id.map(|id| keys.remove(&id).ok_or(Error::missing("tickets")));
        Ok(GroupStats {
            key: key.transpose()?,
            opened: group.opened,
            closed: group.closed,
            first_response: group.first_response.summary(),
            resolution: group.resolution.summary(),
        })
    });
    let mut groups = groups.collect::<Result<Vec<_>>>()?;
    groups.sort_by_cached_key(|group| (group.key.is_none(), group.key.as_ref().map(&name)));
    Ok(groups)
}

async fn rows(
    from: &impl Read,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<QueryResult>> {
    let connection = from.connection();
    let backend = connection.executor().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    Ok(connection.executor().query_all_raw(statement).await?)
}

fn count(row: &QueryResult, column: &str) -> Result<u64> {
    let count: i64 = row.try_get("", column)?;
    Ok(count.try_into().unwrap_or_default())
}

fn seconds(row: &QueryResult) -> Result<Option<Took>> {
    let seconds: Option<i64> = row.try_get("", "seconds")?;
    Ok(seconds.map(Took::of_seconds))
}
