// The statistics of a period and of the one before. They are asked for again as tickets change.
import { useEffect, useRef } from 'react';
import type { StatsView } from '@/api/types';
import { connected, ticketChanged } from '@/realtime/events';
import { startListening } from '@/realtime/listening';
import { plusDays } from './days';
import { type Period, periodBefore } from './period';
import { type Refreshing, refreshing } from './refreshing';
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

  const ask = () => {
    void own.refetch();
    void earlier.refetch();
  };
  useRefreshed({ ask, isEmpty: own.data !== undefined && isEmptyDesk(own.data) });

  const hasNone = own.isError && own.currentData === undefined;
  const shown = hasNone ? undefined : own.data;
  const fits = shown !== undefined && earlier.data?.to === plusDays(shown.from, -1);
  return {
    shown,
    before: fits ? earlier.data : undefined,
    at: own.fulfilledTimeStamp,
    isOnItsWay: own.isFetching && own.currentData === undefined,
    failure: own.error ?? earlier.error ?? null,
    retry: ask,
  };
}

/** Whether there has never been a ticket. */
export function isEmptyDesk({ by_status }: StatsView): boolean {
  return by_status.every(({ count }) => count === 0);
}

function useRefreshed(now: { ask: () => void; isEmpty: boolean }): void {
  const latest = useRef(now);
  const figures = useRef<Refreshing | null>(null);
  useEffect(() => {
    latest.current = now;
    figures.current?.look();
  });

  useEffect(() => {
    const started = refreshing(
      () => latest.current.ask(),
      () => document.visibilityState === 'visible',
      () => latest.current.isEmpty,
    );
    figures.current = started;
    const stops = [
      startListening({ actionCreator: ticketChanged, effect: started.changed }),
      // Who knows what happened while there was no connection.
      startListening({ actionCreator: connected, effect: started.changed }),
    ];
    document.addEventListener('visibilitychange', started.look);
    return () => {
      started.stop();
      stops.forEach((stop) => stop());
      document.removeEventListener('visibilitychange', started.look);
    };
  }, []);
}
