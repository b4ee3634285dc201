// Requests about tickets that only staff makes.
import { api } from '@/api/api';
import type { Account, AccountPage, SearchResults, Ticket, TicketCounts, TicketPage } from '@/api/types';
import { later } from '@/features/tickets/freshness';
import { type ListQuery, parametersOf } from '@/features/tickets/listQuery';
import { knownTickets } from '@/features/tickets/ticketsApi';
import type { SharedState } from '@/realtime/listening';

const NO_ADMINS: Account[] = [];

/**
 * What was found, and a customer's tickets, follow live frames but do not grow by them: opened again after so many seconds
 * they are asked for again.
 */
export const FOUND_FOR_S = 5;

export const staffApi = api.injectEndpoints({
  endpoints: (build) => ({
    countTickets: build.query<TicketCounts, void>({
      query: () => ({ url: '/tickets/counts' }),
      providesTags: ['TicketCounts'],
    }),

    /** What was written in the tickets of a list. */
    searchTickets: build.query<SearchResults, { q: string; list: ListQuery; limit?: number }>({
      async queryFn({ q, list, limit = 50 }, { getState }, _options, request) {
        const answer = await request({ url: '/search', params: { ...parametersOf(list), sort: undefined, q, limit } });
        if (answer.error) return { error: answer.error };
        const results = answer.data as SearchResults;
        const fresh = freshened(getState() as SharedState);
        return { data: { ...results, items: results.items.map((item) => ({ ...item, ticket: fresh(item.ticket) })) } };
      },
      providesTags: ['TicketList'],
    }),

    /** Those to whom tickets can be assigned. */
    listAdmins: build.query<AccountPage, void>({
      query: () => ({ url: '/users', params: { role: 'admin', disabled: 'false', limit: 100 } }),
      providesTags: ['Users'],
    }),
    /** Customers whose name or address holds this text. */
    findCustomers: build.query<AccountPage, string>({
      query: (q) => ({ url: '/users', params: { q: q || undefined, role: 'user', disabled: 'false', limit: 10 } }),
      providesTags: ['Users'],
    }),

    /** The latest tickets of a customer. */
    requesterTickets: build.query<TicketPage, number>({
      async queryFn(requester, { getState }, _options, request) {
        const answer = await request({ url: '/tickets', params: { requester, limit: 6 } });
        if (answer.error) return { error: answer.error };
        const page = answer.data as TicketPage;
        return { data: { ...page, items: page.items.map(freshened(getState() as SharedState)) } };
      },
      providesTags: ['TicketList'],
    }),
  }),
});

export const { useCountTicketsQuery, useFindCustomersQuery, useRequesterTicketsQuery, useSearchTicketsQuery } = staffApi;

/** Asked for again wherever they are offered: somebody may have joined meanwhile. */
export function useAdmins(): Account[] {
  const { data } = staffApi.endpoints.listAdmins.useQuery(undefined, { refetchOnMountOrArgChange: true });
  return data?.items ?? NO_ADMINS;
}

/** Puts a later state that is known in the place of an answer. */
function freshened(state: SharedState): (answer: Ticket) => Ticket {
  const known = knownTickets(state);
  return (answer) => later(answer, known.get(answer.id));
}
