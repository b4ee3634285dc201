import { expect, it } from 'vitest';
import { changeOf, DURATION_TOLERANCE } from './change';

it('tells more from fewer, and by how much', () => {
  expect(changeOf(12, 10)).toEqual({ direction: 'more', by: 2, percent: 20 });
  expect(changeOf(5, 10)).toEqual({ direction: 'fewer', by: 5, percent: -50 });
  expect(changeOf(10, 10)).toEqual({ direction: 'same', by: 0, percent: 0 });
});

it('knows no percent of nothing', () => {
  expect(changeOf(3, 0)).toEqual({ direction: 'more', by: 3, percent: null });
  expect(changeOf(0, 0)).toMatchObject({ direction: 'same' });
});

it('compares nothing with what is unknown', () => {
  expect(changeOf(3, null)).toBe(null);
  expect(changeOf(null, 3)).toBe(null);
});

it('takes what rounding may have done for no change', () => {
  expect(changeOf(1019, 1000, DURATION_TOLERANCE)).toMatchObject({ direction: 'same' });
  expect(changeOf(1021, 1000, DURATION_TOLERANCE)).toMatchObject({ direction: 'more', by: 21 });
});
