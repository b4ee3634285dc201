// What neither a reload nor a closed tab may lose: drafts, and messages on their way. Kept for each user apart.
import type { Entry, MessageKind } from '@/api/types';
import { forEver, keep, kept, keptJson, keptKeys } from '@/components/kept';
import { isEither, isListOf, isNull, isNumber, isOneOf, isShaped, isText, type Shape } from '@/components/shape';
import type { Drafts } from './drafts';
import type { OutgoingMessage } from './outbox';

/** A reply and a note are apart also here: what was written as a note must never come back as a reply. */
const draftKey = (userId: number, ticketId: number, kind: MessageKind) => `${draftsOf(userId)}${ticketId}.${kind}`;
const lastKindKey = (userId: number, ticketId: number) => `${draftsOf(userId)}${ticketId}.kind`;
const draftsOf = (userId: number) => `deskwire.draft.${userId}.`;
/** One for each message, so that tabs do not overwrite each other's. */
const outgoingKey = (userId: number, clientId: string) => `${outboxOf(userId)}${clientId}`;
const outboxOf = (userId: number) => `deskwire.outbox.${userId}.`;

/** What was not sent for longer than this is not sent unasked: the conversation may have gone on without it. */
const SENT_UNASKED_MS = 7 * 24 * 60 * 60 * 1_000;

export function keptDrafts(userId: number, ticketId: number): Drafts {
  const draft = (kind: MessageKind) => kept(forEver, draftKey(userId, ticketId, kind)) ?? '';
  return { message: draft('message'), note: draft('note') };
}

export function keepDraft(userId: number, ticketId: number, kind: MessageKind, text: string): void {
  keep(forEver, draftKey(userId, ticketId, kind), text === '' ? null : text);
}

/** What was written last in this ticket. */
export function keptKind(userId: number, ticketId: number): MessageKind {
  return kept(forEver, lastKindKey(userId, ticketId)) === 'note' ? 'note' : 'message';
}

export function keepKind(userId: number, ticketId: number, kind: MessageKind): void {
  keep(forEver, lastKindKey(userId, ticketId), kind === 'note' ? kind : null);
}

/** In no particular order. */
export function keptOutbox(userId: number): OutgoingMessage[] {
  return keptKeys(forEver, outboxOf(userId))
    .map((key) => keptJson(forEver, key))
    .filter(isOutgoing)
    .map((message) => (isOld(message) ? { ...message, state: 'failed', reason: message.reason ?? 'no_answer' } : message));
}

function isOld({ writtenAt }: OutgoingMessage): boolean {
  return Date.now() - Date.parse(writtenAt) > SENT_UNASKED_MS;
}

/** Follows a change of this tab's outbox, and leaves alone what other tabs have kept. */
export function keepOutbox(userId: number, messages: OutgoingMessage[], before: OutgoingMessage[]): void {
  const unsent = messages.filter(({ state }) => state !== 'sent');
  const ids = new Set(unsent.map(({ clientId }) => clientId));
  for (const { clientId } of before) {
    if (!ids.has(clientId)) keep(forEver, outgoingKey(userId, clientId), null);
  }
  for (const message of unsent) {
    if (!before.includes(message)) keep(forEver, outgoingKey(userId, message.clientId), JSON.stringify(message));
  }
}

/** Calls the listener with the client id of each message that another tab has kept no longer. Returns what ends that. */
export function onForgottenElsewhere(userId: number, listener: (clientId: string) => void): () => void {
  const prefix = outboxOf(userId);
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (newValue === null && key?.startsWith(prefix)) listener(key.slice(prefix.length));
  };
  addEventListener('storage', onStorage);
  return () => removeEventListener('storage', onStorage);
}

/** Who signs out leaves nothing behind for the next person at this device. */
export function forgetKept(userId: number): void {
  const keys = [draftsOf(userId), outboxOf(userId)].flatMap((prefix) => keptKeys(forEver, prefix));
  keys.forEach((key) => keep(forEver, key, null));
}

/** As much of an entry as is shown of one that was missed. */
const isMissed = isEither(
  isShaped({ seq: isNumber, kind: isOneOf(['hidden'] as const) }),
  isShaped({ seq: isNumber, kind: isText, actor: isShaped({ id: isNumber, name: isText }) }),
);

const OUTGOING: Shape<OutgoingMessage> = {
  clientId: isText,
  ticketId: isNumber,
  kind: isOneOf(['message', 'note'] as const),
  body: isText,
  writtenAt: isText,
  seenSeq: isEither(isNumber, isNull),
  state: isOneOf(['queued', 'sending', 'waiting', 'sent', 'failed'] as const),
  reason: isEither(isText, isNull) as Shape<OutgoingMessage>['reason'],
  missed: isListOf(isMissed) as unknown as Shape<{ missed: Entry[] }>['missed'],
};
const isOutgoing = isShaped(OUTGOING);
