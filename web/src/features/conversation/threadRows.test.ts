import { describe, expect, it } from 'vitest';
import { ADA, CORA, entry } from '@/testing/examples';
import type { OutgoingMessage } from './outbox';
import { outgoingRows, threadRows } from './threadRows';

const at = (day: number, minute: number) => `2026-01-${day}T10:${String(minute).padStart(2, '0')}:00.000000Z`;
const reader = { userId: CORA.id, readSeq: 0 };
const typesOf = (rows: ReturnType<typeof threadRows>) => rows.map(({ type }) => type);

it('shows a day once, before its first entry', () => {
  const rows = threadRows(
    [entry(1, { created_at: at(10, 0) }), entry(2, { created_at: at(10, 1) }), entry(3, { created_at: at(11, 0) })],
    reader,
  );
  expect(typesOf(rows)).toEqual(['day', 'message', 'message', 'day', 'message']);
});

it('puts messages of one person close together, and notes apart', () => {
  const rows = threadRows(
    [
      entry(1, { actor: ADA, created_at: at(10, 0) }),
      entry(2, { actor: ADA, created_at: at(10, 1) }),
      entry(3, { actor: ADA, kind: 'note', created_at: at(10, 2) }),
      entry(4, { actor: ADA, kind: 'note', created_at: at(10, 30) }),
    ],
    reader,
  );
  expect(rows.flatMap((row) => (row.type === 'message' ? [row.continues] : []))).toEqual([false, true, false, false]);
});

it('marks where the unread of others begins', () => {
  const rows = threadRows(
    [entry(1, { actor: ADA }), entry(2, { actor: CORA }), entry(3, { actor: ADA }), entry(4, { actor: ADA })],
    { userId: CORA.id, readSeq: 1 },
  );
  expect(typesOf(rows)).toEqual(['day', 'message', 'message', 'new', 'message', 'message']);
});

it('leaves no trace of what is hidden', () => {
  const rows = threadRows([entry(1), { seq: 2, kind: 'hidden' }, entry(3)], reader);
  expect(rows.map(({ key }) => key)).toEqual(['day-1', 'entry-1', 'entry-3']);
});

describe('a message on its way', () => {
  const ID = '0b8f6c1e-6f0a-4f0e-9d54-3d2f0c1a7e55';
  const said = entry(2, { client_id: ID, created_at: at(10, 2) });
  const outgoing = (more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
    clientId: ID,
    ticketId: 5,
    kind: 'message',
    body: 'Hello',
    writtenAt: at(10, 2),
    seenSeq: null,
    state: 'sending',
    reason: null,
    missed: [],
    ...more,
  });
  const after = (entries: Parameters<typeof threadRows>[0], ...messages: OutgoingMessage[]) => {
    const before = threadRows(entries, reader);
    return [...before, ...outgoingRows(messages, before, CORA.id)];
  };
  const bubbles = (rows: ReturnType<typeof threadRows>) =>
    rows.flatMap((row) => (row.type === 'message' || row.type === 'outgoing' ? [[row.key, row.continues]] : []));

  it('is the same row once its entry is there, below the same name', () => {
    for (const first of [entry(1, { created_at: at(10, 1) }), entry(1, { actor: ADA, created_at: at(10, 1) })]) {
      expect(bubbles(after([first], outgoing()))).toEqual(bubbles(after([first, said])));
    }
  });

  it('stands together with those that were written with it, and apart from notes', () => {
    const rows = after([], outgoing(), outgoing({ clientId: 'b' }), outgoing({ clientId: 'c', kind: 'note' }));
    expect(bubbles(rows)).toEqual([
      [ID, false],
      ['b', true],
      ['c', false],
    ]);
  });

  it('takes no row from others, whose ids mean nothing here', () => {
    expect(bubbles(after([entry(2, { actor: ADA, client_id: ID })]))).toEqual([['entry-2', false]]);
  });
});
