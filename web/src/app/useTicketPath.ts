// The way to a ticket from where one is: beside the console's list it keeps what the list shows.
import { useCallback } from 'react';
import { useLocation } from 'react-router';
import { useUser } from '@/api/useUser';
import { isConsole, ticketPathOf } from './paths';

export function useTicketPath(): (ticketId: number) => string {
  const user = useUser();
  const { pathname, search } = useLocation();
  const kept = isConsole(pathname) ? search : '';
  return useCallback((ticketId) => ticketPathOf(user)(ticketId) + kept, [user, kept]);
}
