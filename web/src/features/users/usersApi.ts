// Requests about other people's accounts, for admins.
import { accountsApi } from '@/api/accounts';
import type { Account, AccountPage, ResetLink, TicketPage, UpdateUserRequest } from '@/api/types';
import type { PeopleQuery } from './address';

export const usersApi = accountsApi.injectEndpoints({
  endpoints: (build) => ({
    listUsers: build.infiniteQuery<AccountPage, PeopleQuery, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
      },
      query: ({ queryArg: { disabled, ...others }, pageParam }) => ({
        url: '/users',
        params: { ...others, disabled: disabled?.toString(), cursor: pageParam ?? undefined },
      }),
      providesTags: ['Users'],
    }),

    /** A new role and disabling end the sessions of the account. */
    updateUser: build.mutation<Account, { id: number; request: UpdateUserRequest }>({
      query: ({ id, request }) => ({ url: `/users/${id}`, method: 'PATCH', body: request }),
      // Also after a refusal: the account may not be what it looked like.
      invalidatesTags: ['Users', 'UserSessions'],
    }),

    endUserSessions: build.mutation<null, number>({
      query: (id) => ({ url: `/users/${id}/sessions`, method: 'DELETE' }),
      invalidatesTags: ['UserSessions'],
    }),

    makeResetLink: build.mutation<ResetLink, number>({
      query: (id) => ({ url: `/users/${id}/reset`, method: 'POST' }),
      invalidatesTags: (_link, failure) => (failure?.code === 'account_disabled' ? ['Users'] : []),
    }),

    userTickets: build.query<TicketPage, number>({
      query: (requester) => ({ url: '/tickets', params: { requester, limit: 20 } }),
      providesTags: ['TicketList'],
    }),
  }),
});

export const {
  useListUsersInfiniteQuery,
  useUpdateUserMutation,
  useEndUserSessionsMutation,
  useMakeResetLinkMutation,
  useUserTicketsQuery,
} = usersApi;
