// Requests about notifications.
import { api } from '@/api/api';
import type { NotificationPage } from '@/api/types';
import { type Ask, readAll } from './readAll';

const PAGE = 30;

export const notificationsApi = api.injectEndpoints({
  endpoints: (build) => ({
    /** The bell shows the first page, the page of notifications as many as were asked for. */
    listNotifications: build.infiniteQuery<NotificationPage, void, string | null>({
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
      },
      query: ({ pageParam }) => ({ url: '/notifications', params: { limit: PAGE, cursor: pageParam ?? undefined } }),
      providesTags: ['Notifications'],
    }),

    /** Marks everything up to this notification as read. */
    readAllNotifications: build.mutation<null, number>({
      queryFn: (upTo, _api, _options, request) => readAll(upTo, request as Ask),
      invalidatesTags: ['Notifications'],
    }),
  }),
});

/** Lets go of what was loaded beyond the first page. */
export function firstPageOnly() {
  return notificationsApi.util.updateQueryData('listNotifications', undefined, (list) => {
    list.pages.splice(1);
    list.pageParams.splice(1);
  });
}

export const { useListNotificationsInfiniteQuery, useReadAllNotificationsMutation } = notificationsApi;
