import { expect, it } from 'vitest';
import { type GroupRow, orderAfter, sorted } from './sorting';

const row = (name: string, opened: number, firstResponse: number | null = null): GroupRow => ({
  key: name,
  name,
  opened,
  closed: 0,
  firstResponse,
  resolution: null,
});
const ROWS = [row('Billing', 3, 90), row('Äpfel', 7), row('Zoo', 3, 30)];
const names = (rows: GroupRow[]) => rows.map(({ name }) => name);

it('sorts by figures, and leaves equal ones in their order', () => {
  expect(names(sorted(ROWS, { by: 'opened', isDescending: true }))).toEqual(['Äpfel', 'Billing', 'Zoo']);
  expect(names(sorted(ROWS, { by: 'opened', isDescending: false }))).toEqual(['Billing', 'Zoo', 'Äpfel']);
});

it('sorts by name as people do', () => {
  expect(names(sorted(ROWS, { by: 'name', isDescending: false }))).toEqual(['Äpfel', 'Billing', 'Zoo']);
});

it('keeps what is unknown at the end', () => {
  expect(names(sorted(ROWS, { by: 'firstResponse', isDescending: false }))).toEqual(['Zoo', 'Billing', 'Äpfel']);
  expect(names(sorted(ROWS, { by: 'firstResponse', isDescending: true }))).toEqual(['Billing', 'Zoo', 'Äpfel']);
});

it('turns round with the second press', () => {
  const byName = orderAfter('name', { by: 'opened', isDescending: true });
  expect(byName).toEqual({ by: 'name', isDescending: false });
  expect(orderAfter('name', byName)).toEqual({ by: 'name', isDescending: true });
  expect(orderAfter('closed', byName)).toEqual({ by: 'closed', isDescending: true });
});
