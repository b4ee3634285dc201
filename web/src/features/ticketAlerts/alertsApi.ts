// Requests about alerts that wait for somebody.
import { api } from '@/api/api';
import type { AlertPage } from '@/api/types';
import type { Waiting } from './waiting';

/** Nobody reads through more; who has looked after these sees the next. */
const MOST = 100;

export const alertsApi = api.injectEndpoints({
  endpoints: (build) => ({
    openAlerts: build.query<Waiting, void>({
      query: () => ({ url: '/alerts', params: { state: 'open', limit: MOST } }),
      transformResponse: ({ items, next_cursor }: AlertPage) => ({ alerts: items, more: next_cursor !== null }),
      providesTags: ['Alerts'],
    }),
  }),
});

export const { useOpenAlertsQuery } = alertsApi;
