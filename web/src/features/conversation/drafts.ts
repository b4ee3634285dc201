// What is being written in a ticket: a reply and a note, each apart from the other.
import type { MessageKind } from '@/api/types';

export type Drafts = Record<MessageKind, string>;

/** What was said, or tried to: taken back it goes where others of its kind are written. */
export interface TakenBack {
  kind: MessageKind;
  body: string;
}

/** The draft that takes it up, below what has been written since. */
export function withTakenBack(drafts: Drafts, { kind, body }: TakenBack): string {
  const written = drafts[kind];
  return written.trim() === '' ? body : `${written.trimEnd()}\n\n${body}`;
}
