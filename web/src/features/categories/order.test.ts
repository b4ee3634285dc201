import { expect, it } from 'vitest';
import type { Category } from '@/api/types';
import { activeOf, type Direction, moved, moveOf } from './order';

/** Categories by their letters, the retired ones small. */
const list = (letters: string): Category[] =>
  [...letters].map((name, index) => ({
    id: name.toUpperCase().charCodeAt(0),
    name,
    position: index + 1,
    retired: name === name.toLowerCase(),
  }));
const letters = (items: Category[]) => items.map(({ name }) => name).join('');
const id = (letter: string) => letter.charCodeAt(0);

it.each<[string, string, Direction, string, number]>([
  ['ABC', 'C', 'up', 'ACB', 2],
  ['ABC', 'A', 'down', 'BAC', 2],
  ['AxyB', 'B', 'up', 'BAxy', 1],
  ['AxyB', 'A', 'down', 'xyBA', 4],
  ['xABy', 'A', 'down', 'xBAy', 3],
])('in %s moves %s %s: %s', (before, letter, direction, after, position) => {
  const items = list(before);
  const move = moveOf(items, id(letter), direction);
  expect(move).toEqual({ id: id(letter), position });
  expect(move && letters(moved(items, move))).toBe(after);
});

it.each<[string, string, Direction]>([
  ['ABC', 'A', 'up'],
  ['ABC', 'C', 'down'],
  ['xAy', 'A', 'up'],
  ['xAy', 'A', 'down'],
  ['ABx', 'X', 'up'],
  ['ABC', 'Z', 'up'],
])('in %s %s cannot go %s', (before, letter, direction) => {
  expect(moveOf(list(before), id(letter), direction)).toBeNull();
});

it('goes all the way down and up again', () => {
  let items = list('AxByC');
  const go = (letter: string, direction: Direction) => {
    for (let move = moveOf(items, id(letter), direction); move; move = moveOf(items, id(letter), direction)) {
      items = moved(items, move);
    }
  };
  go('A', 'down');
  expect(letters(activeOf(items))).toBe('BCA');
  go('A', 'up');
  expect(letters(activeOf(items))).toBe('ABC');
});

it('leaves the list as it is for one that is gone', () => {
  expect(letters(moved(list('ABC'), { id: id('Z'), position: 1 }))).toBe('ABC');
});
