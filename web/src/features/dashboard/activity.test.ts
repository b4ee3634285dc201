import { expect, it } from 'vitest';
import { activityOf, namedEvery, peakOf, scaleFor } from './activity';
import { plusDays } from './days';

/** Days from 1 January on, of which each has opened one more than the day before. */
const days = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ date: plusDays('2026-01-01', index), opened: index, closed: 1 }));

it('shows every day of a month', () => {
  const activity = activityOf(days(31));
  expect(activity).toHaveLength(31);
  expect(activity[3]).toEqual({ from: '2026-01-04', to: '2026-01-04', opened: 3, closed: 1 });
});

it('sums many days by weeks, of which the last is whole', () => {
  const activity = activityOf(days(90));
  expect(activity).toHaveLength(13);
  expect(activity[0]).toEqual({ from: '2026-01-01', to: '2026-01-06', opened: 15, closed: 6 });
  expect(activity.at(-1)).toEqual({ from: '2026-03-25', to: '2026-03-31', opened: 602, closed: 7 });
  expect(activity.reduce((sum, { opened }) => sum + opened, 0)).toBe((89 * 90) / 2);
});

it('knows the latest of the busiest times', () => {
  const activity = activityOf([
    { date: '2026-01-01', opened: 2, closed: 0 },
    { date: '2026-01-02', opened: 2, closed: 9 },
    { date: '2026-01-03', opened: 1, closed: 0 },
  ]);
  expect(peakOf(activity)?.from).toBe('2026-01-02');
  expect(peakOf(activityOf([{ date: '2026-01-01', opened: 0, closed: 3 }]))).toBe(null);
});

it.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [4, [0, 1, 2, 3, 4]],
  [7, [0, 2, 4, 6, 8]],
  [20, [0, 5, 10, 15, 20]],
  [21, [0, 10, 20, 30]],
  [900, [0, 500, 1000]],
])('has round lines for at most %i', (most, lines) => {
  expect(scaleFor(most)).toEqual(lines);
});

it('names no more bars than have room', () => {
  expect([7, 10, 31, 53].map((bars) => namedEvery(bars, 10))).toEqual([1, 1, 4, 6]);
});
