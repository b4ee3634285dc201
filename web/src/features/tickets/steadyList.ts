// A list that does not move under the pointer: while it is held, rows change in place, keep their order, and new ones wait.
import { useState } from 'react';
import type { Ticket } from '@/api/types';

/** What is shown of the list while it is held, and how many new rows wait. `loaded` has the latest state of each row. */
export function heldRows(
  shown: Ticket[],
  current: Ticket[],
  loaded: Ticket[],
): { rows: Ticket[]; waiting: number } {
  const latest = new Map(loaded.map((ticket) => [ticket.id, ticket]));
  const shownIds = new Set(shown.map(({ id }) => id));
  const rows = shown.map((ticket) => latest.get(ticket.id) ?? ticket);
  const firstKnown = current.findLastIndex(({ id }) => shownIds.has(id));
  // Rows after the last known one come from loading more: below everything, they push nothing away.
  const appended = current.slice(firstKnown + 1);
  const waiting = current.slice(0, firstKnown + 1).filter(({ id }) => !shownIds.has(id)).length;
  return { rows: [...rows, ...appended], waiting };
}

export function useSteadyList(
  current: Ticket[],
  loaded: Ticket[],
  held: boolean,
): { rows: Ticket[]; waiting: number; show: () => void } {
  const [shown, setShown] = useState(current);
  const steady = held && shown.length > 0 ? heldRows(shown, current, loaded) : { rows: current, waiting: 0 };
  const same = steady.rows.length === shown.length && steady.rows.every((row, index) => row === shown[index]);
  if (!same) setShown(steady.rows);
  return { ...steady, show: () => setShown(current) };
}
