// A ticket's timeline as far as it is loaded: entries by rising seq, without holes.
import type { Entry, FrameOf } from '@/api/types';
import { isVisible } from '@/components/entries/kinds';

export interface Timeline {
  entries: Entry[];
  /** Seq of the latest entry that the server spoke of. */
  head: number;
}

export function lastSeq({ entries }: Timeline): number | null {
  return entries.at(-1)?.seq ?? null;
}

/** The latest that somebody else said or did: one's own needs no reading. */
export function lastOfOthers({ entries }: Timeline, userId: number): number | null {
  return entries.findLast((entry) => isVisible(entry) && entry.actor.id !== userId)?.seq ?? null;
}

/** Both pieces as one; an entry that is in both is kept once. */
export function merged(entries: Entry[], more: Entry[]): Entry[] {
  const known = new Set(entries.map(({ seq }) => seq));
  const added = more.filter(({ seq }) => !known.has(seq));
  if (added.length === 0) return entries;
  return [...entries, ...added].sort((a, b) => a.seq - b.seq);
}

/** The timeline after the answer to a join. A snapshot that does not touch what is loaded replaces it. */
export function afterJoin(timeline: Timeline, { snapshot, entries, head }: FrameOf<'joined'>): Timeline {
  const start = entries[0]?.seq ?? head;
  const touches = start <= (lastSeq(timeline) ?? 0) + 1;
  return { head, entries: snapshot && !touches ? entries : merged(timeline.entries, entries) };
}
