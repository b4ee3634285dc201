import { IconBolt } from '@tabler/icons-react';
import { expect, it } from 'vitest';
import { matching, type PaletteGroup, ticketNumberIn } from './actions';

const action = (name: string) => ({ id: name, icon: IconBolt, name, run: () => undefined });
const GROUPS: PaletteGroup[] = [
  { title: 'Go to', actions: [action('Canned replies'), action('Persönliches'), action('Closed tickets')] },
  { title: 'Appearance', actions: [action('Dark')] },
];
const found = (text: string) => matching(GROUPS, text).flatMap(({ actions }) => actions.map(({ name }) => name));

it('finds by the beginnings of words, in any order, without case and accents', () => {
  expect(found('REP can')).toEqual(['Canned replies']);
  expect(found('person')).toEqual(['Persönliches']);
  expect(found('persön')).toEqual(['Persönliches']);
  expect(found('anned')).toEqual([]);
});

it('finds by the title of the group, too', () => {
  expect(found('appear')).toEqual(['Dark']);
  expect(found('go closed')).toEqual(['Closed tickets']);
});

it('shows everything to who has written nothing, and no empty groups', () => {
  expect(matching(GROUPS, '  ')).toEqual(GROUPS);
  expect(matching(GROUPS, 'dark')).toHaveLength(1);
});

it.each([
  ['123', 123],
  [' #7 ', 7],
  ['# 7', 7],
  ['0', null],
  ['12a', null],
  ['-1', null],
  ['12345678901234567', null],
  ['', null],
])('reads %j as the number %j', (text, number) => {
  expect(ticketNumberIn(text)).toBe(number);
});
