//! Statistics, compared with a count by hand over tickets that live at random.

use domain::stats::{DayStats, Durations, GroupStats};
use domain::{Period, Stats, Status, Ticket, Timestamp, Took, WaitingOn};
use repository::stats;
use testkit::on_every_database;

use crate::desk::Desk;
use crate::lives::Lives;

/// 2026-01-05T00:00:00Z, a Monday, and its day.
const MONDAY: Timestamp = Timestamp(1_767_571_200_000_000);
const DAY: i64 = 20_458;

/// The nearest rank, looked for in the sorted list.
fn summary(mut all: Vec<Took>) -> Durations {
    all.sort_unstable();
    let rank = |percent: usize| {
        let at_least = all
            .iter()
            .enumerate()
            .find(|(place, _)| (place + 1) * 100 >= percent * all.len());
        at_least.map(|(_, took)| *took)
    };
    Durations {
        count: all.len() as u64,
        median: rank(50),
        p90: rank(90),
    }
}

fn group<K>(key: Option<K>, tickets: &[&Ticket], period: Period) -> GroupStats<K> {
    let within = |at: Timestamp| at >= period.begin() && at < period.end();
    let opened: Vec<_> = tickets
        .iter()
        .filter(|ticket| within(ticket.created_at))
        .collect();
    let closed = tickets
        .iter()
        .filter(|ticket| ticket.closed_at.is_some_and(within));
    let resolved = tickets
        .iter()
        .filter(|ticket| ticket.resolved_at.is_some_and(within));
    GroupStats {
        key,
        opened: opened.len() as u64,
        closed: closed.count() as u64,
        first_response: summary(
            opened
                .iter()
                .filter_map(|ticket| ticket.first_response())
                .collect(),
        ),
        resolution: summary(resolved.filter_map(|ticket| ticket.resolution()).collect()),
    }
}

/// The tickets by key, as the statistics order them, without the groups in which nothing happened.
fn groups<K: Clone + PartialEq>(
    tickets: &[Ticket],
    period: Period,
    key: impl Fn(&Ticket) -> Option<K>,
    name: impl Fn(&K) -> String,
) -> Vec<GroupStats<K>> {
    let mut keys: Vec<Option<K>> = Vec::new();
    for ticket in tickets {
        if !keys.contains(&key(ticket)) {
            keys.push(key(ticket));
        }
    }
    keys.sort_by_key(|key| (key.is_none(), key.as_ref().map(&name)));
    let groups = keys.into_iter().map(|of| {
        let its: Vec<_> = tickets.iter().filter(|ticket| key(ticket) == of).collect();
        group(of, &its, period)
    });
    let nothing = |group: &GroupStats<K>| group.opened + group.closed + group.resolution.count == 0;
    groups.filter(|group| !nothing(group)).collect()
}

fn by_hand(tickets: &[Ticket], period: Period) -> Stats {
    let all: Vec<&Ticket> = tickets.iter().collect();
    let whole = group(Some(()), &all, period);
    let days = (0..period.days()).map(|place| {
        let (begin, end) = (period.begin_of(place), period.begin_of(place + 1));
        let within = |at: Timestamp| at >= begin && at < end;
        DayStats {
            day: period.day(place),
            opened: all
                .iter()
                .filter(|ticket| within(ticket.created_at))
                .count() as u64,
            closed: all
                .iter()
                .filter(|ticket| ticket.closed_at.is_some_and(within))
                .count() as u64,
        }
    });
    let count = |matches: &dyn Fn(&Ticket) -> bool| {
        all.iter().filter(|ticket| matches(ticket)).count() as u64
    };
    let unclosed = |ticket: &Ticket| ticket.status != Status::Closed;
    Stats {
        days: days.collect(),
        now: domain::stats::Backlog {
            by_status: Status::ALL
                .iter()
                .map(|&status| (status, count(&|ticket| ticket.status == status)))
                .collect(),
            open: count(&unclosed),
            unassigned: count(&|ticket| unclosed(ticket) && ticket.assignee.is_none()),
            waiting: count(&|ticket| ticket.waiting_on == WaitingOn::Staff),
        },
        first_response: whole.first_response,
        resolution: whole.resolution,
        by_category: groups(
            tickets,
            period,
            |ticket| ticket.category.clone(),
            |category| category.name.clone(),
        ),
        by_admin: groups(
            tickets,
            period,
            |ticket| ticket.assignee.clone(),
            |admin| admin.name.clone(),
        ),
    }
}

on_every_database! {
    async fn statistics_are_what_a_count_by_hand_gives(desk: Desk) {
        let periods = [
            (0, 6, 0), (0, 0, 0), (3, 3, 0), (3, 3, 840), (3, 3, -840), (2, 5, 15), (1, 4, -345),
            (-100, 265, 60), (-40, -10, 0), (6, 40, 0), (-31, 30, 0),
        ];
        for seed in 0..4 {
            let fresh = crate::stats::emptied(&desk).await;
            let mut lives = Lives::begin(fresh, seed).await;
            let made = lives.make(160, MONDAY).await;
            let tickets: Vec<_> = made.into_iter().map(|(ticket, _)| ticket).collect();
            for (first, last, offset) in periods {
                let period = Period::new(DAY + first, DAY + last, offset).unwrap();
                let counted = stats::read(&desk.db, period).await.unwrap();
                assert_eq!(counted, by_hand(&tickets, period), "seed {seed}, {period:?}");
            }
        }
    }

    async fn an_empty_desk_has_days_and_nothing_else(desk: Desk) {
        let period = Period::new(DAY, DAY + 365, 0).unwrap();
        let counted = stats::read(&desk.db, period).await.unwrap();
        assert_eq!(counted.days.len(), 366);
        assert_eq!((counted.opened(), counted.closed()), (0, 0));
        assert_eq!(counted.first_response, Durations::default());
        assert_eq!((counted.by_category.len(), counted.by_admin.len()), (0, 0));
        assert!(counted.now.by_status.iter().all(|(_, tickets)| *tickets == 0));
    }

    // A ticket stands in the day on which its moment lies, which ends just before the next begins.
    async fn days_have_no_gap_and_no_overlap(desk: Desk) {
        let ada = desk.user("ada").await;
        for at in [MONDAY.0 - 1, MONDAY.0, MONDAY.0 + 86_400_000_000 - 1, MONDAY.0 + 86_400_000_000] {
            desk.ticket_at(&ada, "Border", domain::Priority::Normal, Timestamp(at)).await;
        }
        let opened = async |offset| {
            let period = Period::new(DAY - 1, DAY + 1, offset).unwrap();
            let counted = stats::read(&desk.db, period).await.unwrap();
            counted.days.iter().map(|day| day.opened).collect::<Vec<_>>()
        };
        assert_eq!(opened(0).await, [1, 2, 1]);
        assert_eq!(opened(1).await, [0, 2, 2]);
        assert_eq!(opened(-1).await, [2, 2, 0]);
    }
}

/// The desk without tickets and people.
async fn emptied(desk: &Desk) -> &Desk {
    for table in ["timeline", "tickets", "users"] {
        desk.execute(&format!("DELETE FROM {table}")).await;
    }
    desk
}
