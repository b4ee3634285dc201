// The way to a ticket from where one is when it is asked for: beside the console's list it keeps what the list shows.
import { useCallback } from 'react';
import { useUser } from '@/api/useUser';
import { isConsole, ticketPathOf } from './paths';

export function useTicketPath(): (ticketId: number) => string {
  const user = useUser();
  return useCallback(
    (ticketId) => {
      const { pathname, search } = window.location;
      return ticketPathOf(user)(ticketId) + (isConsole(pathname) ? search : '');
    },
    [user],
  );
}
