import type { TFunction } from 'i18next';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { notification } from '@/features/notifications/example';
import { byDay, dayText } from './days';

const t = ((key: string) => key) as unknown as TFunction;
const on = (id: number, at: Date) => notification(id, { created_at: at.toISOString() });

it('puts notifications under their days', () => {
  const days = byDay([
    on(3, new Date(2026, 0, 31, 23, 59)),
    on(2, new Date(2026, 0, 31, 0, 0)),
    on(1, new Date(2026, 0, 30, 23, 59)),
  ]);
  expect(days.map(({ start }) => new Date(start).getDate())).toEqual([31, 30]);
  expect(days.map(({ items }) => items.map(({ id }) => id))).toEqual([[3, 2], [1]]);
});

describe('a day in words', () => {
  // Not the habits of the machine that runs this.
  beforeEach(() => void vi.stubGlobal('navigator', { languages: ['en-GB'] }));
  afterEach(() => void vi.unstubAllGlobals());

  const now = new Date(2026, 2, 1, 9, 0).getTime();
  it.each([
    [new Date(2026, 2, 1), 'notifications.day.today'],
    [new Date(2026, 1, 28), 'notifications.day.yesterday'],
    [new Date(2026, 1, 27), '27 February 2026'],
  ])('%s', (day, text) => {
    expect(dayText(t, day.getTime(), now)).toBe(text);
  });
});
