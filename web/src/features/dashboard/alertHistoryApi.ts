// Requests about new tickets and who has seen them.
import { api } from '@/api/api';
import type { AlertPage } from '@/api/types';

const PAGE = 10;

export const alertHistoryApi = api.injectEndpoints({
  endpoints: (build) => ({
    listAlerts: build.infiniteQuery<AlertPage, void, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
      },
      query: ({ pageParam }) => ({
        url: '/alerts',
        params: { state: 'all', limit: PAGE, cursor: pageParam ?? undefined },
      }),
      providesTags: ['AlertHistory'],
    }),
  }),
});

export const { useListAlertsInfiniteQuery } = alertHistoryApi;
