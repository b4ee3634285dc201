import { expect, it } from 'vitest';
import { entry, ticket } from '@/testing/examples';
import {
  closeDropped,
  closeStarted,
  closeWished,
  closingReducer,
  insistingOn,
  UNDO_WITHIN_MS,
  wishToClose,
} from './closing';

const wish = wishToClose(ticket(5, { head_seq: 3 }));

it('wishes to close what was seen when the button was pressed, some seconds later', () => {
  expect(wish).toMatchObject({ id: 5, seenSeq: 3 });
  expect(wish.dueAt).toBeLessThanOrEqual(Date.now() + UNDO_WITHIN_MS);
});

it('insists at once, on the same wish, and has seen all that was missed', () => {
  const again = insistingOn(wish, [entry(4), entry(6)]);
  expect(again).toMatchObject({ id: 5, clientId: wish.clientId, seenSeq: 6 });
  expect(again.dueAt).toBeLessThanOrEqual(Date.now());
});

it('keeps a ticket from the wish to the end', () => {
  const waiting = closingReducer(undefined, closeWished(wish));
  expect(waiting[5]?.phase).toBe('waiting');
  const sending = closingReducer(waiting, closeStarted(wish));
  expect(sending[5]?.phase).toBe('sending');
  expect(closingReducer(sending, closeDropped(wish))).toEqual({});
});
