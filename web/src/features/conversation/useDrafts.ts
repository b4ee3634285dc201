// What is being written in a ticket, over reloads: for staff a reply and a note beside each other.
import { useState } from 'react';
import type { MessageKind } from '@/api/types';
import { type Drafts, type TakenBack, withTakenBack } from './drafts';
import { keepDraft, keepKind, keptDrafts, keptKind } from './storage';

export interface Writing {
  kind: MessageKind;
  text: string;
  choose: (kind: MessageKind) => void;
  write: (text: string) => void;
  /** Shows the text of what was taken back, below what has been written of its kind since. */
  takeBack: (taken: TakenBack) => void;
}

/** `only`: nothing else can be written. */
export function useDrafts(userId: number, ticketId: number, only: MessageKind | null): Writing {
  const [drafts, setDrafts] = useState<Drafts>(() => keptDrafts(userId, ticketId));
  const [chosen, setChosen] = useState<MessageKind>(() => keptKind(userId, ticketId));
  const kind = only ?? chosen;

  const choose = (next: MessageKind) => {
    setChosen(next);
    keepKind(userId, ticketId, next);
  };
  const writeTo = (of: MessageKind, text: string) => {
    setDrafts((before) => ({ ...before, [of]: text }));
    keepDraft(userId, ticketId, of, text);
  };
  const takeBack = (taken: TakenBack) => {
    choose(taken.kind);
    writeTo(taken.kind, withTakenBack(drafts, taken));
  };
  return { kind, text: drafts[kind], choose, write: (text) => writeTo(kind, text), takeBack };
}
