import { afterEach, expect, it, vi } from 'vitest';
import { countDays, isDay, localDay, percentText, plusDays, shortDay, spanText } from './days';

afterEach(() => vi.unstubAllEnvs());

it.each([
  ['Pacific/Kiritimati', '2026-02-01'],
  ['America/Los_Angeles', '2026-01-31'],
])('takes the day from the clock of %s', (zone, day) => {
  vi.stubEnv('TZ', zone);
  expect(localDay(new Date('2026-01-31T11:30:00Z'))).toBe(day);
});

it.each(['2026-02-30', '2026-13-01', '2026-1-31', '1969-12-31', '31.01.2026', '2026-01-31T00:00', ''])(
  'does not take %j for a day',
  (text) => {
    expect(isDay(text)).toBe(false);
  },
);

it('takes days of the calendar, leap days too', () => {
  expect(['1970-01-01', '2024-02-29', '2026-12-31'].map(isDay)).toEqual([true, true, true]);
});

it('counts over months, leap days and the change of clocks', () => {
  expect(plusDays('2024-02-28', 2)).toBe('2024-03-01');
  expect(plusDays('2026-01-01', -1)).toBe('2025-12-31');
  expect(countDays('2026-03-01', '2026-03-31')).toBe(31);
  expect(countDays('2026-03-01', '2026-03-01')).toBe(1);
});

it('says days wherever the reader is', () => {
  vi.stubEnv('TZ', 'America/Los_Angeles');
  expect(shortDay('2026-11-12')).toBe('Nov 12');
  expect(spanText('2026-11-12', '2026-11-12')).toBe('Thu, Nov 12, 2026');
  expect(spanText('2026-11-06', '2026-11-12').replace(/\s/g, ' ')).toBe('Nov 6 – 12, 2026');
});

it('says percent with their sign', () => {
  expect([20, -5, 0].map(percentText)).toEqual(['+20%', '-5%', '0%']);
});
