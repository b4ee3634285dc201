// The order of categories. Retired ones have places in it, too, but are shown apart: a category moves past them.
import type { Category } from '@/api/types';
import type { Move } from './categoriesApi';

export type Direction = 'up' | 'down';

export function activeOf(items: readonly Category[]): Category[] {
  return items.filter(({ retired }) => !retired);
}

/** Where a category goes when it changes places with the next one in this direction; null when there is none. */
export function moveOf(items: readonly Category[], id: number, direction: Direction): Move | null {
  const active = activeOf(items);
  const place = active.findIndex((one) => one.id === id);
  const other = place < 0 ? undefined : active[direction === 'up' ? place - 1 : place + 1];
  // The place of the other one, also downwards: once it is taken out, everything after it moves up.
  return other ? { id, position: items.indexOf(other) + 1 } : null;
}

/** The list as the server makes it of a move. */
export function moved(items: readonly Category[], { id, position }: Move): Category[] {
  const one = items.find((each) => each.id === id);
  if (!one) return [...items];
  return items.filter((each) => each !== one).toSpliced(position - 1, 0, one);
}
