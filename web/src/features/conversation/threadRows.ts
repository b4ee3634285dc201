// The rows of a conversation: days, messages, changes, and where the unread begins.
import type { Entry, VisibleEntry } from '@/api/types';
import { dayOf } from '@/components/time';
import { isVisible } from './timeline';

export type ThreadRow =
  | { type: 'day'; key: string; day: string }
  | { type: 'new'; key: string }
  | { type: 'message'; key: string; entry: VisibleEntry; continues: boolean }
  | { type: 'change'; key: string; entry: VisibleEntry };

/** Messages of one person within this time stand together under one name. */
const TOGETHER_MS = 5 * 60_000;

interface Reader {
  userId: number;
  /** Seen up to here when the conversation was opened. */
  readSeq: number;
}

export function threadRows(entries: Entry[], { userId, readSeq }: Reader): ThreadRow[] {
  const rows: ThreadRow[] = [];
  let day = '';
  let before: VisibleEntry | null = null;
  let isNewShown = false;
  for (const entry of entries.filter(isVisible)) {
    if (dayOf(entry.created_at) !== day) {
      day = dayOf(entry.created_at);
      rows.push({ type: 'day', key: `day-${entry.seq}`, day });
      before = null;
    }
    if (!isNewShown && entry.seq > readSeq && entry.actor.id !== userId && readSeq > 0) {
      isNewShown = true;
      rows.push({ type: 'new', key: 'new' });
      before = null;
    }
    const isMessage = isSaid(entry);
    const continues = isMessage && before !== null && standTogether(before, entry);
    const key = `entry-${entry.seq}`;
    rows.push(isMessage ? { type: 'message', key, entry, continues } : { type: 'change', key, entry });
    before = isMessage ? entry : null;
  }
  return rows;
}

export function isSaid({ kind }: VisibleEntry): boolean {
  return kind === 'created' || kind === 'message' || kind === 'note';
}

function standTogether(a: VisibleEntry, b: VisibleEntry): boolean {
  const kinds = a.kind === 'note' === (b.kind === 'note');
  return kinds && a.actor.id === b.actor.id && Date.parse(b.created_at) - Date.parse(a.created_at) < TOGETHER_MS;
}
