//! When things happen: people write by day and rather on working days, and staff keeps hours.

use domain::Timestamp;
use rand::RngExt as _;
use rand::rngs::StdRng;

/// Microseconds.
pub(super) const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// How far back the oldest ticket lies.
const YEAR: i64 = 365 * DAY;

/// How many write in each hour of a day, in UTC.
const HOURS: [u64; 24] = [
    3, 2, 2, 2, 3, 6, 14, 30, 52, 64, 62, 56, 46, 54, 58, 54, 46, 34, 22, 16, 13, 11, 8, 5,
];
/// How many write on each day, from Thursday on, as 1970-01-01 was one.
const DAYS: [u64; 7] = [9, 8, 3, 2, 11, 10, 10];
/// Hours in which staff answers.
const OFFICE: std::ops::Range<i64> = 7 * HOUR..18 * HOUR;

/// So many moments within the year before `now`, in order.
pub(super) fn openings(now: Timestamp, count: u32, random: &mut StdRng) -> Vec<Timestamp> {
    let begin = now.0 - YEAR;
    let mut sums = Vec::new();
    let mut sum = 0;
    for hour in 0..YEAR / HOUR {
        let at = begin + hour * HOUR;
        let (day, hour_of_day) = (at.div_euclid(DAY), at.rem_euclid(DAY) / HOUR);
        let weekday = usize::try_from(day.rem_euclid(7)).unwrap_or_default();
        let hour_of_day = usize::try_from(hour_of_day).unwrap_or_default();
        // The desk grows: by the end half as many again as at the beginning.
        let growth = 1_000 + u64::try_from(hour * HOUR / (YEAR / 500)).unwrap_or_default();
        sum += HOURS[hour_of_day] * DAYS[weekday] * growth;
        sums.push(sum);
    }
    let places = (0..u64::from(count)).map(|place| {
        // In 128 bits: the sum is large, and so may be the number of tickets.
        let at = (u128::from(place) * 1_000 + random.random_range(0..1_000)) * u128::from(sum);
        let at = u64::try_from(at / (u128::from(count) * 1_000)).unwrap_or(sum);
        let hour = sums.partition_point(|&sum| sum <= at).min(sums.len() - 1);
        let before = if hour == 0 { 0 } else { sums[hour - 1] };
        let within = i64::try_from((at - before) * 3_600_000 / (sums[hour] - before).max(1));
        let hour = i64::try_from(hour).unwrap_or_default();
        Timestamp(begin + hour * HOUR + within.unwrap_or_default() * 1_000)
    });
    let mut moments: Vec<_> = places.collect();
    moments.sort_unstable();
    moments
}

/// Some time about as long as `median_minutes`, now and then much longer.
pub(super) fn about(median_minutes: f64, random: &mut StdRng) -> i64 {
    // Nearly a normal distribution, of deviation 1.
    let normal = (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0;
    let minutes = (median_minutes * (normal * 0.9).exp()).clamp(0.2, 60_000.0);
    (minutes * 60e6) as i64
}

/// The moment itself, if staff is there then, or else some time after the next day of work begins. A few are on duty.
pub(super) fn at_work(moment: Timestamp, random: &mut StdRng) -> Timestamp {
    if random.random_bool(0.12) {
        return moment;
    }
    let mut day = moment.0.div_euclid(DAY);
    let of_day = moment.0.rem_euclid(DAY);
    // Counted from a Thursday: 2 and 3 are Saturday and Sunday.
    let is_free = |day: i64| matches!(day.rem_euclid(7), 2 | 3);
    if !is_free(day) && OFFICE.contains(&of_day) {
        return moment;
    }
    if of_day >= OFFICE.end {
        day += 1;
    }
    while is_free(day) {
        day += 1;
    }
    Timestamp(day * DAY + OFFICE.start + random.random_range(0..90 * MINUTE))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    /// A Wednesday at noon.
    const NOW: Timestamp = Timestamp(1_767_182_400_000_000);

    #[test]
    fn tickets_are_opened_within_a_year_by_day_rather_than_by_night() {
        let mut random = StdRng::seed_from_u64(1);
        let moments = openings(NOW, 20_000, &mut random);
        assert_eq!(moments.len(), 20_000);
        assert!(moments.is_sorted());
        assert!(moments[0].0 >= NOW.0 - YEAR && moments[19_999] < NOW);
        let within = |hours: std::ops::Range<i64>| {
            let hour = |at: &&Timestamp| hours.contains(&(at.0.rem_euclid(DAY) / HOUR));
            moments.iter().filter(hour).count()
        };
        assert!(within(8..16) > 10 * within(0..4));
        let weekend = |at: &&Timestamp| matches!(at.0.div_euclid(DAY).rem_euclid(7), 2 | 3);
        let weekend = moments.iter().filter(weekend).count();
        assert!((1_000..3_000).contains(&weekend), "{weekend}");
    }

    #[test]
    fn staff_works_in_hours_and_never_in_the_past() {
        let mut random = StdRng::seed_from_u64(1);
        let mut on_duty = 0;
        for n in 0..5_000 {
            let asked = Timestamp(NOW.0 + n * 17 * MINUTE);
            let done = at_work(asked, &mut random);
            assert!(done >= asked && done.0 < asked.0 + 4 * DAY);
            let free = matches!(done.0.div_euclid(DAY).rem_euclid(7), 2 | 3);
            if free || !(7..20).contains(&(done.0.rem_euclid(DAY) / HOUR)) {
                on_duty += 1;
            }
        }
        assert!(on_duty < 700, "{on_duty}");
    }

    #[test]
    fn times_are_about_as_long_as_they_should_be() {
        let mut random = StdRng::seed_from_u64(1);
        let mut all: Vec<_> = (0..2_001).map(|_| about(40.0, &mut random)).collect();
        all.sort_unstable();
        assert!((35..45).contains(&(all[1_000] / MINUTE)), "{}", all[1_000]);
        assert!(all[1_990] > 4 * all[1_000]);
    }
}
