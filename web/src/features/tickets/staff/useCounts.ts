// How many tickets each view has. Live frames make the figures old; they are asked for again, not with every frame.
import { useEffect } from 'react';
import { useDispatch } from 'react-redux';
import type { TicketCounts } from '@/api/types';
import { ticketChanged } from '@/realtime/events';
import { startListening } from '@/realtime/listening';
import { staffApi, useCountTicketsQuery } from './staffApi';

/** At most this often, however many tickets change. */
const EVERY_MS = 2_000;

export function useCounts(): TicketCounts | undefined {
  const dispatch = useDispatch();
  const { data } = useCountTicketsQuery();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = startListening({
      actionCreator: ticketChanged,
      effect: () => {
        timer ??= setTimeout(() => {
          timer = null;
          dispatch(staffApi.util.invalidateTags(['TicketCounts']));
        }, EVERY_MS);
      },
    });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [dispatch]);
  return data;
}
