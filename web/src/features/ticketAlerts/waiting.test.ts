import { expect, it } from 'vitest';
import type { Alert } from '@/api/types';
import { withAlert, without } from './waiting';

const alert = (ticket_id: number, level = 0): Alert => ({
  ticket_id,
  title: `Ticket ${ticket_id}`,
  level,
  raised_at: '2026-01-31T09:15:00.000000Z',
  acknowledged_by: null,
  acknowledged_at: null,
  ended_at: null,
});
const noticed = (ticket_id: number, level = 0): Alert => ({
  ...alert(ticket_id, level),
  acknowledged_by: { id: 1, name: 'Ada', role: 'admin' },
  acknowledged_at: '2026-01-31T09:16:00.000000Z',
  ended_at: '2026-01-31T09:16:00.000000Z',
});

it('puts a new ticket first', () => {
  expect(withAlert([alert(7)], alert(8))).toEqual([alert(8), alert(7)]);
  // One that was late.
  expect(withAlert([alert(8)], alert(7))).toEqual([alert(8), alert(7)]);
});

it('takes a repeated alert in the place of the first, and no older one again', () => {
  expect(withAlert([alert(8), alert(7)], alert(7, 1))).toEqual([alert(8), alert(7, 1)]);
  expect(withAlert([alert(7, 2)], alert(7, 1))).toEqual([alert(7, 2)]);
});

it('lets go of what somebody has taken notice of, and of what is over', () => {
  expect(withAlert([alert(8), alert(7)], noticed(7))).toEqual([alert(8)]);
  expect(withAlert([alert(8)], noticed(7))).toEqual([alert(8)]);
  expect(without([alert(8), alert(7)], 8)).toEqual([alert(7)]);
});
