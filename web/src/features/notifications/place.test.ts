import { expect, it } from 'vitest';
import type { Notification } from '@/api/types';
import { ADA } from '@/testing/examples';
import { withNotification } from './place';

function about(id: number, more: Partial<Notification> = {}): Notification {
  const created_at = '2026-01-31T09:15:00.000000Z';
  const ticket = { id: 5, title: 'Ticket 5' };
  return { id, kind: 'message', ticket, seq: id, count: 1, actor: ADA, created_at, read_at: null, ...more };
}

const place = (items: Notification[], notification: Notification) =>
  withNotification({ items, next_cursor: null, unread: 0 }, notification, 3);

it('goes on top, and the count follows the server', () => {
  const page = place([about(1, { kind: 'assigned' })], about(2));
  expect(page.items.map(({ id }) => id)).toEqual([2, 1]);
  expect(page.unread).toBe(3);
});

it('takes the place of the unread group that it continues', () => {
  const page = place([about(1), about(3, { kind: 'assigned' })], about(4, { count: 2 }));
  expect(page.items.map(({ id }) => id)).toEqual([4, 3]);
});

it('leaves a group alone that was read', () => {
  const page = place([about(1, { read_at: '2026-01-31T09:16:00.000000Z' })], about(2));
  expect(page.items.map(({ id }) => id)).toEqual([2, 1]);
});
