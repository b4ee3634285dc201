import { expect, it } from 'vitest';
import { ticket } from '@/testing/examples';
import { belongsTo, isView, statusParameter } from './views';

it('asks the server for the statuses of the view', () => {
  expect(statusParameter('active')).toBe('open,in_progress,pending');
  expect(statusParameter('all')).toBeUndefined();
});

it('knows which live tickets belong to a view', () => {
  expect(belongsTo(ticket(1, { status: 'pending' }), 'active')).toBe(true);
  expect(belongsTo(ticket(1, { status: 'closed' }), 'active')).toBe(false);
  expect(belongsTo(ticket(1, { status: 'closed' }), 'all')).toBe(true);
});

it('takes no other word for a view', () => {
  expect(isView('active')).toBe(true);
  expect(isView('toString')).toBe(false);
  expect(isView(null)).toBe(false);
});

it('shows a customer what is over apart from all else', () => {
  expect(belongsTo(ticket(1, { status: 'resolved' }), 'current')).toBe(true);
  expect(belongsTo(ticket(1, { status: 'closed' }), 'current')).toBe(false);
  expect(statusParameter('closed')).toBe('closed');
});
