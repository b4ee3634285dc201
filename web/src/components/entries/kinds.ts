// What an entry of a timeline is, to those who read it.
import type { Entry, VisibleEntry } from '@/api/types';

export function isVisible(entry: Entry): entry is VisibleEntry {
  return entry.kind !== 'hidden';
}

/** Written by a person: the description of the ticket, a message or a note. All else is a change. */
export function isSaid({ kind }: VisibleEntry): boolean {
  return kind === 'created' || kind === 'message' || kind === 'note';
}
