// The tickets of a list, in order.
import { useMemo } from 'react';
import type { Ticket } from '@/api/types';
import { useNextPage } from '@/api/useNextPage';
import { useUser } from '@/api/useUser';
import { inOrder } from './freshness';
import { belongsTo, type ListQuery } from './listQuery';
import { useListTicketsInfiniteQuery } from './ticketsApi';

/** `list` has to stay the same object as long as it is the same list. */
export function useTicketList(list: ListQuery) {
  const userId = useUser().id;
  const query = useListTicketsInfiniteQuery(list);
  const { currentData, fetchNextPage, refetch } = query;
  const next = useNextPage(fetchNextPage);
  const loaded = useMemo<Ticket[] | null>(
    () => (currentData ? inOrder(currentData.pages, list.sort) : null),
    [currentData, list],
  );
  const tickets = useMemo(
    () => loaded?.filter((ticket) => belongsTo(ticket, list, userId)) ?? null,
    [loaded, list, userId],
  );
  return {
    /** Also those that have left the list since they were loaded. */
    loaded: loaded ?? [],
    /** Null until the first answer. */
    tickets,
    /** Only while there is nothing to show. */
    failure: tickets ? null : (query.error ?? null),
    hasMore: query.hasNextPage,
    next,
    retry: () => void refetch(),
  };
}
