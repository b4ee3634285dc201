import { expect, it } from 'vitest';
import { secondsLeft, waitText } from './waitText';

it.each([
  [1, '1 second'],
  [45, '45 seconds'],
  [99, '99 seconds'],
  [100, '2 minutes'],
  [3600, '60 minutes'],
])('says %i seconds as %j', (seconds, words) => {
  expect(waitText(seconds)).toBe(words);
});

it('counts begun seconds, and nothing below 0', () => {
  expect(secondsLeft(10_500, 10_000)).toBe(1);
  expect(secondsLeft(10_000, 10_000)).toBe(0);
  expect(secondsLeft(10_000, 99_000)).toBe(0);
});
