// What a reload must not lose: drafts, and messages on their way. Kept for each user apart.
import { forEver, forTheTab, keep, kept, keptKeys } from '@/components/kept';
import type { OutgoingMessage } from './outbox';

const draftKey = (userId: number, ticketId: number | '') => `deskwire.draft.${userId}.${ticketId}`;
const outboxKey = (userId: number) => `deskwire.outbox.${userId}`;

export function keptDraft(userId: number, ticketId: number): string {
  return kept(forEver, draftKey(userId, ticketId)) ?? '';
}

export function keepDraft(userId: number, ticketId: number, text: string): void {
  keep(forEver, draftKey(userId, ticketId), text === '' ? null : text);
}

export function keptOutbox(userId: number): OutgoingMessage[] {
  try {
    return JSON.parse(kept(forTheTab, outboxKey(userId)) ?? '[]') as OutgoingMessage[];
  } catch {
    return [];
  }
}

export function keepOutbox(userId: number, messages: OutgoingMessage[]): void {
  const unsent = messages.filter(({ state }) => state !== 'sent');
  keep(forTheTab, outboxKey(userId), unsent.length === 0 ? null : JSON.stringify(unsent));
}

/** Who signs out leaves nothing behind for the next person at this device. */
export function forgetKept(userId: number): void {
  keep(forTheTab, outboxKey(userId), null);
  keptKeys(forEver, draftKey(userId, '')).forEach((key) => keep(forEver, key, null));
}
