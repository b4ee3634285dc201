import { expect, it } from 'vitest';
import { inserted } from './useInsertion';

it.each([
  ['Hello !', 6, 6, 'Hello {{x}}!', 11],
  ['Hello you!', 6, 9, 'Hello {{x}}!', 11],
  ['', 0, 0, '{{x}}', 5],
])('puts a piece into %j from %d to %d', (before, from, to, text, cursor) => {
  expect(inserted(before, '{{x}}', from, to)).toEqual({ text, cursor });
});
