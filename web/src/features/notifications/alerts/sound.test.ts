import { expect, it } from 'vitest';
import { emphasis } from './sound';

it('sounds louder and more often with every repeat, to a bearable end', () => {
  const calls = [0, 1, 2, 3].map(emphasis);
  expect(calls.map(({ times }) => times)).toEqual([1, 2, 3, 3]);
  expect(calls.map(({ loudness }) => loudness)).toEqual([...calls.map(({ loudness }) => loudness)].sort((a, b) => a - b));
  expect(new Set(calls.map(({ loudness }) => loudness)).size).toBe(4);
  expect(emphasis(50)).toEqual(emphasis(3));
  // Half of what a device can do.
  expect(emphasis(50).loudness).toBeLessThan(0.5);
});
