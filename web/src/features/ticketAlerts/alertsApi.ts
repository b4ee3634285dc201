// Requests about alerts that wait for somebody.
import { api } from '@/api/api';
import type { Alert, AlertPage } from '@/api/types';

/** Nobody reads through more; who has looked after these sees the next. */
const MOST = 100;

export const alertsApi = api.injectEndpoints({
  endpoints: (build) => ({
    openAlerts: build.query<Alert[], void>({
      query: () => ({ url: '/alerts', params: { state: 'open', limit: MOST } }),
      transformResponse: ({ items }: AlertPage) => items,
      providesTags: ['Alerts'],
    }),
  }),
});

export const { useOpenAlertsQuery } = alertsApi;
