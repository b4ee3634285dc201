import { expect, it } from 'vitest';
import { signedOut } from '@/api/sessionSlice';
import { connected } from '@/realtime/events';
import { entry, welcome } from '@/testing/examples';
import {
  messageRefused,
  messageRetried,
  messagesArrived,
  messageSentAnyway,
  messageWritten,
  outboxReducer,
  outboxRestored,
  selectUnsentCount,
  sendingPostponed,
  sendingStarted,
} from './outbox';

function written(...bodies: string[]) {
  return bodies.reduce(
    (outbox, body) => outboxReducer(outbox, messageWritten({ ticketId: 5, kind: 'message', body, seenSeq: 3 })),
    outboxReducer(undefined, { type: 'start' }),
  );
}
const firstId = (outbox: ReturnType<typeof outboxReducer>) => outbox.messages[0]?.clientId ?? '';

it('gives each message an id of its own, which a retry keeps', () => {
  const outbox = written('a', 'b');
  const [a, b] = outbox.messages.map(({ clientId }) => clientId);
  expect(a).not.toBe(b);
  const refused = outboxReducer(outbox, messageRefused({ clientId: firstId(outbox), reason: 'internal', missed: [] }));
  expect(refused.messages[0]).toMatchObject({ state: 'failed', reason: 'internal' });
  const retried = outboxReducer(refused, messageRetried(firstId(refused)));
  expect(retried.messages[0]).toMatchObject({ clientId: a, state: 'queued', reason: null });
});

it('sends again what waits, when the connection is back', () => {
  const outbox = written('a');
  const waiting = outboxReducer(outbox, sendingPostponed(firstId(outbox)));
  expect(selectUnsentCount({ outbox: waiting })).toBe(1);
  expect(outboxReducer(waiting, connected(welcome(1))).messages[0]?.state).toBe('queued');
});

it('lets go of a message once its entry is there', () => {
  const outbox = written('a', 'b');
  const left = outboxReducer(outbox, messagesArrived([firstId(outbox)]));
  expect(left.messages.map(({ body }) => body)).toEqual(['b']);
});

it('takes up what an earlier life of the page left, with the same ids', () => {
  const before = written('a');
  const left = outboxReducer(before, sendingStarted(firstId(before))).messages;
  const restored = outboxReducer(undefined, outboxRestored(left));
  expect(restored.messages[0]).toMatchObject({ clientId: firstId(before), state: 'queued' });
});

it('takes up what is left in the order in which it was written, also what is older than its own', () => {
  const [first, second, third] = ['1', '2', '3'].map((minute) =>
    written(minute).messages.map((message) => ({ ...message, writtenAt: `2026-01-31T09:0${minute}:00.000Z` })),
  );
  const own = outboxReducer(undefined, outboxRestored(second ?? []));
  const all = outboxReducer(own, outboxRestored([...(third ?? []), ...(first ?? [])]));
  expect(all.messages.map(({ body }) => body)).toEqual(['1', '2', '3']);
});

it('stays as it is when nothing is left that it does not have', () => {
  const outbox = written('a');
  expect(outboxReducer(outbox, outboxRestored(outbox.messages))).toBe(outbox);
});

it('keeps with a stale message what its author missed, also over a reload', () => {
  const outbox = written('a');
  const missed = [entry(4), entry(5)];
  const stale = outboxReducer(outbox, messageRefused({ clientId: firstId(outbox), reason: 'stale', missed }));
  const restored = outboxReducer(undefined, outboxRestored(stale.messages));
  expect(restored.messages[0]).toMatchObject({ state: 'failed', reason: 'stale', missed });
});

it('sends a stale message anyway with the same id, as of what its author has read by now', () => {
  const outbox = written('a');
  const clientId = firstId(outbox);
  const stale = outboxReducer(outbox, messageRefused({ clientId, reason: 'stale', missed: [entry(4)] }));
  const again = outboxReducer(stale, messageSentAnyway({ clientId, seenSeq: 4 }));
  expect(again.messages).toEqual([{ ...outbox.messages[0], seenSeq: 4 }]);
});

it('keeps nothing for the next person', () => {
  expect(outboxReducer(written('a'), signedOut()).messages).toEqual([]);
});
