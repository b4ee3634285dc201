// How long to wait, in words.
import { i18next } from '@/config/i18n';

/** From here on whole minutes are exact enough. */
const IN_MINUTES_FROM_S = 100;

/** Whole seconds until then, not less than 0. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** "45 seconds", "12 minutes". */
export function waitText(seconds: number): string {
  const [count, unit] = seconds < IN_MINUTES_FROM_S ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return new Intl.NumberFormat(i18next.language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}
