import { describe, expect, it } from 'vitest';
import { ADA, CORA, ticket } from '@/testing/examples';
import { belongsTo, compare, type ListQuery, MY_LISTS, parametersOf } from './listQuery';

it('asks the server for what it shows', () => {
  expect(parametersOf({ status: ['open', 'pending'], assignee: 'me', sort: 'priority' })).toEqual({
    status: 'open,pending',
    assignee: 'me',
    sort: 'priority',
  });
  expect(parametersOf({}).status).toBeUndefined();
});

describe('a live ticket belongs to a list', () => {
  const mine = ticket(1, {
    status: 'pending',
    priority: 'high',
    category: { id: 3, name: 'Billing' },
    assignee: ADA,
    waiting_on: 'customer',
  });
  const nobodys = ticket(2, { assignee: null, category: null });

  it.each<[ListQuery, boolean, boolean]>([
    [{}, true, true],
    [{ status: ['open'] }, false, true],
    [{ status: ['pending', 'open'] }, true, true],
    [{ priority: 'high' }, true, false],
    [{ category: 3 }, true, false],
    [{ assignee: 'me' }, true, false],
    [{ assignee: 'none' }, false, true],
    [{ assignee: ADA.id }, true, false],
    [{ assignee: 99 }, false, false],
    [{ requester: CORA.id }, true, true],
    [{ requester: 99 }, false, false],
    [{ waiting_on: 'staff' }, false, true],
    [{ assignee: 'me', priority: 'low' }, false, false],
  ])('%j', (query, first, second) => {
    expect([belongsTo(mine, query, ADA.id), belongsTo(nobodys, query, ADA.id)]).toEqual([first, second]);
  });

  it('of a customer until it is closed', () => {
    expect(belongsTo(ticket(1, { status: 'resolved' }), MY_LISTS.current, CORA.id)).toBe(true);
    expect(belongsTo(ticket(1, { status: 'closed' }), MY_LISTS.current, CORA.id)).toBe(false);
  });
});

it('sorts as the server does', () => {
  const at = (minute: number) => `2026-01-31T10:0${minute}:00.000000Z`;
  const tickets = [
    ticket(1, { priority: 'urgent', created_at: at(1), updated_at: at(5) }),
    ticket(2, { priority: 'low', created_at: at(2), updated_at: at(6) }),
    ticket(3, { priority: 'urgent', created_at: at(2), updated_at: at(4) }),
  ];
  const ids = (sort?: ListQuery['sort']) => tickets.toSorted((a, b) => compare(a, b, sort)).map(({ id }) => id);
  expect(ids()).toEqual([2, 1, 3]);
  expect(ids('created')).toEqual([3, 2, 1]);
  expect(ids('priority')).toEqual([3, 1, 2]);
});
