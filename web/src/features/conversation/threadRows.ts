// The rows of a conversation: days, messages, changes, and where the unread begins.
import type { Entry, VisibleEntry } from '@/api/types';
import { isSaid, isVisible } from '@/components/entries/kinds';
import { dayOf } from '@/components/time';
import type { OutgoingMessage } from './outbox';

export type ThreadRow =
  | { type: 'day'; key: string; day: string }
  | { type: 'new'; key: string }
  | { type: 'change'; key: string; entry: VisibleEntry }
  | SaidRow;

/** Said, or about to be. `continues`: the one above is of the same person, moments before. */
export type SaidRow =
  | { type: 'message'; key: string; entry: VisibleEntry; continues: boolean }
  | { type: 'outgoing'; key: string; message: OutgoingMessage; continues: boolean };

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
    const continues = isMessage && before !== null && standTogether(saidIn(before), saidIn(entry));
    // One's own is the row that it was on its way.
    const isOwn = entry.actor.id === userId;
    const key = isOwn && entry.client_id !== null ? entry.client_id : `entry-${entry.seq}`;
    rows.push(isMessage ? { type: 'message', key, entry, continues } : { type: 'change', key, entry });
    before = isMessage ? entry : null;
  }
  return rows;
}

/** Messages on their way stand at the end, `before` them the rows of the entries. */
export function outgoingRows(messages: OutgoingMessage[], before: ThreadRow[], userId: number): ThreadRow[] {
  const last = before.at(-1);
  let above = last?.type === 'message' ? saidIn(last.entry) : null;
  return messages.map((message) => {
    const said = { isNote: message.kind === 'note', by: userId, at: message.writtenAt };
    const continues = above !== null && standTogether(above, said);
    above = said;
    return { type: 'outgoing', key: message.clientId, message, continues };
  });
}

interface Said {
  isNote: boolean;
  by: number;
  at: string;
}

function saidIn({ kind, actor, created_at }: VisibleEntry): Said {
  return { isNote: kind === 'note', by: actor.id, at: created_at };
}

function standTogether(a: Said, b: Said): boolean {
  return a.isNote === b.isNote && a.by === b.by && Date.parse(b.at) - Date.parse(a.at) < TOGETHER_MS;
}
