// What a reload must not lose: drafts, and messages on their way. Kept for each user apart.
import type { Entry, MessageKind } from '@/api/types';
import { forEver, forTheTab, keep, kept, keptJson, keptKeys } from '@/components/kept';
import { isEither, isListOf, isNull, isNumber, isOneOf, isShaped, isText, type Shape } from '@/components/shape';
import type { Drafts } from './drafts';
import type { OutgoingMessage } from './outbox';

/** A reply and a note are apart also here: what was written as a note must never come back as a reply. */
const draftKey = (userId: number, ticketId: number, kind: MessageKind) => `${draftsOf(userId)}${ticketId}.${kind}`;
const lastKindKey = (userId: number, ticketId: number) => `${draftsOf(userId)}${ticketId}.kind`;
const draftsOf = (userId: number) => `deskwire.draft.${userId}.`;
const outboxKey = (userId: number) => `deskwire.outbox.${userId}`;

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

export function keptOutbox(userId: number): OutgoingMessage[] {
  const messages = keptJson(forTheTab, outboxKey(userId));
  return Array.isArray(messages) ? messages.filter(isOutgoing) : [];
}

export function keepOutbox(userId: number, messages: OutgoingMessage[]): void {
  const unsent = messages.filter(({ state }) => state !== 'sent');
  keep(forTheTab, outboxKey(userId), unsent.length === 0 ? null : JSON.stringify(unsent));
}

/** Who signs out leaves nothing behind for the next person at this device. */
export function forgetKept(userId: number): void {
  keep(forTheTab, outboxKey(userId), null);
  keptKeys(forEver, draftsOf(userId)).forEach((key) => keep(forEver, key, null));
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
