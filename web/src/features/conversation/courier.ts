// Delivers written messages: in order for each ticket, over the socket when it is in that ticket, else over HTTP.
import type { Failure } from '@/api/failure';
import { isPassing } from '@/api/failure';
import type { Command, Entry } from '@/api/types';
import { CommandRefused } from '@/realtime/replies';
import type { OutgoingMessage } from './outbox';

interface Ways {
  socket: {
    isIn: (ticketId: number) => boolean;
    request: (command: Command) => Promise<unknown>;
  };
  /** Sends over HTTP; null is success. */
  post: (message: OutgoingMessage) => Promise<Failure | null>;
}

export type Delivery =
  | { state: 'sent'; over: 'socket' | 'http' }
  | { state: 'waiting' }
  | { state: 'failed'; reason: Failure['code']; missed: Entry[] };

/** The messages whose turn it is: the first of each ticket that is neither sent nor failed, if it is queued. */
export function due(messages: OutgoingMessage[]): OutgoingMessage[] {
  const first = new Map<number, OutgoingMessage>();
  for (const message of messages) {
    const isOpen = message.state !== 'sent' && message.state !== 'failed';
    if (isOpen && !first.has(message.ticketId)) first.set(message.ticketId, message);
  }
  return [...first.values()].filter(({ state }) => state === 'queued');
}

/** Tries once to deliver a message. The client id makes it safe to try again when the outcome is not known. */
export async function deliver(message: OutgoingMessage, { socket, post }: Ways): Promise<Delivery> {
  if (socket.isIn(message.ticketId)) {
    const outcome = await deliverOverSocket(message, socket);
    if (outcome !== 'not_joined') return outcome;
  }
  const failure = await post(message);
  if (!failure) return { state: 'sent', over: 'http' };
  return isPassing(failure) ? { state: 'waiting' } : failed(failure);
}

async function deliverOverSocket(message: OutgoingMessage, socket: Ways['socket']): Promise<Delivery | 'not_joined'> {
  const { clientId: client_id, body, kind, seenSeq: seen_seq } = message;
  try {
    await socket.request({ type: 'message.send', client_id, body, kind, seen_seq });
    return { state: 'sent', over: 'socket' };
  } catch (error) {
    if (!(error instanceof CommandRefused)) return { state: 'waiting' };
    if (error.code === 'not_joined') return 'not_joined';
    const passing = ['rate_limited', 'unavailable', 'internal'].includes(error.code);
    return passing ? { state: 'waiting' } : failed(error);
  }
}

function failed({ code, missed }: Pick<Failure, 'code' | 'missed'>): Delivery {
  return { state: 'failed', reason: code, missed: missed ?? [] };
}
