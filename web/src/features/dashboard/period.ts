// Which days the figures are of, as the address says it, and the days that they are compared with.
import { countDays, type Day, isDay, plusDays } from './days';

export interface Period {
  from: Day;
  to: Day;
}

/** Up to today, in the order in which they are offered. */
export const PRESETS = ['7d', '30d', '90d', '365d', 'year'] as const;
export type Preset = (typeof PRESETS)[number];

/** A preset moves on with the days; a period of one's own stays. */
export type Range = Preset | Period;

const USUAL: Preset = '30d';
const DAYS: Record<Exclude<Preset, 'year'>, number> = { '7d': 7, '30d': 30, '90d': 90, '365d': 365 };

/** As many days as the server takes. */
export const MOST_DAYS = 366;

/** The range that the address asks for. What it says that is none is passed over. */
export function rangeIn(address: URLSearchParams): Range {
  const period = { from: address.get('from') ?? '', to: address.get('to') ?? '' };
  if (faultOf(period) === null) return period;
  const preset = address.get('range');
  return PRESETS.find((one) => one === preset) ?? USUAL;
}

/** The address of a range. */
export function addressOf(range: Range): Record<string, string> {
  return typeof range === 'string' ? { range } : { ...range };
}

export function periodOf(range: Range, today: Day): Period {
  if (typeof range !== 'string') return range;
  return { from: range === 'year' ? `${today.slice(0, 4)}-01-01` : plusDays(today, 1 - DAYS[range]), to: today };
}

/** The same number of days, just before. */
export function periodBefore({ from, to }: Period): Period {
  return { from: plusDays(from, -countDays(from, to)), to: plusDays(from, -1) };
}

/** Why two dates are no period; null when they are one. */
export function faultOf({ from, to }: Period): 'incomplete' | 'backwards' | 'tooLong' | null {
  if (!isDay(from) || !isDay(to)) return 'incomplete';
  const days = countDays(from, to);
  if (days < 1) return 'backwards';
  return days > MOST_DAYS ? 'tooLong' : null;
}
