import { expect, it } from 'vitest';
import { addressOf, faultOf, periodBefore, periodOf, PRESETS, rangeIn } from './period';

const TODAY = '2026-03-01';
const address = (query: string) => new URLSearchParams(query);

it.each([
  ['7d', '2026-02-23'],
  ['30d', '2026-01-31'],
  ['90d', '2025-12-02'],
  ['365d', '2025-03-02'],
  ['year', '2026-01-01'],
] as const)('lets %s begin on %s and end today', (preset, from) => {
  expect(periodOf(preset, TODAY)).toEqual({ from, to: TODAY });
});

it('reads what it has written', () => {
  for (const range of [...PRESETS, { from: '2026-01-05', to: '2026-01-09' }]) {
    expect(rangeIn(new URLSearchParams(addressOf(range)))).toEqual(range);
  }
});

it.each([
  '',
  'range=forever',
  'from=2026-01-05',
  'from=2026-01-05&to=2026-01-04',
  'from=2026-02-30&to=2026-03-05',
  'from=2024-01-01&to=2026-01-01',
])('shows the last 30 days for an address with %j', (query) => {
  expect(rangeIn(address(query))).toBe('30d');
});

it('passes over dates that are none, for the preset beside them', () => {
  expect(rangeIn(address('range=7d&from=x&to=y'))).toBe('7d');
});

it('compares with as many days, just before', () => {
  expect(periodBefore({ from: '2026-03-01', to: '2026-03-31' })).toEqual({ from: '2026-01-29', to: '2026-02-28' });
  expect(periodBefore({ from: '2026-03-01', to: '2026-03-01' })).toEqual({ from: '2026-02-28', to: '2026-02-28' });
});

it('says what is wrong with two dates', () => {
  expect(faultOf({ from: '', to: '2026-01-01' })).toBe('incomplete');
  expect(faultOf({ from: '2026-01-02', to: '2026-01-01' })).toBe('backwards');
  expect(faultOf({ from: '2023-12-31', to: '2024-12-31' })).toBe('tooLong');
  expect(faultOf({ from: '2024-01-01', to: '2024-12-31' })).toBe(null);
});
