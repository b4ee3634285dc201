// Requests about tickets that only staff makes.
import { api } from '@/api/api';
import type { Account, AccountPage, SearchResults, SessionList, TicketCounts, TicketPage } from '@/api/types';
import { type ListQuery, parametersOf } from '@/features/tickets/listQuery';

const NO_ADMINS: Account[] = [];

export const staffApi = api.injectEndpoints({
  endpoints: (build) => ({
    countTickets: build.query<TicketCounts, void>({
      query: () => ({ url: '/tickets/counts' }),
      providesTags: ['TicketCounts'],
    }),

    /** What was written in the tickets of a list. */
    searchTickets: build.query<SearchResults, { q: string; list: ListQuery; limit?: number }>({
      query: ({ q, list, limit = 50 }) => ({
        url: '/search',
        params: { ...parametersOf(list), sort: undefined, q, limit },
      }),
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

    requesterAccount: build.query<Account, number>({
      query: (id) => ({ url: `/users/${id}` }),
      providesTags: ['Users'],
    }),

    requesterSessions: build.query<SessionList, number>({
      query: (id) => ({ url: `/users/${id}/sessions` }),
    }),

    /** The latest tickets of a customer. */
    requesterTickets: build.query<TicketPage, number>({
      query: (requester) => ({ url: '/tickets', params: { requester, limit: 6 } }),
      providesTags: ['TicketList'],
    }),
  }),
});

export const {
  useCountTicketsQuery,
  useFindCustomersQuery,
  useRequesterAccountQuery,
  useRequesterSessionsQuery,
  useRequesterTicketsQuery,
  useSearchTicketsQuery,
} = staffApi;

/** Asked for again wherever they are offered: somebody may have joined meanwhile. */
export function useAdmins(): Account[] {
  const { data } = staffApi.endpoints.listAdmins.useQuery(undefined, { refetchOnMountOrArgChange: true });
  return data?.items ?? NO_ADMINS;
}
