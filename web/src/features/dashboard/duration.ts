// How long something took, as people say it: its two largest units.
import type { TFunction } from 'i18next';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From here on hours say nothing. */
const WHOLE_DAYS_FROM = 10 * DAY;

/** "45 s", "3 min", "2 h 10 min", "1 d 4 h", "12 d". */
export function durationText(t: TFunction, seconds: number): string {
  if (seconds < MINUTE) return t('dashboard.duration.seconds', { count: Math.round(seconds) });
  // Rounded to the smallest unit that is said, before it is taken apart: nothing ends with 60 minutes.
  const unit = roundedTo(MINUTE, seconds) < DAY ? MINUTE : roundedTo(HOUR, seconds) < WHOLE_DAYS_FROM ? HOUR : DAY;
  const rounded = roundedTo(unit, seconds);
  const parts = [
    [t('dashboard.duration.days', { count: Math.floor(rounded / DAY) }), Math.floor(rounded / DAY)],
    [t('dashboard.duration.hours', { count: Math.floor((rounded % DAY) / HOUR) }), Math.floor((rounded % DAY) / HOUR)],
    [t('dashboard.duration.minutes', { count: (rounded % HOUR) / MINUTE }), (rounded % HOUR) / MINUTE],
  ] as const;
  return parts.flatMap(([text, count]) => (count > 0 ? [text] : [])).join(' ');
}

function roundedTo(unit: number, seconds: number): number {
  return Math.round(seconds / unit) * unit;
}
