import { describe, expect, it, vi } from 'vitest';
import type { Failure } from '@/api/failure';
import type { Entry } from '@/api/types';
import { CommandRefused, ReplyLost } from '@/realtime/replies';
import { entry } from '@/testing/examples';
import { deliver, due } from './courier';
import type { OutgoingMessage } from './outbox';

function message(clientId: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return { clientId, ticketId: 5, kind: 'message', body: clientId, writtenAt: '', seenSeq: null, state: 'queued', reason: null, missed: [], ...more };
}

const failure = (code: Failure['code']): Failure => ({
  code,
  status: null,
  detail: null,
  fields: [],
  missed: null,
  retryAfterSeconds: null,
  requestId: null,
});

function refused(code: 'not_joined' | 'ticket_closed' | 'rate_limited' | 'stale', missed: Entry[] | null = null) {
  return new CommandRefused({ type: 'error', id: 1, code, detail: '', retry_after_ms: null, missed });
}

function ways({ isIn = true, reply = Promise.resolve({}) as Promise<unknown>, answer = null as Failure | null } = {}) {
  return { socket: { isIn: () => isIn, request: vi.fn(() => reply) }, post: vi.fn(() => Promise.resolve(answer)) };
}

describe('whose turn it is', () => {
  it('is the first of each ticket', () => {
    const messages = [message('a'), message('b'), message('c', { ticketId: 6 })];
    expect(due(messages).map(({ clientId }) => clientId)).toEqual(['a', 'c']);
  });

  it('is nobody while the one before is under way or waits', () => {
    expect(due([message('a', { state: 'sending' }), message('b')])).toEqual([]);
    expect(due([message('a', { state: 'waiting' }), message('b')])).toEqual([]);
  });

  it('passes by what was sent and what failed', () => {
    expect(due([message('a', { state: 'failed' }), message('b', { state: 'sent' }), message('c')])).toHaveLength(1);
  });
});

describe('delivery', () => {
  it('goes over the socket when it is in the ticket', async () => {
    const by = ways();
    expect(await deliver(message('a'), by)).toEqual({ state: 'sent', over: 'socket' });
    expect(by.socket.request).toHaveBeenCalledWith({
      type: 'message.send',
      client_id: 'a',
      body: 'a',
      kind: 'message',
      seen_seq: null,
    });
    expect(by.post).not.toHaveBeenCalled();
  });

  it('goes over HTTP otherwise', async () => {
    const by = ways({ isIn: false });
    expect(await deliver(message('a'), by)).toEqual({ state: 'sent', over: 'http' });
    expect(by.socket.request).not.toHaveBeenCalled();
  });

  it('takes the other way when the socket has left the ticket', async () => {
    const by = ways({ reply: Promise.reject(refused('not_joined')) });
    expect(await deliver(message('a'), by)).toEqual({ state: 'sent', over: 'http' });
  });

  it('waits when the outcome is not known: the client id makes the next try safe', async () => {
    expect(await deliver(message('a'), ways({ reply: Promise.reject(new ReplyLost()) }))).toEqual({ state: 'waiting' });
    expect(await deliver(message('a'), ways({ isIn: false, answer: failure('no_answer') }))).toEqual({ state: 'waiting' });
    expect(await deliver(message('a'), ways({ reply: Promise.reject(refused('rate_limited')) }))).toEqual({
      state: 'waiting',
    });
  });

  it('fails when the server says no', async () => {
    const expected = { state: 'failed', reason: 'ticket_closed', missed: [] };
    expect(await deliver(message('a'), ways({ reply: Promise.reject(refused('ticket_closed')) }))).toEqual(expected);
    expect(await deliver(message('a'), ways({ isIn: false, answer: failure('ticket_closed') }))).toEqual(expected);
  });
  it('says up to where its author has read', async () => {
    const by = ways();
    await deliver(message('a', { seenSeq: 4 }), by);
    expect(by.socket.request).toHaveBeenCalledWith(expect.objectContaining({ seen_seq: 4 }));
  });

  it('fails with what the author missed, whichever way it went', async () => {
    const missed = [entry(5), entry(6)];
    const expected = { state: 'failed', reason: 'stale', missed };
    expect(await deliver(message('a'), ways({ reply: Promise.reject(refused('stale', missed)) }))).toEqual(expected);
    const answer = { ...failure('stale'), missed };
    expect(await deliver(message('a'), ways({ isIn: false, answer }))).toEqual(expected);
  });
});
