// Requests about statistics.
import { api } from '@/api/api';
import type { StatsView } from '@/api/types';
import type { Period } from './period';

export interface StatsQuery extends Period {
  /** How far the reader's clock is ahead of UTC, in minutes. */
  offset: number;
}

const statsApi = api.injectEndpoints({
  endpoints: (build) => ({
    readStats: build.query<StatsView, StatsQuery>({
      query: ({ from, to, offset }) => ({ url: '/stats', params: { from, to, utc_offset_minutes: offset } }),
    }),
  }),
});

export const { useReadStatsQuery } = statsApi;
