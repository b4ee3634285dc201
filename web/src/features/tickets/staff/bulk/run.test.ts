import { describe, expect, it } from 'vitest';
import { ADA, ticket } from '@/testing/examples';
import { type BulkItem, type Outcome, runBulk, undoing, worthAnother } from './run';

const close = (id: number): BulkItem => ({ ticket: ticket(id), change: { field: 'status', to: 'closed' }, seenSeq: 1 });

describe('changing many tickets', () => {
  it('does a few at a time and tells of each', async () => {
    let atWork = 0;
    let most = 0;
    let told = 0;
    const work = async (item: BulkItem): Promise<Outcome> => {
      atWork += 1;
      most = Math.max(most, atWork);
      // Later ones are done sooner.
      for (let turn = item.ticket.id; turn < 12; turn += 1) await Promise.resolve();
      atWork -= 1;
      return item.ticket.id === 3 ? { item, ticket: null, failure: 'stale' } : { item, ticket: item.ticket };
    };
    const outcomes = await runBulk([1, 2, 3, 4, 5, 6, 7, 8, 9].map(close), work, () => (told += 1));
    expect(outcomes.map(({ item }) => item.ticket.id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(outcomes.filter((outcome) => outcome.ticket === null).map(({ item }) => item.ticket.id)).toEqual([3]);
    expect([most, told]).toEqual([4, 9]);
  });

  it('of none is done at once', async () => {
    expect(await runBulk([], () => Promise.reject(new Error('no work')), () => undefined)).toEqual([]);
  });
});

describe('undoing', () => {
  it('puts back what each was, as it is known now', () => {
    const assigned: BulkItem = {
      ticket: ticket(2, { assignee: ADA }),
      change: { field: 'assignee', to: null },
      seenSeq: 1,
    };
    const outcomes: Outcome[] = [
      { item: close(1), ticket: ticket(1, { status: 'closed', head_seq: 5 }) },
      { item: assigned, ticket: ticket(2, { head_seq: 7 }) },
      { item: close(3), ticket: null, failure: 'stale' },
    ];
    expect(undoing(outcomes).map(({ ticket: { id }, change, seenSeq }) => [id, change.to, seenSeq])).toEqual([
      [1, 'open', 5],
      [2, ADA.id, 7],
    ]);
  });

  it('leaves alone what was so before', () => {
    const item: BulkItem = { ticket: ticket(1), change: { field: 'priority', to: 'normal' }, seenSeq: 1 };
    expect(undoing([{ item, ticket: ticket(1) }])).toEqual([]);
  });
});

describe('trying again', () => {
  it('leaves alone what was changed, and what another try would not change', () => {
    const failure = { code: 'no_answer', status: null, detail: null, fields: [], missed: null };
    const outcomes: Outcome[] = [
      { item: close(1), ticket: ticket(1, { status: 'closed' }) },
      { item: close(2), ticket: null, failure },
      { item: close(3), ticket: null, failure: { ...failure, code: 'stale' } },
    ];
    expect(worthAnother(outcomes).map((item) => item.ticket.id)).toEqual([2]);
  });
});
