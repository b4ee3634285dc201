import { expect, it } from 'vitest';
import { linkToken } from './linkToken';

it.each([
  ['#token=abc', 'abc'],
  ['', null],
  ['#token=', null],
  ['#other=abc', null],
])('reads %j as %j', (hash, token) => {
  expect(linkToken({ hash })).toBe(token);
});
