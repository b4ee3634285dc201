// The days of a list, in words and as groups.
import type { TFunction } from 'i18next';
import type { Notification } from '@/api/types';
import { dayOf } from '@/components/time';

const startOfDay = (at: number | string) => new Date(at).setHours(0, 0, 0, 0);

export interface Day {
  /** Its first moment, in the reader's zone. */
  start: number;
  items: Notification[];
}

/** Notifications, the latest first, under the days on which they came. */
export function byDay(notifications: Notification[]): Day[] {
  const days: Day[] = [];
  for (const notification of notifications) {
    const start = startOfDay(notification.created_at);
    const last = days.at(-1);
    if (last?.start === start) last.items.push(notification);
    else days.push({ start, items: [notification] });
  }
  return days;
}

export function dayText(t: TFunction, start: number, now: number): string {
  if (start === startOfDay(now)) return t('notifications.day.today');
  // Noon of the day before; 24 hours earlier may be another day when the clocks change.
  const yesterday = new Date(startOfDay(now)).setHours(-12);
  if (start === startOfDay(yesterday)) return t('notifications.day.yesterday');
  return dayOf(new Date(start).toISOString());
}
