import { expect, it } from 'vitest';
import { withParameter } from '@/components/address';
import { listIn, narrowings, searchIn, viewIn, withoutFilters } from './address';

const at = (query: string) => new URLSearchParams(query);

it('shows what is not closed unless the address asks for another view', () => {
  expect(viewIn(at(''))).toBe('open');
  expect(viewIn(at('view=mine'))).toBe('mine');
  expect(viewIn(at('view=toString'))).toBe('open');
});

it('narrows the view by what the address says', () => {
  expect(listIn(at('view=all&status=pending&priority=high&category=3&requester=7&assignee=none&sort=priority'))).toEqual({
    status: ['pending'],
    priority: 'high',
    category: 3,
    requester: 7,
    assignee: 'none',
    sort: 'priority',
  });
  expect(listIn(at('view=all&assignee=12'))).toEqual({ assignee: 12 });
});

it('never shows more than the view', () => {
  expect(listIn(at('view=open&status=closed')).status).toEqual([]);
  expect(listIn(at('view=mine&assignee=12')).assignee).toBe('me');
});

it('passes over what is no value', () => {
  expect(listIn(at('view=all&status=gone&priority=1&category=x&requester=-1&assignee=you&sort=up'))).toEqual({});
});

it('changes one parameter and keeps the others', () => {
  const address = at('view=all&q=printer');
  expect(withParameter(address, 'priority', 'low').toString()).toBe('view=all&q=printer&priority=low');
  expect(withParameter(address, 'q', '').toString()).toBe('view=all');
  expect(searchIn(at('q=+printer+'))).toBe('printer');
  expect(withoutFilters(at('view=all&requester=7&status=open&q=printer&sort=created')).toString()).toBe(
    'view=all&q=printer&sort=created',
  );
  expect(narrowings(at('view=all&priority=low&category=1'))).toBe(2);
});
