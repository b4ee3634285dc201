import { describe, expect, it } from 'vitest';
import { ADA, CORA, page, ticket } from '@/testing/examples';
import { inOrder, later, withFrame, withLiveFrames } from './freshness';

const at = (minute: number) => `2026-01-31T10:${String(minute).padStart(2, '0')}:00.000000Z`;

describe('an answer that was on its way', () => {
  it('does not undo a live frame', () => {
    const known = ticket(1, { head_seq: 5, status: 'closed' });
    expect(later(ticket(1, { head_seq: 4 }), known).status).toBe('closed');
    expect(later(ticket(1, { head_seq: 6 }), known).status).toBe('open');
  });

  it('does not lose a ticket that was opened meanwhile', () => {
    const known = new Map([[9, ticket(9, { updated_at: at(5) })]]);
    const answer = page([ticket(1, { updated_at: at(1) })]);
    expect(withLiveFrames(answer, known, true).items.map(({ id }) => id)).toEqual([9, 1]);
    expect(withLiveFrames(answer, known, false).items.map(({ id }) => id)).toEqual([1]);
  });

  it('does not bring back what has left the list', () => {
    const known = new Map([[9, ticket(9, { updated_at: at(0) })]]);
    expect(withLiveFrames(page([ticket(1, { updated_at: at(1) })]), known, true).items).toHaveLength(1);
  });
});

describe('a live frame', () => {
  const said = (author: typeof ADA, seq: number) => ({
    head_seq: seq,
    last_message: { seq, author, preview: 'Hi', created_at: at(1) },
  });

  it('counts what others said as unread', () => {
    const before = ticket(1, { unread: 2 });
    expect(withFrame(before, ticket(1, said(ADA, 2)), CORA.id).unread).toBe(3);
    expect(withFrame(before, ticket(1, said(CORA, 2)), CORA.id).unread).toBe(2);
  });

  it('does not count a change that is no message', () => {
    expect(withFrame(ticket(1, { unread: 2 }), ticket(1, { head_seq: 2, status: 'closed' }), ADA.id).unread).toBe(2);
  });

  it('of a new ticket is unread for staff', () => {
    expect(withFrame(undefined, ticket(1), ADA.id).unread).toBe(1);
  });
});

it('lists each ticket once, in its latest state, the latest change first', () => {
  const first = page([ticket(1, { head_seq: 3, updated_at: at(3) }), ticket(2, { updated_at: at(2) })]);
  const second = page([ticket(1, { head_seq: 1, updated_at: at(1) }), ticket(3, { updated_at: at(4) })]);
  expect(inOrder([first, second]).map(({ id, head_seq }) => [id, head_seq])).toEqual([
    [3, 1],
    [1, 3],
    [2, 1],
  ]);
});
