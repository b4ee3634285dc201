// What somebody has written of a new ticket, kept until it is opened.
import { newClientId } from '@/api/clientId';
import { keepNewTicket, keptNewTicket, type NewTicketDraft } from '@/features/tickets/storage';

export type NewTicketValues = NewTicketDraft['values'];

const EMPTY: NewTicketValues = { title: '', description: '', category_id: '', priority: 'normal' };

export interface Draft {
  /** To begin with. */
  initial: NewTicketValues;
  write: (values: NewTicketValues) => void;
  /** The id that what is written is sent with. */
  clientId: () => string;
  forget: () => void;
}

export function newTicketDraft(userId: number, follows: number | null): Draft {
  const before = keptNewTicket(userId, follows);
  let draft: NewTicketDraft = {
    values: before?.values ?? EMPTY,
    clientId: before?.clientId ?? newClientId(),
  };
  const isSame = (one: NewTicketValues, other: NewTicketValues) => JSON.stringify(one) === JSON.stringify(other);

  return {
    initial: draft.values,
    write: (values) => {
      if (isSame(values, draft.values)) return;
      draft = { values, clientId: newClientId() };
      keepNewTicket(userId, follows, isSame(values, EMPTY) ? null : draft);
    },
    clientId: () => draft.clientId,
    forget: () => keepNewTicket(userId, follows, null),
  };
}
