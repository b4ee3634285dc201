// A customer's new ticket, while it is being written.
import { type Draft, draftOf } from '@/features/tickets/draft';
import { keepNewTicket, keptNewTicket, type NewTicketValues } from '@/features/tickets/storage';

export type { NewTicketValues };

const EMPTY: NewTicketValues = { title: '', description: '', category_id: '', priority: 'normal' };

export function newTicketDraft(userId: number, follows: number | null): Draft<NewTicketValues> {
  return draftOf({
    empty: EMPTY,
    before: keptNewTicket(userId, follows),
    keep: (draft) => keepNewTicket(userId, follows, draft),
  });
}
