import { expect, it } from 'vitest';
import { ticket } from '@/testing/examples';
import { heldRows } from './steadyList';

const idsOf = ({ rows }: ReturnType<typeof heldRows>) => rows.map(({ id }) => id);

it('keeps the order and counts what is new', () => {
  const held = heldRows([ticket(1), ticket(2)], [ticket(9), ticket(2), ticket(1)], []);
  expect(idsOf(held)).toEqual([1, 2]);
  expect(held.waiting).toBe(1);
});

it('shows rows in their latest state, also those that have left the view', () => {
  const closed = ticket(1, { status: 'closed' });
  const held = heldRows([ticket(1), ticket(2)], [ticket(2)], [closed, ticket(2)]);
  expect(held.rows[0]).toBe(closed);
});

it('adds what is loaded below at the end', () => {
  expect(idsOf(heldRows([ticket(1)], [ticket(1), ticket(2), ticket(3)], []))).toEqual([1, 2, 3]);
});
