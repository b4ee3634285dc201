// Which rows of the list are chosen for a change of many.
import { useCallback, useState } from 'react';
import type { Ticket } from '@/api/types';

export interface Selection {
  chosen: ReadonlySet<number>;
  /** Always the same function, so that a row is drawn again only when it changes. */
  toggle: (id: number) => void;
  chooseAll: (tickets: Ticket[]) => void;
  clear: () => void;
}

const NONE: ReadonlySet<number> = new Set();

export function useSelection(): Selection {
  const [chosen, setChosen] = useState(NONE);
  const toggle = useCallback(
    (id: number) =>
      setChosen((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  return {
    chosen,
    toggle,
    chooseAll: (tickets) => setChosen(new Set(tickets.map(({ id }) => id))),
    clear: () => setChosen(NONE),
  };
}
