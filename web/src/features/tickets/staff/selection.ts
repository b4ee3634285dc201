// Which rows of the list are chosen for a change of many.
import { useState } from 'react';
import type { Ticket } from '@/api/types';

export interface Selection {
  chosen: ReadonlySet<number>;
  toggle: (id: number) => void;
  chooseAll: (tickets: Ticket[]) => void;
  clear: () => void;
}

export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  return {
    chosen,
    toggle: (id) => {
      const next = new Set(chosen);
      if (!next.delete(id)) next.add(id);
      setChosen(next);
    },
    chooseAll: (tickets) => setChosen(new Set(tickets.map(({ id }) => id))),
    clear: () => setChosen(new Set()),
  };
}
