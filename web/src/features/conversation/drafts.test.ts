import { expect, it } from 'vitest';
import { withTakenBack } from './drafts';

it('puts what is taken back below what was written since, of the same kind only', () => {
  const drafts = { message: 'Hello. \n', note: 'Between us: a difficult one.' };
  expect(withTakenBack(drafts, { kind: 'message', body: 'Restart it.' })).toBe('Hello.\n\nRestart it.');
  expect(withTakenBack(drafts, { kind: 'note', body: 'Call them.' })).toBe('Between us: a difficult one.\n\nCall them.');
  expect(withTakenBack({ ...drafts, message: ' \n' }, { kind: 'message', body: 'Restart it.' })).toBe('Restart it.');
});
