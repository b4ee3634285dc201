import { expect, it } from 'vitest';
import { entry } from '@/testing/examples';
import { answered, begun, type Change, type Changes, givenUp, NO_CHANGES } from './changes';

const toPending: Change = { field: 'status', to: 'pending', clientId: 'a' };
const toClosed: Change = { field: 'status', to: 'closed', clientId: 'b' };
const toMe: Change = { field: 'assignee', to: 1 };
const missed = [entry(4)];

const refused = (changes: Changes, change: Change) => answered(begun(changes, change), change, missed);

it('keeps what was refused while something else is changed', () => {
  const after = answered(begun(refused(NO_CHANGES, toPending), toMe), toMe, null);
  expect(after.status.refusal).toEqual({ change: toPending, missed });
  expect(after.assignee).toEqual(NO_CHANGES.assignee);
  expect(refused(after, toMe).assignee.refusal).toEqual({ change: toMe, missed });
  expect(refused(after, toMe).status.refusal).toEqual({ change: toPending, missed });
});

it('knows of two that are under way at once', () => {
  const both = begun(begun(NO_CHANGES, toPending), toMe);
  expect([both.status.underWay, both.assignee.underWay]).toEqual([toPending, toMe]);
  expect(answered(both, toMe, null).status.underWay).toBe(toPending);
});

it('shows what was refused until it is made, given up, or another takes its place', () => {
  const before = refused(NO_CHANGES, toPending);
  const again = begun(before, toPending);
  expect(again.status.refusal).toEqual({ change: toPending, missed });
  expect(answered(again, toPending, null)).toEqual(NO_CHANGES);
  expect(givenUp(before, { change: toPending, missed })).toEqual(NO_CHANGES);
  expect(begun(before, toClosed).status).toEqual({ underWay: toClosed, refusal: null });
});

it('goes by the latest change of a field, whichever answer comes last', () => {
  const second = begun(begun(NO_CHANGES, toPending), toClosed);
  expect(answered(second, toPending, missed)).toBe(second);
});
