import { expect, it } from 'vitest';
import { notification } from './example';
import { pathOf } from './paths';

const PATHS = { ticket: (id: number) => `/tickets/${id}`, devices: '/account#devices' };

it.each([
  ['a ticket to the ticket', notification(1), '/tickets/5'],
  ['a session to the devices', notification(1, { kind: 'session_reused', ticket: null }), '/account#devices'],
  ['a ticket that is gone nowhere', notification(1, { ticket: null }), null],
])('leads for %s', (_name, told, path) => {
  expect(pathOf(told, PATHS)).toBe(path);
});
