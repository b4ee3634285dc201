// The tickets of a view, in order.
import { useMemo } from 'react';
import type { Ticket } from '@/api/types';
import { useNextPage } from '@/api/useNextPage';
import { inOrder } from './freshness';
import { useListTicketsInfiniteQuery } from './ticketsApi';
import { belongsTo, type AnyView } from './views';

export function useTicketList(view: AnyView) {
  const query = useListTicketsInfiniteQuery(view);
  const { currentData, fetchNextPage, refetch } = query;
  const next = useNextPage(fetchNextPage);
  const loaded = useMemo<Ticket[] | null>(() => (currentData ? inOrder(currentData.pages) : null), [currentData]);
  const tickets = useMemo(() => loaded?.filter((ticket) => belongsTo(ticket, view)) ?? null, [loaded, view]);
  return {
    /** Also those that have left the view since they were loaded. */
    loaded: loaded ?? [],
    /** Null until the first answer. */
    tickets,
    /** Only while there is nothing to show. */
    failure: tickets ? null : (query.error ?? null),
    hasMore: query.hasNextPage,
    ...next,
    retry: () => void refetch(),
  };
}
