import { expect, it } from 'vitest';
import { setupToken } from './setupToken';

it.each([
  ['#token=abc', '', 'abc'],
  ['', '?token=abc', 'abc'],
  ['#token=fragment', '?token=query', 'fragment'],
  ['', '', null],
])('reads %j and %j as %j', (hash, search, token) => {
  expect(setupToken({ hash, search })).toBe(token);
});
