// The ticket that staff has open, for what changes it from elsewhere: what is refused shows where the ticket is.
import { useEffect, useSyncExternalStore } from 'react';
import type { Ticket } from '@/api/types';
import type { Change } from './changes';

export interface OpenTicket {
  ticket: Ticket;
  make: (change: Change) => void;
}

let open: OpenTicket | null = null;
const listeners = new Set<() => void>();

function put(next: OpenTicket | null): void {
  open = next;
  listeners.forEach((listener) => listener());
}

/** Says that this ticket is open, in the state in which it is shown. */
export function useAsOpenTicket(ticket: Ticket, make: (change: Change) => void): void {
  useEffect(() => put({ ticket, make }));
  useEffect(() => () => put(null), []);
}

export function useOpenTicket(): OpenTicket | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
