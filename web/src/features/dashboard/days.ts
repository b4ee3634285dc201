// Days as the server counts them: dates without a clock, as in 2026-01-31.
import { locale, perLocale } from '@/components/time';

export type Day = string;

const DAY_MS = 24 * 60 * 60 * 1000;
const WRITTEN = /^\d{4}-\d{2}-\d{2}$/;
const FIRST: Day = '1970-01-01';

const numberOf = (day: Day) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
const dayOfNumber = (number: number): Day => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** The day of a moment, by the reader's clock. */
export function localDay(moment: Date): Day {
  const [month, date] = [moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${moment.getFullYear()}-${month}-${date}`;
}

/** A day that the calendar has, and not before its numbers begin. */
export function isDay(text: string): boolean {
  if (!WRITTEN.test(text) || text < FIRST) return false;
  const number = numberOf(text);
  // There are readers of dates that take 30 February for a day in March.
  return !Number.isNaN(number) && dayOfNumber(number) === text;
}

export function plusDays(day: Day, days: number): Day {
  return dayOfNumber(numberOf(day) + days);
}

/** How many days there are, both ends included. */
export function countDays(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from) + 1;
}

// A day is the same everywhere: written and read by one clock.
const format = (options: Intl.DateTimeFormatOptions) =>
  perLocale((tag) => new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' }));
const AXIS = format({ day: 'numeric', month: 'short' });
const FULL = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const SPAN = format({ day: 'numeric', month: 'short', year: 'numeric' });
const NUMBER = perLocale((tag) => new Intl.NumberFormat(tag));

/** "12 Nov". */
export function shortDay(day: Day): string {
  return AXIS().format(Date.parse(day));
}

/** "Thu, 12 Nov 2026", or "6 – 12 Nov 2026". */
export function spanText(from: Day, to: Day): string {
  return from === to ? FULL().format(Date.parse(from)) : SPAN().formatRange(Date.parse(from), Date.parse(to));
}

export function numberText(number: number): string {
  return NUMBER().format(number);
}

/** With its sign: "+20%", "-5%". */
export function percentText(percent: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', signDisplay: 'exceptZero' }).format(percent / 100);
}
