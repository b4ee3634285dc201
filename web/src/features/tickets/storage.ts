// What a reload must not lose: a new ticket that is being written, and tickets about to be closed. For each user apart.
import { forEver, forTheTab, keep, keptJson, keptKeys } from '@/components/kept';
import { isNumber, isShaped, isText } from '@/components/shape';

/** Ends with the number of the ticket that the new one follows, if any. */
const newTicketKey = (userId: number, follows: number | 'none' | '') => `deskwire.newTicket.${userId}.${follows}`;
const closingKey = (userId: number, ticketId: number | '') => `deskwire.closing.${userId}.${ticketId}`;

/** A closing that waits for its time. */
export interface CloseWish {
  id: number;
  clientId: string;
  /** What its customer had seen. */
  seenSeq: number;
  /** When it is sent, in ms since the epoch. */
  dueAt: number;
}

export interface NewTicketDraft {
  values: { title: string; description: string; category_id: string; priority: string };
  /** The same content keeps its id, so that a second try after a lost answer opens no second ticket. */
  clientId: string;
}

const isCloseWish = isShaped<CloseWish>({ id: isNumber, clientId: isText, seenSeq: isNumber, dueAt: isNumber });
const isNewTicketDraft = isShaped<NewTicketDraft>({
  values: isShaped<NewTicketDraft['values']>({
    title: isText,
    description: isText,
    category_id: isText,
    priority: isText,
  }),
  clientId: isText,
});

export function keptNewTicket(userId: number, follows: number | null): NewTicketDraft | null {
  const draft = keptJson(forEver, newTicketKey(userId, follows ?? 'none'));
  return isNewTicketDraft(draft) ? draft : null;
}

export function keepNewTicket(userId: number, follows: number | null, draft: NewTicketDraft | null): void {
  keep(forEver, newTicketKey(userId, follows ?? 'none'), draft && JSON.stringify(draft));
}

export function keptClosings(userId: number): CloseWish[] {
  return keptKeys(forTheTab, closingKey(userId, ''))
    .map((key) => keptJson(forTheTab, key))
    .filter(isCloseWish);
}

export function keepClosing(userId: number, ticketId: number, wish: CloseWish | null): void {
  keep(forTheTab, closingKey(userId, ticketId), wish && JSON.stringify(wish));
}

/** Who signs out leaves nothing behind for the next person at this device. */
export function forgetKept(userId: number): void {
  for (const key of keptKeys(forEver, newTicketKey(userId, ''))) keep(forEver, key, null);
  for (const key of keptKeys(forTheTab, closingKey(userId, ''))) keep(forTheTab, key, null);
}
