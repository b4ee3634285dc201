// What a reload must not lose: a new ticket that is being written, and tickets about to be closed. For each user apart.
import { forEver, forTheTab, keep, keptJson, keptKeys } from '@/components/kept';
import { isNumber, isShaped, isText } from '@/components/shape';

/** Ends with the number of the ticket that the new one follows, if any. */
const newTicketKey = (userId: number, follows: number | 'none' | '') => `deskwire.newTicket.${userId}.${follows}`;
/** Of staff's one for a customer. */
const onBehalfKey = (userId: number) => `${newTicketKey(userId, '')}onBehalf`;
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

export interface KeptDraft<Values> {
  values: Values;
  /** The same content keeps its id, so that a second try after a lost answer opens no second ticket. */
  clientId: string;
}

export interface NewTicketValues extends Record<string, string> {
  title: string;
  description: string;
  category_id: string;
  priority: string;
}

export interface OnBehalfValues extends NewTicketValues {
  requester_id: string;
}

export type NewTicketDraft = KeptDraft<NewTicketValues>;
export type OnBehalfDraft = KeptDraft<OnBehalfValues>;

const isCloseWish = isShaped<CloseWish>({ id: isNumber, clientId: isText, seenSeq: isNumber, dueAt: isNumber });
const newTicketShape = { title: isText, description: isText, category_id: isText, priority: isText };
const isNewTicketDraft = isShaped<NewTicketDraft>({ values: isShaped<NewTicketValues>(newTicketShape), clientId: isText });
const isOnBehalfDraft = isShaped<OnBehalfDraft>({
  values: isShaped<OnBehalfValues>({ ...newTicketShape, requester_id: isText }),
  clientId: isText,
});

export function keptNewTicket(userId: number, follows: number | null): NewTicketDraft | null {
  const draft = keptJson(forEver, newTicketKey(userId, follows ?? 'none'));
  return isNewTicketDraft(draft) ? draft : null;
}

export function keepNewTicket(userId: number, follows: number | null, draft: NewTicketDraft | null): void {
  keep(forEver, newTicketKey(userId, follows ?? 'none'), draft && JSON.stringify(draft));
}

export function keptOnBehalf(userId: number): OnBehalfDraft | null {
  const draft = keptJson(forEver, onBehalfKey(userId));
  return isOnBehalfDraft(draft) ? draft : null;
}

export function keepOnBehalf(userId: number, draft: OnBehalfDraft | null): void {
  keep(forEver, onBehalfKey(userId), draft && JSON.stringify(draft));
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
