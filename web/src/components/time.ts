// Times in the reader's own zone and habit.
import { i18next } from '@/config/i18n';

/** The reader's own variant of the interface's language, as in en-GB. */
export function locale(): string {
  const language = i18next.language;
  const preferred = globalThis.navigator?.languages ?? [];
  return preferred.find((own) => own === language || own.startsWith(`${language}-`)) ?? language;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Making a format takes longer than using it, and lists are full of times. */
export function perLocale<Format>(make: (locale: string) => Format): () => Format {
  const made = new Map<string, Format>();
  return () => {
    const format = made.get(locale()) ?? make(locale());
    made.set(locale(), format);
    return format;
  };
}

const dates = (options: Intl.DateTimeFormatOptions) => perLocale((locale) => new Intl.DateTimeFormat(locale, options));
const MEDIUM_DATE = dates({ dateStyle: 'medium' });
const LONG_DATE = dates({ dateStyle: 'long' });
const CLOCK = dates({ timeStyle: 'short' });
const MOMENT = dates({ dateStyle: 'full', timeStyle: 'short' });
const RELATIVE = perLocale((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }));

/** "now", "5 min. ago", "yesterday", and the date after a week. */
export function relativeTime(at: string, now: number): string {
  const ago = Math.max(0, now - Date.parse(at));
  const format = RELATIVE();
  if (ago < MINUTE) return format.format(0, 'second');
  if (ago < HOUR) return format.format(-Math.floor(ago / MINUTE), 'minute');
  if (ago < DAY) return format.format(-Math.floor(ago / HOUR), 'hour');
  if (ago < 7 * DAY) return format.format(-Math.floor(ago / DAY), 'day');
  return MEDIUM_DATE().format(Date.parse(at));
}

export function absoluteTime(at: string): string {
  return MOMENT().format(Date.parse(at));
}

export function clockTime(at: string): string {
  return CLOCK().format(Date.parse(at));
}

/** The day of a moment, for the dividers of a conversation. */
export function dayOf(at: string): string {
  return LONG_DATE().format(Date.parse(at));
}
