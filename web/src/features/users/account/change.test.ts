import { expect, it } from 'vitest';
import type { Account } from '@/api/types';
import { i18next, needTexts } from '@/config/i18n';
import { CHANGES, changesOf, questionOf } from './change';

const CORA: Account = {
  id: 7,
  name: 'Cora',
  email: 'cora@example.org',
  role: 'user',
  disabled_at: null,
  created_at: '2026-01-31T09:15:00.000000Z',
};

it.each([
  [{}, ['promote', 'disable']],
  [{ role: 'admin' as const }, ['demote', 'disable']],
  [{ disabled_at: '2026-02-01T09:15:00.000000Z' }, ['promote', 'enable']],
])('offers what the account is not: %j', (more, changes) => {
  expect(changesOf({ ...CORA, ...more })).toEqual(changes);
});

it.each(CHANGES)('says what happens on %s', async (change) => {
  await needTexts('users');
  const { title, text, confirm } = questionOf(i18next.t, change, CORA, false);
  expect(title).toContain('Cora');
  expect(text).toMatch(/sign/);
  expect(confirm).not.toContain('users.');
});

it('warns whoever takes away their own rights, and nobody else', () => {
  const warned = (isOwn: boolean) => CHANGES.filter((change) => questionOf(i18next.t, change, CORA, isOwn).warning);
  expect(warned(true)).toEqual(['demote', 'disable']);
  expect(warned(false)).toEqual([]);
});
