import { beforeEach, expect, it, vi } from 'vitest';
import { entry } from '@/testing/examples';
import { fakeStorage } from '@/testing/fakeStorage';
import type { OutgoingMessage } from './outbox';
import { forgetKept, keepDraft, keepKind, keepOutbox, keptDrafts, keptKind, keptOutbox } from './storage';

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage());
});

const NOTHING = { message: '', note: '' };
const WAITING: OutgoingMessage = {
  clientId: 'a',
  ticketId: 7,
  body: 'Hi',
  kind: 'message',
  writtenAt: new Date().toISOString(),
  seenSeq: null,
  state: 'waiting',
  reason: null,
  missed: [],
};
const STALE: OutgoingMessage = {
  ...WAITING,
  clientId: 'b',
  seenSeq: 3,
  state: 'failed',
  reason: 'stale',
  missed: [entry(4), { seq: 5, kind: 'hidden' }],
};

const DAY_MS = 24 * 60 * 60 * 1_000;
const writtenBefore = (ms: number) => ({ ...WAITING, writtenAt: new Date(Date.now() - ms).toISOString() });

it('keeps replies and notes apart, for each ticket', () => {
  keepDraft(1, 7, 'note', 'Between us');
  expect(keptDrafts(1, 7)).toEqual({ message: '', note: 'Between us' });
  keepDraft(1, 7, 'message', 'Dear');
  keepDraft(1, 7, 'note', '');
  expect(keptDrafts(1, 7)).toEqual({ message: 'Dear', note: '' });
  expect(keptDrafts(1, 70)).toEqual(NOTHING);
});

it('brings no draft back as a reply that was kept without its kind', () => {
  localStorage.setItem('deskwire.draft.1.7', 'Who knows what this was');
  expect(keptDrafts(1, 7)).toEqual(NOTHING);
  forgetKept(1);
  expect(Object.keys(localStorage)).toEqual([]);
});

it('knows which kind was written last', () => {
  expect(keptKind(1, 7)).toBe('message');
  keepKind(1, 7, 'note');
  expect([keptKind(1, 7), keptKind(1, 8)]).toEqual(['note', 'message']);
  keepKind(1, 7, 'message');
  expect(keptKind(1, 7)).toBe('message');
});

it('forgets everything of who signs out, and nothing of others', () => {
  for (const user of [1, 11]) {
    keepDraft(user, 7, 'message', 'Dear');
    keepDraft(user, 8, 'note', 'Hello');
    keepKind(user, 8, 'note');
    keepOutbox(user, [WAITING, STALE], []);
  }
  forgetKept(1);
  expect([keptDrafts(1, 7), keptDrafts(1, 8), keptKind(1, 8), keptOutbox(1)]).toEqual([NOTHING, NOTHING, 'message', []]);
  expect([keptDrafts(11, 7).message, keptDrafts(11, 8).note]).toEqual(['Dear', 'Hello']);
  expect([keptKind(11, 8), keptOutbox(11)]).toEqual(['note', [WAITING, STALE]]);
});

it('keeps each message for itself, and leaves alone those of other tabs', () => {
  keepOutbox(1, [WAITING], []);
  keepOutbox(1, [STALE], []);
  expect(keptOutbox(1)).toEqual([WAITING, STALE]);
  keepOutbox(1, [], [WAITING]);
  expect(keptOutbox(1)).toEqual([STALE]);
});

it('keeps a message until it is acknowledged, as it stands', () => {
  const failed: OutgoingMessage = { ...WAITING, state: 'failed', reason: 'ticket_closed' };
  keepOutbox(1, [WAITING], []);
  keepOutbox(1, [failed], [WAITING]);
  expect(keptOutbox(1)).toEqual([failed]);
  keepOutbox(1, [{ ...WAITING, state: 'sent' }], [failed]);
  expect(Object.keys(localStorage)).toEqual([]);
});

it('does not write again what has not changed: another tab may have deleted it', () => {
  keepOutbox(1, [WAITING], []);
  localStorage.removeItem('deskwire.outbox.1.a');
  keepOutbox(1, [WAITING, STALE], [WAITING]);
  expect(keptOutbox(1)).toEqual([STALE]);
});

it('has what is older than a week sent by its author only', () => {
  const old = writtenBefore(8 * DAY_MS);
  keepOutbox(1, [old], []);
  expect(keptOutbox(1)).toEqual([{ ...old, state: 'failed', reason: 'no_answer' }]);
  const younger = writtenBefore(6 * DAY_MS);
  keepOutbox(1, [younger], []);
  expect(keptOutbox(1)).toEqual([younger]);
});

it.each(['null', '{}', '7', 'not JSON', '[]'])('takes %s for no message', (text) => {
  localStorage.setItem('deskwire.outbox.1.a', text);
  expect(keptOutbox(1)).toEqual([]);
});

it('reads the messages it has kept, and passes by those that are broken', () => {
  const broken = [
    { ...WAITING, body: undefined },
    { ...WAITING, state: 'flying' },
    { ...STALE, missed: null },
    { ...STALE, missed: [{ seq: 4, kind: 'message' }] },
  ];
  [WAITING, ...broken, STALE].forEach((message, index) => {
    localStorage.setItem(`deskwire.outbox.1.${index}`, JSON.stringify(message));
  });
  expect(keptOutbox(1)).toEqual([WAITING, STALE]);
});

it('works where storage is forbidden', () => {
  vi.stubGlobal('localStorage', undefined);
  keepDraft(1, 7, 'message', 'Dear');
  keepOutbox(1, [WAITING], []);
  forgetKept(1);
  expect([keptDrafts(1, 7), keptOutbox(1)]).toEqual([NOTHING, []]);
});
