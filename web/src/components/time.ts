// Times in the reader's own zone and habit.
import { i18next } from '@/config/i18n';

/** The reader's own variant of the interface's language, as in en-GB. */
function locale(): string {
  const language = i18next.language;
  const preferred = globalThis.navigator?.languages ?? [];
  return preferred.find((own) => own === language || own.startsWith(`${language}-`)) ?? language;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "now", "5 min. ago", "yesterday", and the date after a week. */
export function relativeTime(at: string, now: number): string {
  const ago = Math.max(0, now - Date.parse(at));
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' });
  if (ago < MINUTE) return format.format(0, 'second');
  if (ago < HOUR) return format.format(-Math.floor(ago / MINUTE), 'minute');
  if (ago < DAY) return format.format(-Math.floor(ago / HOUR), 'hour');
  if (ago < 7 * DAY) return format.format(-Math.floor(ago / DAY), 'day');
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(Date.parse(at));
}

export function absoluteTime(at: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'short' }).format(Date.parse(at));
}

export function clockTime(at: string): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(Date.parse(at));
}

/** The day of a moment, for the dividers of a conversation. */
export function dayOf(at: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long' }).format(Date.parse(at));
}
