import { expect, it } from 'vitest';
import { peopleIn } from './address';

it.each([
  ['', {}],
  ['q=%20Cora%20&role=user&state=active', { q: 'Cora', role: 'user', disabled: false }],
  ['role=admin&state=disabled', { role: 'admin', disabled: true }],
  ['q=%20%20&role=owner&state=asleep', {}],
])('reads %j', (query, people) => {
  expect(peopleIn(new URLSearchParams(query))).toEqual(people);
});
