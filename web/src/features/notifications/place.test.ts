import { describe, expect, it } from 'vitest';
import type { Notification } from '@/api/types';
import { notification } from './example';
import { withNotification } from './place';

const READ = { read_at: '2026-01-31T09:16:00.000000Z' };

function place(loaded: Notification[][], arrived: Notification) {
  const pages = loaded.map((items) => ({ items, next_cursor: null, unread: 2 }));
  const placed = withNotification(pages, arrived, 3);
  return { ids: placed.map(({ items }) => items.map(({ id }) => id)), unread: placed.map(({ unread }) => unread) };
}

describe('a new notification', () => {
  it('goes on top, and the count follows the server', () => {
    const placed = place([[notification(1, { kind: 'assigned' })]], notification(2));
    expect(placed).toEqual({ ids: [[2, 1]], unread: [3] });
  });

  it('takes the place of the unread group that it continues', () => {
    const placed = place([[notification(1), notification(3, { kind: 'assigned' })]], notification(4, { count: 2 }));
    expect(placed.ids).toEqual([[4, 3]]);
  });

  it('takes the group out of a later page', () => {
    const placed = place([[notification(3, { kind: 'assigned' })], [notification(1)]], notification(4, { count: 2 }));
    expect(placed).toEqual({ ids: [[4, 3], []], unread: [3, 3] });
  });

  it('leaves a group alone that was read', () => {
    const placed = place([[notification(1, READ)]], notification(2));
    expect(placed.ids).toEqual([[2, 1]]);
  });

  it.each([
    ['has it already', notification(2)],
    ['has it already, and it was read since', notification(2, READ)],
    ['has a later one of its group', notification(3, { count: 2 })],
  ])('changes nothing when the list %s', (_name, loaded) => {
    expect(place([[loaded]], notification(2))).toEqual({ ids: [[loaded.id]], unread: [2] });
  });
});
