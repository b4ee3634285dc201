// Requests about notifications.
import { api } from '@/api/api';
import type { NotificationPage } from '@/api/types';

const SHOWN = 30;

export const notificationsApi = api.injectEndpoints({
  endpoints: (build) => ({
    listNotifications: build.query<NotificationPage, void>({
      query: () => ({ url: '/notifications', params: { limit: SHOWN } }),
      providesTags: ['Notifications'],
    }),

    readNotifications: build.mutation<{ unread: number }, number[]>({
      query: (ids) => ({ url: '/notifications/read', method: 'POST', body: { ids } }),
      invalidatesTags: ['Notifications'],
    }),
  }),
});

export const { useListNotificationsQuery, useReadNotificationsMutation } = notificationsApi;
