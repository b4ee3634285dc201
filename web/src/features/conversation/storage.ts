// What a reload must not lose: drafts, and messages on their way. Kept for each user apart.
import type { OutgoingMessage } from './outbox';

const draftKey = (userId: number, ticketId: number | '') => `deskwire.draft.${userId}.${ticketId}`;
const outboxKey = (userId: number) => `deskwire.outbox.${userId}`;

export function keptDraft(userId: number, ticketId: number): string {
  return read(() => localStorage, draftKey(userId, ticketId)) ?? '';
}

export function keepDraft(userId: number, ticketId: number, text: string): void {
  write(() => localStorage, draftKey(userId, ticketId), text === '' ? null : text);
}

export function keptOutbox(userId: number): OutgoingMessage[] {
  try {
    return JSON.parse(read(() => sessionStorage, outboxKey(userId)) ?? '[]') as OutgoingMessage[];
  } catch {
    return [];
  }
}

export function keepOutbox(userId: number, messages: OutgoingMessage[]): void {
  const unsent = messages.filter(({ state }) => state !== 'sent');
  write(() => sessionStorage, outboxKey(userId), unsent.length === 0 ? null : JSON.stringify(unsent));
}

/** Who signs out leaves nothing behind for the next person at this device. */
export function forgetKept(userId: number): void {
  write(() => sessionStorage, outboxKey(userId), null);
  for (const key of keys(() => localStorage)) {
    if (key.startsWith(draftKey(userId, ''))) write(() => localStorage, key, null);
  }
}

/** Browsers may forbid storage or have it full: then nothing is kept, and all else works. */
function read(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

function keys(storage: () => Storage): string[] {
  try {
    return Object.keys(storage());
  } catch {
    return [];
  }
}

function write(storage: () => Storage, key: string, text: string | null): void {
  try {
    if (text === null) storage().removeItem(key);
    else storage().setItem(key, text);
  } catch {
    // See above.
  }
}
