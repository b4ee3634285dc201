// The rows of a conversation: days, messages, changes, and where the unread begins.
import type { Entry, VisibleEntry } from '@/api/types';
import { isSaid, isVisible } from '@/components/entries/kinds';
import { dayOf } from '@/components/time';
import type { OutgoingMessage } from './outbox';

export type ThreadRow =
  | { type: 'day'; key: string; day: string }
  | { type: 'new'; key: string }
  | { type: 'message'; key: string; entry: VisibleEntry; continues: boolean }
  | { type: 'change'; key: string; entry: VisibleEntry }
  | { type: 'outgoing'; key: string; message: OutgoingMessage };

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
    const date = new Date(entry.created_at).toDateString();
    if (date !== day) {
      day = date;
      rows.push({ type: 'day', key: `day-${entry.seq}`, day: dayOf(entry.created_at) });
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

/** Messages on their way stand at the end. */
export function outgoingRows(messages: OutgoingMessage[]): ThreadRow[] {
  return messages.map((message) => ({ type: 'outgoing', key: message.clientId, message }));
}

function standTogether(a: VisibleEntry, b: VisibleEntry): boolean {
  const kinds = a.kind === 'note' === (b.kind === 'note');
  return kinds && a.actor.id === b.actor.id && Date.parse(b.created_at) - Date.parse(a.created_at) < TOGETHER_MS;
}
