// What somebody has written of a new ticket, kept until it is opened.
import { newClientId } from '@/api/clientId';
import type { KeptDraft } from './storage';

export interface Draft<Values> {
  /** To begin with. */
  initial: Values;
  write: (values: Values) => void;
  /** The id that what is written is sent with: the same as long as nothing is changed. */
  clientId: () => string;
  forget: () => void;
}

interface Options<Values> {
  empty: Values;
  before: KeptDraft<Values> | null;
  keep: (draft: KeptDraft<Values> | null) => void;
}

export function draftOf<Values>({ empty, before, keep }: Options<Values>): Draft<Values> {
  let draft = before ?? { values: empty, clientId: newClientId() };
  const isSame = (one: Values, other: Values) => JSON.stringify(one) === JSON.stringify(other);
  return {
    initial: draft.values,
    write: (values) => {
      if (isSame(values, draft.values)) return;
      draft = { values, clientId: newClientId() };
      keep(isSame(values, empty) ? null : draft);
    },
    clientId: () => draft.clientId,
    forget: () => keep(null),
  };
}
