import { expect, it } from 'vitest';
import { ADA, CORA, entry } from '@/testing/examples';
import { threadRows } from './threadRows';

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
