// The statistics of a period and of the one before. They are asked for again as tickets change.
import { useEffect, useRef } from 'react';
import type { StatsView } from '@/api/types';
import { connected, ticketChanged } from '@/realtime/events';
import { startListening } from '@/realtime/listening';
import { plusDays } from './days';
import { type Period, periodBefore } from './period';
import { refreshing } from './refreshing';
import { useReadStatsQuery } from './statsApi';

export interface Stats {
  /** While another period is on its way, still those of the one before; undefined when there are none to show. */
  shown: StatsView | undefined;
  /** Of the same number of days before those that are shown. */
  before: StatsView | undefined;
  /** When what is shown was true. */
  at: number | undefined;
  isOnItsWay: boolean;
  /** Why the latest request came to nothing. */
  failure: unknown;
  retry: () => void;
}

export function useStats(period: Period): Stats {
  // `0 -`: without a clock ahead or behind it is 0, not -0.
  const offset = 0 - new Date().getTimezoneOffset();
  const own = useReadStatsQuery({ ...period, offset }, { refetchOnMountOrArgChange: true });
  const earlier = useReadStatsQuery({ ...periodBefore(period), offset }, { refetchOnMountOrArgChange: true });

  const both = useRef(() => {});
  useEffect(() => {
    both.current = () => {
      void own.refetch();
      void earlier.refetch();
    };
  });
  useRefreshed(both);

  const hasNone = own.isError && own.currentData === undefined;
  const shown = hasNone ? undefined : own.data;
  const fits = shown !== undefined && earlier.data?.to === plusDays(shown.from, -1);
  return {
    shown,
    before: fits ? earlier.data : undefined,
    at: own.fulfilledTimeStamp,
    isOnItsWay: own.isFetching && own.currentData === undefined,
    failure: own.error ?? earlier.error ?? null,
    retry: () => both.current(),
  };
}

function useRefreshed(ask: { readonly current: () => void }): void {
  useEffect(() => {
    const figures = refreshing(
      () => ask.current(),
      () => document.visibilityState === 'visible',
    );
    const stops = [
      startListening({ actionCreator: ticketChanged, effect: figures.changed }),
      // Who knows what happened while there was no connection.
      startListening({ actionCreator: connected, effect: figures.changed }),
    ];
    document.addEventListener('visibilitychange', figures.shown);
    return () => {
      figures.stop();
      stops.forEach((stop) => stop());
      document.removeEventListener('visibilitychange', figures.shown);
    };
  }, [ask]);
}
