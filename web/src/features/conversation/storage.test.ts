import { beforeEach, expect, it, vi } from 'vitest';
import { fakeStorage } from '@/testing/fakeStorage';
import { forgetKept, keepDraft, keepOutbox, keptDraft, keptOutbox } from './storage';

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage());
  vi.stubGlobal('sessionStorage', fakeStorage());
});

const WAITING = { clientId: 'a', ticketId: 7, body: 'Hi', kind: 'message', state: 'waiting' } as never;

it('forgets everything of who signs out, and nothing of others', () => {
  for (const user of [1, 11]) {
    keepDraft(user, 7, 'Dear');
    keepDraft(user, 8, 'Hello');
    keepOutbox(user, [WAITING]);
  }
  forgetKept(1);
  expect([keptDraft(1, 7), keptDraft(1, 8), keptOutbox(1)]).toEqual(['', '', []]);
  expect([keptDraft(11, 7), keptDraft(11, 8), keptOutbox(11)]).toEqual(['Dear', 'Hello', [WAITING]]);
});

it('works where storage is forbidden', () => {
  vi.stubGlobal('localStorage', undefined);
  vi.stubGlobal('sessionStorage', undefined);
  forgetKept(1);
  expect(keptDraft(1, 7)).toBe('');
});
