// What the chart shows: days, or sums of seven of them when there are many, and the scale beside them.
import type { StatsView } from '@/api/types';
import type { Day } from './days';

export interface Activity {
  from: Day;
  to: Day;
  opened: number;
  closed: number;
}

const WEEK = 7;
/** More bars than this are too thin to tell apart. */
const MOST_SINGLE_DAYS = 45;

/** Weeks end with the last day, so that the latest is whole; only the first may be shorter. */
export function activityOf(days: StatsView['days']): Activity[] {
  const length = days.length > MOST_SINGLE_DAYS ? WEEK : 1;
  const sums: Activity[] = [];
  for (let end = days.length; end > 0; end -= length) sums.unshift(sumOf(days.slice(Math.max(0, end - length), end)));
  return sums;
}

function sumOf(days: StatsView['days']): Activity {
  const sum = (figure: 'opened' | 'closed') => days.reduce((total, day) => total + day[figure], 0);
  return { from: days.at(0)?.date ?? '', to: days.at(-1)?.date ?? '', opened: sum('opened'), closed: sum('closed') };
}

/** When the most were opened, the latest such time; null when none were. */
export function peakOf(activity: Activity[]): Activity | null {
  const most = Math.max(0, ...activity.map(({ opened }) => opened));
  return most === 0 ? null : (activity.findLast(({ opened }) => opened === most) ?? null);
}

/** Between the lines of the scale. */
const MOST_STEPS = 4;

/** Round numbers from 0 to at least `most`. */
export function scaleFor(most: number): number[] {
  let factor = 1;
  while (most > 5 * factor * MOST_STEPS) factor *= 10;
  const step = [1, 2, 5].map((digit) => digit * factor).find((round) => most <= round * MOST_STEPS) ?? 5 * factor;
  const steps = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: steps + 1 }, (_, line) => line * step);
}

/** Every how many bars one is named, so that at most `most` are. */
export function namedEvery(bars: number, most: number): number {
  return Math.max(1, Math.ceil(bars / most));
}
